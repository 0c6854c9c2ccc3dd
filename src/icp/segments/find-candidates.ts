import { type ChosenClusters, chooseClusters } from '../../stats/clusters/choose-clusters.ts';
import { rowsOfSubgroup } from '../../stats/patterns/rows-of-subgroup.ts';
import { keyOf, type SearchOptions, type Subgroup, type SubgroupPart } from '../../stats/patterns/subgroup.ts';
import { extendSubgroup, searchSubgroups } from '../../stats/patterns/subgroup-search.ts';
import type { Random } from '../../stats/random.ts';
import type { ConditionTable } from '../patterns/search-columns.ts';
import { type Space, space } from './point-space.ts';
import type { StageExcess } from './stage-excess.ts';

/** What is searched for segments, and which columns a segment may begin with. */
export interface SegmentTable extends ConditionTable {
  opens: readonly boolean[];
}

export interface Candidate {
  subgroup: Subgroup;
  foundBy: 'clusters' | 'subgroups';
}

/** Kinds carried to the other half, each as a short and perhaps as a long candidate: every one more makes the test there harder for all. */
const mostKinds = 4;
/** Conditions of a short candidate at most; a longer one has to be better by this much, as it has been chosen among more. */
const short = 2;
const longerIsBetterBy = 0.5;
/** Standard errors under which a candidate would not stand the test on the other half. */
const leastQuality = 2.5;
const fewestClustered = 60;

/**
 * A segment begins with what a company is or uses, so that people can point at it: an industry, a use case, a tool. What weighs
 * nothing by itself only comes second.
 */
function isKind({ ordered, levels, features, opens }: SegmentTable, { column, from }: SubgroupPart): boolean {
  if (opens[column] !== true) return false;
  if (ordered.every((isOrdered) => isOrdered)) return true;
  return ordered[column] !== true && (features[column]!.type === 'category' || levels[column]![from] === 'present');
}

/** How a search for segments goes: pairs first, three conditions at most, no group under 1.5 % of the rows or over a quarter. */
export function searchOptions(table: SegmentTable, rows: number): SearchOptions {
  return {
    mayBegin: (part) => isKind(table, part),
    ...{ mostParts: 3, beam: 40, beyondParts: true, gain: 0.3, caution: 2 },
    fewestRows: Math.max(15, Math.round(rows * 0.015)),
    mostRows: Math.round(rows * 0.25),
  };
}

/**
 * Kinds of company that stand out among some accounts: by subgroup discovery on what happened beyond expectation, and by
 * grouping the won accounts in the space of their points and asking what tells each group from the other won accounts.
 */
export function findCandidates(
  table: SegmentTable,
  excess: StageExcess,
  points: Space,
  half: Uint32Array,
  random: Random,
): Candidate[] {
  const options = searchOptions(table, half.length);
  const found: Candidate[] = searchSubgroups(table, excess.scores, half, options).map((subgroup) => ({
    subgroup,
    foundBy: 'subgroups',
  }));
  for (const subgroup of clusteredSubgroups(table, excess, points, half, random)) {
    found.push({ subgroup, foundBy: 'clusters' });
  }
  return oneKindAfterTheOther(table, excess, half, found);
}

/** The grouping of won accounts, `null` where there are too few. */
export function clusterWon(
  points: Space,
  won: Uint32Array,
  random: Random,
): { rows: Uint32Array; clusters: ChosenClusters } | null {
  if (won.length < fewestClustered) return null;
  const clusters = chooseClusters(space(points, won), 8, random);
  return clusters === null ? null : { rows: won, clusters };
}

function clusteredSubgroups(
  table: SegmentTable,
  excess: StageExcess,
  points: Space,
  half: Uint32Array,
  random: Random,
): Subgroup[] {
  const won = half.filter((row) => excess.won[row] === 1);
  const grouped = clusterWon(points, won, random);
  if (grouped === null) return [];
  const { clusters, k } = grouped.clusters;
  return Array.from({ length: k }, (_, cluster) => cluster).flatMap((cluster) => {
    const share = grouped.clusters.sizes[cluster]! / won.length;
    const scores = { excess: new Float64Array(excess.won.length), variance: new Float64Array(excess.won.length) };
    for (const [at, row] of won.entries()) {
      scores.excess[row] = (clusters[at] === cluster ? 1 : 0) - share;
      scores.variance[row] = share * (1 - share);
    }
    const plain = {
      ...searchOptions(table, won.length),
      beam: 20,
      gain: 1,
      beyondParts: false,
      mostRows: won.length >> 1,
    };
    const best = searchSubgroups(table, scores, won, plain).find(({ parts }) => parts.length > 1);
    if (best === undefined) return [];
    return onRows(table, excess.scores, half, best, searchOptions(table, half.length)) ?? [];
  });
}

/**
 * The best candidate, then the best among the rows that are not its, and so on: near-copies of one strong kind do not keep
 * the others from being tested.
 */
function oneKindAfterTheOther(
  table: SegmentTable,
  { scores }: StageExcess,
  half: Uint32Array,
  candidates: readonly Candidate[],
): Candidate[] {
  const options = searchOptions(table, half.length);
  const carried: Candidate[] = [];
  let left = half;
  for (let kind = 0; kind < mostKinds; kind++) {
    const rated = candidates
      .flatMap((candidate) => {
        const subgroup = onRows(table, scores, left, candidate.subgroup, options);
        return subgroup === null ? [] : [{ candidate, quality: subgroup.quality, length: subgroup.parts.length }];
      })
      .sort((a, b) => b.quality - a.quality);
    const best = rated[0];
    if (best === undefined || best.quality < leastQuality) break;
    const plain = rated.find(({ length }) => length <= short);
    const own = new Set(rowsOfSubgroup(table, best.candidate.subgroup.parts, left));
    const isSame =
      plain !== undefined && rowsOfSubgroup(table, plain.candidate.subgroup.parts, left).some((row) => own.has(row));
    const chosen = plain !== undefined && isSame ? [plain] : [best];
    if (plain !== undefined && isSame && best.quality > plain.quality + longerIsBetterBy) chosen.push(best);
    for (const { candidate } of chosen) {
      carried.push(candidate);
      const taken = new Set(rowsOfSubgroup(table, candidate.subgroup.parts, left));
      left = left.filter((row) => !taken.has(row));
    }
  }
  return carried;
}

/** A subgroup as it stands among some rows; `null` where too few of them are of it. */
function onRows(
  table: SegmentTable,
  scores: StageExcess['scores'],
  rows: Uint32Array,
  { parts }: Subgroup,
  options: SearchOptions,
): Subgroup | null {
  const last = parts.at(-1);
  if (last === undefined) return null;
  const start = { parts: parts.slice(0, -1), atLeast: Number.NEGATIVE_INFINITY };
  const again = extendSubgroup(table, scores, rows, start, options, [last.column]);
  return again.find((one) => keyOf(one) === keyOf({ parts })) ?? null;
}

/** Shared members over all members of two groups (Jaccard). */
export function overlap<T>(left: ReadonlySet<T>, right: ReadonlySet<T>): number {
  let both = 0;
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  for (const one of small) if (large.has(one)) both++;
  const union = left.size + right.size - both;
  return union === 0 ? 0 : both / union;
}
