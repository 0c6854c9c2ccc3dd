import { dayMs } from '../features/calendar.ts';
import { roundedRate } from '../rates.ts';
import type { Instant, Rate } from '../types.ts';
import type { LeadAnswer } from './lead-standing.ts';
import { reasonKind } from './reject-reason.ts';

/** When an account was won and lost for the first time after an answer; `null` for what has not happened. */
export interface Became {
  wonAt: Instant | null;
  lostAt: Instant | null;
}

/** What became of the accounts behind some answers, as far as it is known. */
export interface WhatBecame {
  answered: number;
  won: number;
  lost: number;
  /** Won, of those that were won or lost since. */
  rate: Rate | null;
}

export interface AnswersTally {
  answers: number;
  /** Answers that were taken back; they count nowhere else. */
  undone: number;
  /** By the tier that the model gave at the moment of the answer; `null` is a lead without a score. */
  tiers: readonly {
    tier: 1 | 2 | 3 | null;
    answered: number;
    accepted: Rate | null;
    takenOn: WhatBecame;
    turnedDown: WhatBecame;
  }[];
  /** Why leads are turned down, most frequent first. */
  reasons: readonly { reason: string; all: number; tier1: number }[];
  /** Who answers, most answers first. */
  people: readonly { by: string; answered: number; accepted: Rate | null; ofTier1: Rate | null }[];
  /** Weeks with an answer, from Monday on, the latest first. */
  weeks: readonly { monday: Instant; accepted: number; rejected: number; ofTier1: Rate | null }[];
}

const mostReasons = 12;
const mostPeople = 20;
const mostWeeks = 13;
const weekMs = 7 * dayMs;
/** 1 January 1970 was a Thursday. */
const firstMonday = -3 * dayMs;

/**
 * Adds up what reps answered: by tier, reason, person and week, and what became of it.
 *
 * An answer counts with what the model said at that moment, not with what it says now.
 *
 * @param became what happened to the account after the answer, by the answer's number; absent for what is not known
 */
export function tallyAnswers(answers: readonly LeadAnswer[], became: ReadonlyMap<number, Became>): AnswersTally {
  const standing = answers.filter(({ undoneAt }) => undoneAt === null);
  const rejected = standing.filter(({ answer }) => answer === 'rejected');
  const tiers = ([1, 2, 3, null] as const).flatMap((tier) => {
    const own = standing.filter((answer) => answer.tier === tier);
    if (own.length === 0) return [];
    const of = (verdict: LeadAnswer['answer']) =>
      whatBecame(
        own.filter(({ answer }) => answer === verdict),
        became,
      );
    return [
      { tier, answered: own.length, accepted: shareAccepted(own), takenOn: of('accepted'), turnedDown: of('rejected') },
    ];
  });
  const reasons = [...Map.groupBy(rejected, ({ reason }) => reasonKind(reason))]
    .map(([reason, own]) => ({ reason, all: own.length, tier1: own.filter(({ tier }) => tier === 1).length }))
    .sort((a, b) => b.all - a.all || (a.reason < b.reason ? -1 : 1));
  const people = [...Map.groupBy(standing, ({ by }) => by.toLowerCase())]
    .map(([by, own]) => ({ by, answered: own.length, accepted: shareAccepted(own), ofTier1: ofTier1(own) }))
    .sort((a, b) => b.answered - a.answered || (a.by < b.by ? -1 : 1));
  const weeks = [...Map.groupBy(standing, ({ at }) => mondayOf(at))]
    .map(([monday, own]) => ({
      ...{ monday, accepted: own.filter(({ answer }) => answer === 'accepted').length, ofTier1: ofTier1(own) },
      rejected: own.filter(({ answer }) => answer === 'rejected').length,
    }))
    .sort((a, b) => b.monday - a.monday);
  return {
    ...{ answers: standing.length, undone: answers.length - standing.length, tiers },
    ...{
      reasons: reasons.slice(0, mostReasons),
      people: people.slice(0, mostPeople),
      weeks: weeks.slice(0, mostWeeks),
    },
  };
}

/**
 * The Monday of a week, at midnight UTC.
 *
 * @example new Date(mondayOf(Date.UTC(2026, 10, 22))).toISOString(); // => '2026-11-16T00:00:00.000Z'
 */
export function mondayOf(at: Instant): Instant {
  return firstMonday + Math.floor((at - firstMonday) / weekMs) * weekMs;
}

function shareAccepted(answers: readonly LeadAnswer[]): Rate | null {
  return roundedRate(answers.filter(({ answer }) => answer === 'accepted').length, answers.length);
}

function ofTier1(answers: readonly LeadAnswer[]): Rate | null {
  return shareAccepted(answers.filter(({ tier }) => tier === 1));
}

function whatBecame(answers: readonly LeadAnswer[], became: ReadonlyMap<number, Became>): WhatBecame {
  const known = answers.flatMap(({ id }) => became.get(id) ?? []);
  const won = known.filter(({ wonAt }) => wonAt !== null).length;
  const lost = known.filter(({ wonAt, lostAt }) => wonAt === null && lostAt !== null).length;
  return { answered: answers.length, won, lost, rate: roundedRate(won, won + lost) };
}
