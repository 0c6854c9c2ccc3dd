import { rowsOfSubgroup } from '../../stats/patterns/rows-of-subgroup.ts';
import type { RowScores, SearchOptions, SubgroupPart } from '../../stats/patterns/subgroup.ts';
import { searchSubgroups } from '../../stats/patterns/subgroup-search.ts';
import { sumRows } from '../../stats/patterns/sum-rows.ts';
import type { Random } from '../../stats/random.ts';
import { fisherExact } from '../../stats/tests/fisher-exact.ts';
import { holm } from '../../stats/tests/holm.ts';
import { permutationPValue, shuffleWithin } from '../../stats/tests/permutation.ts';
import type { ConditionTable } from './search-columns.ts';

export interface PatternRows {
  table: ConditionTable;
  /** 1 where it went wrong. */
  outcome: Uint8Array;
  /** How likely that was to begin with, by what is no part of the pattern. */
  expected: Float64Array;
  /** The quarter of each row, a whole number that grows with time. */
  quarter: Int32Array;
}

export interface FoundPattern {
  parts: readonly SubgroupPart[];
  /** All rows that meet the conditions. */
  members: Uint32Array;
  /** Of the later part. */
  later: { hits: number; n: number; otherHits: number; otherN: number; pValue: number };
}

const permutations = 40;
const mostCarried = 10;
const level = 0.05;
/** Share of the rows that is searched; what came after is what finds are held against. */
const earlierShare = 0.6;
const fewestEvents = 12;
const sameOverlap = 0.5;
/** Standard errors of a find outside of all stronger ones: less, and it only borrows from them. */
const standsAlone = 2.5;
/** Nor may it be less than half as strong there. */
const asStrongAlone = 0.5;

/**
 * Conditions that go with a bad end: searched for in the earlier part, held against the later one.
 *
 * In the earlier part a find must be stronger than the strongest that shuffled outcomes give (shuffled within quarters, so that a
 * bad quarter is no pattern); at most ten go forward; near-copies of a stronger one, and what only borrows from it, do not. In the later part each must hold by
 * Fisher's exact test after Holm's adjustment. With outcomes that mean nothing, anything at all is claimed in well under
 * one book of twenty.
 */
export function twoStageSearch(rows: PatternRows, random: Random): FoundPattern[] {
  const { table, outcome, expected, quarter } = rows;
  const n = outcome.length;
  const order = Uint32Array.from(outcome.keys()).sort((a, b) => quarter[a]! - quarter[b]! || a - b);
  const cut = Math.round(n * earlierShare);
  const early = order.slice(0, cut).sort();
  const late = order.slice(cut).sort();
  const events = early.reduce((sum, row) => sum + outcome[row]!, 0);
  if (events < fewestEvents || early.length - events < fewestEvents) return [];
  const options: SearchOptions = {
    ...{ mostParts: 3, beam: 20, gain: 0.5, caution: 2 },
    fewestRows: Math.max(10, Math.round(early.length * 0.01)),
    mostRows: Math.round(early.length * 0.35),
  };
  const scores = scoresOf(outcome, expected);
  const best = searchSubgroups(table, scores, early, options);
  if (best.length === 0) return [];
  const bar = permutedBar(rows, early, options, { strongest: best[0]!.quality, random });
  if (bar === null) return [];
  const carried: { parts: readonly SubgroupPart[]; members: Set<number> }[] = [];
  for (const { parts, quality } of best) {
    if (carried.length === mostCarried || permutationPValue(quality, bar) > level) break;
    const members = new Set(rowsOfSubgroup(table, parts, early));
    if (carried.some((one) => isCopy(one.members, members))) continue;
    const elsewhere = Uint32Array.from(members).filter((row) => carried.every((one) => !one.members.has(row)));
    const [own, rest] = [sumRows(Uint32Array.from(members), scores), sumRows(elsewhere, scores)];
    const holdsUp = rest.excess / elsewhere.length >= (own.excess / members.size) * asStrongAlone;
    if (rest.z < standsAlone || !holdsUp) continue;
    carried.push({ parts, members });
  }
  const tests = carried.map(({ parts }) => {
    const members = rowsOfSubgroup(table, parts, late);
    const hits = members.reduce((sum, row) => sum + outcome[row]!, 0);
    const all = late.reduce((sum, row) => sum + outcome[row]!, 0);
    const later = { hits, n: members.length, otherHits: all - hits, otherN: late.length - members.length };
    return {
      parts,
      later,
      pValue: members.length === 0 ? 1 : fisherExact(later.hits, later.n, later.otherHits, later.otherN),
    };
  });
  const adjusted = holm(tests.map(({ pValue }) => pValue));
  const everything = Uint32Array.from(outcome.keys());
  return tests.flatMap(({ parts, later }, at) =>
    adjusted[at]! > level
      ? []
      : [{ parts, members: rowsOfSubgroup(table, parts, everything), later: { ...later, pValue: adjusted[at]! } }],
  );
}

/** Two finds that share most of the smaller one are the same find. */
function isCopy(kept: ReadonlySet<number>, next: ReadonlySet<number>): boolean {
  let both = 0;
  for (const row of next) if (kept.has(row)) both++;
  return both / Math.min(kept.size, next.size) > sameOverlap;
}

function scoresOf(outcome: Uint8Array, expected: Float64Array): RowScores {
  return {
    excess: Float64Array.from(outcome, (value, row) => value - expected[row]!),
    variance: expected.map((p) => p * (1 - p)),
  };
}

/** The strongest find in each of many shufflings; `null` as soon as so many are as strong as the real one that it says nothing. */
function permutedBar(
  { table, outcome, expected, quarter }: PatternRows,
  early: Uint32Array,
  options: SearchOptions,
  { strongest, random }: { strongest: number; random: Random },
): number[] | null {
  const groups = early.map((row) => quarter[row]!);
  const { excess, variance } = scoresOf(outcome, expected);
  const bar: number[] = [];
  let asStrong = 0;
  for (let draw = 0; draw < permutations; draw++) {
    const from = shuffleWithin(groups, random.fork(draw));
    const shuffled = new Float64Array(excess.length);
    const spread = new Float64Array(excess.length);
    for (const [at, row] of early.entries()) {
      shuffled[row] = excess[early[from[at]!]!]!;
      spread[row] = variance[early[from[at]!]!]!;
    }
    const found = searchSubgroups(table, { excess: shuffled, variance: spread }, early, { ...options, beam: 5 });
    const quality = found[0]?.quality ?? 0;
    bar.push(quality);
    if (quality >= strongest) asStrong++;
    if ((1 + asStrong) / (1 + permutations) > level) return null;
  }
  return bar;
}
