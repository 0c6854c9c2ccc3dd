import { medianInterval } from '../../stats/intervals/median-interval.ts';
import { holm } from '../../stats/tests/holm.ts';
import { kruskalWallis } from '../../stats/tests/kruskal-wallis.ts';
import { mannWhitney } from '../../stats/tests/mann-whitney.ts';
import { dayMs } from '../features/calendar.ts';
import { roundedRate } from '../rates.ts';
import { round, roundP } from '../round.ts';
import { readBySegment } from '../segments/read-by-segment.ts';
import type { Instant, Rate, TimeKind } from '../types.ts';
import { groupFacts, type OutreachGroup } from './group-facts.ts';
import { fewestToJudge, type HealthVerdict, jointRate, judgeRate } from './judge-rate.ts';
import type { OutreachFacts } from './outreach-facts.ts';

export const healthKeys = ['replies', 'reply quality', 'meetings', 'segment variance', 'sales cycle'] as const;
export type HealthKey = (typeof healthKeys)[number];

/** One question of the table. Rates of groups hold all at once, so that the best may be picked. */
export interface HealthRow {
  key: HealthKey;
  verdict: HealthVerdict;
  /** A share, or days for the sales cycle; `null` of nobody. */
  value: Rate | null;
  /** Parts that the verdict is about, by name: where it works, or where deals are surely faster than elsewhere. */
  where: readonly string[];
  groups: readonly { label: string; share: number; rate: Rate }[];
  /** How likely the groups differ so much by chance; `null` where they were not compared. */
  pValue: number | null;
  /** What is counted in `n`, and what the book lacks where it has none of it. */
  counted: 'contacted accounts' | 'labelled replies' | 'meetings' | 'won deals';
}

/** Whether what we say to whom works, as five questions. */
export interface HealthFindings {
  asOf: Instant;
  /** The first outreach or reply on record: accounts contacted before it would look as if they had never replied. */
  since: Instant | null;
  by: 'segments' | 'industries';
  /** Accounts by outreach on record, or by first touch where there is none. */
  contactedBy: 'outreach' | 'first touch';
  contacted: number;
  replied: Rate | null;
  /** Whether any reply says if it was a good one; else `replies` is of all replies. */
  labelled: boolean;
  rows: readonly HealthRow[];
}

/** So long a prospect is given to answer, and a meeting to lead on. */
const answerDays = 14;
const nextStepDays = 30;
/** A group of this many can be compared with others. */
const fewestOfGroup = 5;
/** The best is dramatically better where it is this many times the total. */
const dramatic = 2;

/** Replies work from the one share on, and need an update under the other. */
export const replyBars = { works: 0.05, fails: 0.01 };
const halfBars = { works: 0.5, fails: 0.5 };
const meetingBars = { works: 0.6, fails: 0.6 };

/**
 * Five questions about how outreach is answered: do they reply, do they tell of the problem, do meetings lead on, is one part
 * far better than the rest, and how long does a deal take? Each with its interval, and "cannot tell" under thirty.
 */
export function measureHealth(
  all: readonly OutreachFacts[],
  {
    asOf,
    timeKind,
    seed,
    segments,
  }: {
    asOf: Instant;
    timeKind: TimeKind;
    seed: number;
    segments: readonly { name: string; members: readonly string[] }[];
  },
): HealthFindings {
  const isOutreach = all.some((facts) => facts.isOutreach);
  const first = firstOf(all.map((facts) => (facts.isOutreach ? facts.contactedAt : facts.repliedAt)));
  const since = timeKind === 'order' ? null : first;
  const contacted =
    since === null
      ? []
      : all.filter(
          (facts) =>
            facts.isOutreach === isOutreach &&
            Math.max(facts.contactedAt, facts.repliedAt ?? 0) >= since &&
            asOf - facts.contactedAt >= answerDays * dayMs,
        );
  const labelled = contacted.some(({ tone }) => tone !== null);
  const answered = (facts: OutreachFacts) =>
    labelled ? facts.tone === 'problem' || facts.tone === 'positive' : facts.repliedAt !== null;
  const hasReplies = contacted.some(({ repliedAt }) => repliedAt !== null);
  const parts = groupFacts(contacted, segments);
  const replies = repliesRow(hasReplies ? parts.groups : [], answered, seed);
  return {
    ...{ asOf, since, by: parts.by, contactedBy: isOutreach ? 'outreach' : 'first touch' },
    contacted: contacted.length,
    replied: hasReplies ? shareOf(contacted, ({ repliedAt }) => repliedAt !== null) : null,
    labelled,
    rows: [
      replies,
      qualityRow(all),
      meetingsRow(all, asOf),
      varianceRow(replies),
      cycleRow(groupFacts(all, segments).groups),
    ],
  };
}

function firstOf(instants: readonly (Instant | null)[]): Instant | null {
  const first = instants.reduce<number>((least, at) => Math.min(least, at ?? least), Number.POSITIVE_INFINITY);
  return Number.isFinite(first) ? first : null;
}

function repliesRow(
  groups: readonly OutreachGroup[],
  answered: (facts: OutreachFacts) => boolean,
  seed: number,
): HealthRow {
  const counts = groups.map(({ label, facts }) => ({ label, n: facts.length, won: facts.filter(answered).length }));
  const split = readBySegment(counts, seed);
  const total = counts.reduce((sum, { n }) => sum + n, 0);
  const value = roundedRate(
    counts.reduce((sum, { won }) => sum + won, 0),
    total,
  );
  const rated = counts
    .map(({ label, n, won }) => ({ label, share: round(n / total, 4), rate: jointRate(won, n, counts.length) }))
    .sort((a, b) => b.rate.v - a.rate.v || (a.label < b.label ? -1 : 1));
  const working = rated.filter(({ rate }) => judgeRate(rate, replyBars) === 'works').map(({ label }) => label);
  const whole = judgeRate(value, replyBars);
  // What a total says of its parts counts only where the parts may be alike.
  const parted = split?.beyondChance === true && value !== null && value.n >= fewestToJudge;
  const inPart = parted && working.length > 0 && working.length < rated.length;
  return {
    ...{ key: 'replies', verdict: inPart ? 'works in part' : whole, value },
    ...{ where: inPart ? working : [], groups: rated, pValue: split === null ? null : roundP(split.pValue) },
    counted: 'contacted accounts',
  };
}

function qualityRow(all: readonly OutreachFacts[]): HealthRow {
  const labelled = all.filter(({ tone }) => tone !== null);
  const value = shareOf(
    labelled.filter(({ tone }) => tone !== 'positive'),
    ({ tone }) => tone === 'problem',
  );
  const verdict = judgeRate(value, halfBars);
  return { key: 'reply quality', verdict, value, where: [], groups: [], pValue: null, counted: 'labelled replies' };
}

function meetingsRow(all: readonly OutreachFacts[], asOf: Instant): HealthRow {
  const held = all.filter(({ meetingAt }) => meetingAt !== null && asOf - meetingAt >= nextStepDays * dayMs);
  const value = shareOf(
    held,
    ({ meetingAt, nextStepAt }) =>
      nextStepAt !== null && meetingAt !== null && nextStepAt - meetingAt <= nextStepDays * dayMs,
  );
  const verdict = judgeRate(value, meetingBars);
  return { key: 'meetings', verdict, value, where: [], groups: [], pValue: null, counted: 'meetings' };
}

/** Whether one part is far better than the total, and whether that may be chance. */
function varianceRow({ groups, pValue, value }: HealthRow): HealthRow {
  const row = { key: 'segment variance', value: groups[0]?.rate ?? null, groups, pValue } as const;
  const counted = 'contacted accounts';
  if (value === null || value.n < fewestToJudge || groups.length < 2 || pValue === null)
    return { ...row, verdict: 'cannot tell', where: [], counted };
  const far = groups.filter(({ rate }) => pValue <= 0.05 && rate.low > value.v && rate.v >= dramatic * value.v);
  const isFlat = groups.every(({ rate }) => rate.high < dramatic * value.v);
  const verdict = far.length > 0 ? 'works' : isFlat ? 'needs an update' : 'cannot tell';
  return { ...row, verdict, where: far.map(({ label }) => label), counted };
}

function cycleRow(groups: readonly OutreachGroup[]): HealthRow {
  const daysOf = (facts: readonly OutreachFacts[]) => facts.flatMap(({ cycleDays }) => cycleDays ?? []);
  const every = groups.flatMap(({ facts }) => daysOf(facts));
  const told = groups
    .map(({ label, facts }) => ({ label, days: daysOf(facts) }))
    .filter(({ days }) => days.length >= fewestOfGroup);
  const p = told.length < 2 ? null : kruskalWallis(told.map(({ days }) => days)).p;
  const rated = told
    .map(({ label, days }) => ({ label, share: round(days.length / every.length, 4), rate: medianInterval(days) }))
    .sort((a, b) => a.rate.v - b.rate.v || (a.label < b.label ? -1 : 1));
  const differs = p !== null && p <= 0.05 && every.length >= fewestToJudge;
  const sides = told.map(({ days }) => mannWhitney(days, without(every, days)));
  const sure = holm(sides.map((side) => side.p));
  const faster = told.filter((_, nth) => sides[nth]!.chance < 0.5 && sure[nth]! <= 0.05).map(({ label }) => label);
  return {
    ...{ key: 'sales cycle', verdict: differs ? 'differs' : 'cannot tell' },
    value: every.length === 0 ? null : medianInterval(every),
    where: differs ? faster : [],
    ...{ groups: rated, pValue: p === null ? null : roundP(p), counted: 'won deals' },
  };
}

/** The numbers that are left when each of some is taken out once. */
function without(every: readonly number[], some: readonly number[]): number[] {
  const left = new Map<number, number>();
  for (const value of some) left.set(value, (left.get(value) ?? 0) + 1);
  return every.filter((value) => {
    const count = left.get(value) ?? 0;
    left.set(value, count - 1);
    return count <= 0;
  });
}

function shareOf(facts: readonly OutreachFacts[], holds: (facts: OutreachFacts) => boolean): Rate | null {
  return roundedRate(facts.filter(holds).length, facts.length);
}
