import { refineSubgroup } from '../../stats/patterns/refine-subgroup.ts';
import { rowsOfSubgroup } from '../../stats/patterns/rows-of-subgroup.ts';
import type { SubgroupPart } from '../../stats/patterns/subgroup.ts';
import { searchSubgroups } from '../../stats/patterns/subgroup-search.ts';
import { sumRows } from '../../stats/patterns/sum-rows.ts';
import { fisherExact } from '../../stats/tests/fisher-exact.ts';
import { holm } from '../../stats/tests/holm.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { type ConditionTable, conditionOf, conditionTable } from '../patterns/search-columns.ts';
import { rateOf } from '../rates.ts';
import { overlap } from './find-candidates.ts';
import { newSegmentId } from './keep-identity.ts';
import { describeSegment, nameSegment } from './name-segment.ts';
import { firstAmount } from './profile-segment.ts';
import { quarterNumberOf, quarterStart } from './quarter-numbers.ts';
import { readableParts } from './readable-parts.ts';
import { factsByRow } from './stage-excess.ts';
import type { EmergingSegment } from './types.ts';

/** Quarters that the two new ones are compared with. */
const quartersBefore = 8;
const mostCandidates = 6;
/** Shares of the accounts at either end of a number that a condition may single out. */
const tails = [0.01, 0.02, 0.05] as const;
const sameOverlap = 0.3;
const level = 0.05;
/** Fewer wins in the quarter than this are nothing yet. */
const fewestWins = 4;
/** So many of the wins that a kind was found by must be among those of the kind as it is told. */
const leastOfWins = 0.6;
const settledWins = 20;

/** What happened when, row by row: the quarter of the first touch, and of being won. */
interface Timeline {
  table: ConditionTable;
  touched: Int32Array;
  /** -1 for who was not won. */
  won: Int32Array;
  amount: Float64Array;
}

/**
 * Kinds of company that are new among the wins: defined on the quarter before the last, tested on the last full one.
 *
 * Looked for where the share of touches and of wins rises; claimed only when both shares in the quarter that was not
 * looked at are above what they were in the two years before, adjusted for everything tried. Empty where a source has no
 * dates.
 */
export function findEmerging(set: AnalysisSet): EmergingSegment[] {
  if (set.training.timeKind !== 'dates' || set.training.unit === 'deals') return [];
  const facts = factsByRow(set);
  const timeline: Timeline = {
    table: conditionTable(set.training.fit.table, 8, tails),
    touched: Int32Array.from(set.training.fit.touchedAt, quarterNumberOf),
    won: Int32Array.from(facts, (fact) => (fact?.reachedAt.won == null ? -1 : quarterNumberOf(fact.reachedAt.won))),
    amount: Float64Array.from(facts, (fact) => firstAmount(fact)[0] ?? 0),
  };
  const last = quarterNumberOf(set.training.asOf) - 1;
  const found = risingIn(timeline, last).map((one) => sharpened(timeline, last, one));
  if (found.length === 0) return [];
  const earlier = risingIn(timeline, last - 1).map(({ members }) => new Set(members));
  return found.map(({ parts, members, pValue }) => {
    const inside = new Set(members);
    const confirmed = earlier.some((before) => overlap(before, inside) >= sameOverlap);
    return describe(set, timeline, last, { parts, members, pValue, confirmed });
  });
}

const search = { mostParts: 3, beam: 30, gain: 1, caution: 3 } as const;

interface Rising {
  parts: SubgroupPart[];
  members: Uint32Array;
  pValue: number;
}

function risingIn({ table, touched, won }: Timeline, last: number): Rising[] {
  const first = last - 1 - quartersBefore;
  const rows = Uint32Array.from(touched.keys());
  const scores = { excess: new Float64Array(rows.length), variance: new Float64Array(rows.length) };
  for (const when of [touched, won]) {
    // The other half of the earlier accounts is what the find is held against: it must not have been chosen by them too.
    const seen = rows.filter(
      (row) => when[row] === last - 1 || (row % 2 === 0 && when[row]! >= first && when[row]! < last),
    );
    const share = seen.filter((row) => when[row] === last - 1).length / Math.max(seen.length, 1);
    for (const row of seen) {
      scores.excess[row]! += (when[row] === last - 1 ? 1 : 0) - share;
      scores.variance[row]! += share * (1 - share);
    }
  }
  const known = rows.filter((row) => scores.variance[row]! > 0);
  const candidates = searchSubgroups(table, scores, known, {
    ...search,
    fewestRows: Math.max(10, Math.round(known.length * 0.0005)),
    mostRows: Math.round(known.length * 0.2),
  });
  const kept: { parts: SubgroupPart[]; members: Uint32Array; inside: Set<number> }[] = [];
  for (const { parts, z } of candidates) {
    if (z < 2 || kept.length === mostCandidates) break;
    const members = rowsOfSubgroup(table, parts, rows);
    const inside = new Set(members);
    if (kept.some((one) => overlap(one.inside, inside) >= sameOverlap)) continue;
    kept.push({ parts: readableParts(table, parts), members, inside });
  }
  // Chance touches of one quarter are chance wins of the next: only a rise in new touches as well is a new kind.
  const tests = kept.map(({ members }) =>
    countIn(won, members, last, last) < fewestWins
      ? 1
      : Math.max(...[won, touched].map((when) => riseOf(when, members, rows, first, last))),
  );
  const adjusted = holm(tests);
  const claimed = kept
    .map(({ parts, members }, at) => ({ parts, members, pValue: adjusted[at]! }))
    .filter(({ pValue }) => pValue <= level)
    .sort((a, b) => a.pValue - b.pValue);
  // The same wins seen from two sides are one new kind.
  const wins = claimed.map(({ members }) => new Set(members.filter((row) => won[row] === last)));
  return claimed.filter((_, at) => wins.slice(0, at).every((before) => overlap(before, wins[at]!) < sameOverlap));
}

/**
 * A kind that is known to rise, with its conditions settled on both new quarters and all that came before: what it is like is
 * better seen on everything, and whether it is new has been decided. It stays as it was where nothing keeps most of its wins.
 */
function sharpened({ table, touched, won }: Timeline, last: number, { parts, members, pValue }: Rising): Rising {
  const rows = Uint32Array.from(touched.keys());
  const since = rows.filter((row) => touched[row]! >= last - 1 - quartersBefore && touched[row]! <= last);
  const share = since.filter((row) => touched[row]! >= last - 1).length / Math.max(since.length, 1);
  const scores = { excess: new Float64Array(rows.length), variance: new Float64Array(rows.length) };
  for (const row of since) {
    scores.excess[row] = (touched[row]! >= last - 1 ? 1 : 0) - share;
    scores.variance[row] = share * (1 - share);
  }
  const { z } = sumRows(members, scores);
  const start = { parts, rows: members.length, excess: 0, variance: 0, z, quality: z };
  const options = { ...search, fewestRows: 10, mostRows: Math.round(since.length * 0.2) };
  const wins = new Set(members.filter((row) => won[row] === last));
  const leastShared = Math.max(fewestWins, leastOfWins * wins.size);
  // From where the rise was seen, and from anywhere: the conditions that showed it first need not be those that fit it best.
  const settled = [
    refineSubgroup(table, scores, since, start, options),
    ...searchSubgroups(table, scores, since, options),
  ]
    .toSorted((a, b) => b.z - a.z)
    .map(({ parts: told }) => {
      const readable = readableParts(table, told);
      return { parts: readable, members: rowsOfSubgroup(table, readable, rows) };
    })
    .find((one) => one.members.filter((row) => wins.has(row)).length >= leastShared);
  return settled === undefined ? { parts, members, pValue } : { ...settled, pValue };
}

/** How likely by chance so much of a quarter, given the earlier accounts that were not searched in. */
function riseOf(when: Int32Array, members: Uint32Array, rows: Uint32Array, first: number, last: number): number {
  const unsearched = (some: Uint32Array) =>
    countIn(
      when,
      some.filter((row) => row % 2 === 1),
      first,
      last - 2,
    );
  const now = (some: Uint32Array) => countIn(when, some, last, last);
  return fisherExact(now(members), now(rows), unsearched(members), unsearched(rows));
}

function countIn(when: Int32Array, rows: Uint32Array, from: number, to: number): number {
  return rows.reduce((sum, row) => sum + (when[row]! >= from && when[row]! <= to ? 1 : 0), 0);
}

function describe(
  set: AnalysisSet,
  { table, touched, won, amount }: Timeline,
  last: number,
  { parts, members, pValue, confirmed }: Rising & { confirmed: boolean },
): EmergingSegment {
  const everybody = Uint32Array.from(won.keys());
  const first = last - 1 - quartersBefore;
  const share = (when: Int32Array, from: number, to: number) =>
    rateOf(countIn(when, members, from, to), countIn(when, everybody, from, to)) ?? { v: 0, low: 0, high: 1, n: 0 };
  const revenueOf = (rows: Uint32Array) => rows.reduce((sum, row) => sum + (won[row] === last ? amount[row]! : 0), 0);
  const conditions = parts.map((part) => conditionOf(table, part));
  const wins = countIn(won, members, last, last);
  const revenue = revenueOf(members);
  const all = revenueOf(everybody);
  const thin = wins < settledWins;
  return {
    id: newSegmentId(conditions),
    name: nameSegment(conditions),
    description: describeSegment(conditions, false),
    conditions,
    members: Array.from(members, (row) => set.training.fit.table.accountIds[row]!),
    from: quarterStart(last),
    to: quarterStart(last + 1),
    won: wins,
    shareOfWins: share(won, last, last),
    shareOfWinsBefore: share(won, first, last - 2),
    shareOfRevenue: all > 0 ? revenue / all : null,
    revenue,
    touched: countIn(touched, members, last, last),
    shareOfTouches: share(touched, last, last),
    shareOfTouchesBefore: share(touched, first, last - 2),
    pValue,
    provisional: !confirmed,
    thin,
    recommendation: confirmed
      ? 'make it a segment of its own: it held for two quarters in a row'
      : `watch it: put ${thin ? 'a few' : 'some'} reps on it now and decide when the next quarter has closed`,
  };
}
