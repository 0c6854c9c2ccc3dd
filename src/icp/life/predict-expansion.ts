import { wilsonInterval } from '../../stats/intervals/wilson-interval.ts';
import { sigmoid } from '../../stats/models/logistic.ts';
import { createRandom } from '../../stats/random.ts';
import type { UnlearntSet } from '../analysis-set.ts';
import { dayMs, dayOf, daysBetween } from '../features/calendar.ts';
import type { Instant, Rate } from '../types.ts';
import { type CustomerLife, customerLives, livesAt } from './customer-lives.ts';
import { type GrowthSign, growthSigns, suggestOffer } from './growth-signs.ts';
import { aucByAccount, type ForwardForecast, forecastForward, judgeOrder } from './judge-life.ts';
import { fewestLifeEvents, forecastAt, type LifeLearnt, learnLife } from './learn-life.ts';
import { type LifeReason, raisingReasons } from './life-reasons.ts';
import { expansionEvent, watchedFromDays } from './life-rows.ts';
import { createNearestPast, type NearestPast } from './nearest-past.ts';

/** A customer of today that may buy more. */
export interface GrowingCustomer {
  id: string;
  name: string;
  csOwnerEmail: string | null;
  arr: number | null;
  /** 0 to 100: how many of a hundred past customer-months promised less. */
  score: number;
  /** Calibrated chance of buying more within the horizon. */
  chance: number;
  signs: readonly GrowthSign[];
  reasons: readonly LifeReason[];
  past: NearestPast | null;
  action: string;
}

export interface ExpansionFindings {
  book: string;
  asOf: string;
  horizonDays: number;
  method: 'learned' | 'nothing';
  why: string;
  customers: number;
  events: number;
  /** Out of time, beside the growth of active users alone. */
  judged: {
    from: string;
    to: string;
    refits: number;
    auc: Rate | null;
    aucOfGrowth: Rate | null;
    /** Of the ten highest at dates half a year apart, the share that bought more within the horizon. */
    topTen: Rate;
    topTenOfGrowth: Rate;
    /** What ten drawn by lot would have reached. */
    anyTen: Rate;
  } | null;
  /** The highest scores first. */
  ranked: readonly GrowingCustomer[];
}

const mostListed = 50;
const topSize = 10;

/**
 * Ranks today's customers by their chance of buying more.
 *
 * Learnt and judged as the churn watch is, with half a year's horizon. Where too few have bought more, or what was learnt
 * orders a later year no better than chance, nobody is ranked, and it says so.
 */
export function predictExpansion(set: UnlearntSet): ExpansionFindings {
  const { training, seed } = set;
  const { asOf } = training;
  const lives = training.timeKind === 'dates' ? customerLives(set.accounts) : [];
  const today = lives.filter((life) => livesAt(life, asOf) && daysBetween(life.startedAt, asOf) >= watchedFromDays);
  const { events, learnt } =
    today.length === 0 ? { events: 0, learnt: null } : learnLife(training, lives, expansionEvent, asOf);
  const forward =
    learnt === null ? null : forecastForward(training, lives, expansionEvent, { baseline: 'use_change', stepDays: 14 });
  const random = () => createRandom(seed).fork('predict expansion');
  const growth = forward?.baseline.map((change) => (Number.isNaN(change) ? -99 : change)) ?? new Float64Array();
  const { auc, holds } = learnt === null ? { auc: null, holds: false } : judgeOrder(learnt, forward, random());
  const why = whyNot(set, today.length, events, learnt) ?? (holds ? null : noBetter);
  return {
    book: training.book,
    asOf: dayOf(asOf),
    horizonDays: expansionEvent.horizonDays,
    method: why === null ? 'learned' : 'nothing',
    why: why ?? `learnt from ${events} customers that bought more`,
    customers: today.length,
    events,
    judged:
      forward === null
        ? null
        : {
            ...{ from: dayOf(forward.from), to: dayOf(forward.to), refits: forward.refits, auc },
            aucOfGrowth: aucByAccount(forward.rows.lives, forward.outcome, growth, random().fork('judged year')),
            topTen: topTenRate(forward, forward.logOdds),
            topTenOfGrowth: topTenRate(forward, growth),
            anyTen: topTenRate(forward, null),
          },
    ranked: why === null && learnt !== null ? byChance(learnt, today, asOf) : [],
  };
}

const noBetter = 'nothing here foretells who buys more: what was learnt orders later customers no better than chance';

function whyNot({ training }: UnlearntSet, today: number, events: number, learnt: LifeLearnt | null): string | null {
  if (training.timeKind !== 'dates') return 'the source has no dates, so nobody knows who is about to buy more';
  if (today === 0) return `there is no customer of ${watchedFromDays} days and more`;
  if (learnt !== null) return null;
  return `not estimable yet: ${events} customers bought more in a way that can be learnt from, ${fewestLifeEvents} are needed`;
}

function byChance(learnt: LifeLearnt, today: readonly CustomerLife[], asOf: Instant): GrowingCustomer[] {
  const rows = forecastAt(learnt, today, [asOf]);
  const past = learnt.outOfFold.toSorted();
  const pastOf = createNearestPast(learnt, expansionEvent);
  const order = [...rows.lives.keys()].sort((a, b) => rows.logOdds[b]! - rows.logOdds[a]! || a - b);
  return order.slice(0, mostListed).map((row) => {
    const { facts, csOwnerEmail, arr, usage } = rows.lives[row]!;
    const signs = growthSigns(usage, asOf);
    const below = past.findIndex((logOdds) => logOdds >= rows.logOdds[row]!);
    return {
      ...{ id: facts.id, name: facts.name, csOwnerEmail, arr },
      score: Math.round((100 * (below < 0 ? past.length : below)) / past.length),
      chance: Math.round(sigmoid(rows.logOdds[row]!) * 10_000) / 10_000,
      signs,
      reasons: raisingReasons(learnt, rows.columns, row),
      past: pastOf(rows.logOdds[row]!),
      action: suggestOffer(signs),
    };
  });
}

/** Of the ten highest at dates half a year apart; of everybody at those dates where there is no score. */
function topTenRate({ rows, outcome, from }: ForwardForecast, score: Float64Array | null): Rate {
  const dates = [...new Set(rows.at)].filter((at) => Math.round((at - from) / dayMs) % 182 === 0);
  const picked = dates.flatMap((date) => {
    const there = [...rows.at.keys()].filter((row) => rows.at[row] === date);
    return score === null ? there : there.sort((a, b) => score[b]! - score[a]! || a - b).slice(0, topSize);
  });
  const hits = picked.filter((row) => outcome[row] === 1).length;
  const n = picked.length;
  return { v: hits / n, ...wilsonInterval(hits, n), n };
}
