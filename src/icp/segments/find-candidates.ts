import { chooseClusters, type ChosenClusters } from '../../stats/clusters/choose-clusters.ts';
import { rowsOfSubgroup, searchSubgroups, type Subgroup, sumSubgroup } from '../../stats/patterns/subgroup-search.ts';
import type { Random } from '../../stats/random.ts';
import type { ConditionTable } from '../patterns/search-columns.ts';
import { beyondConditions } from './beyond-conditions.ts';
import { type Space, space } from './point-space.ts';
import type { StageExcess } from './stage-excess.ts';

export interface Candidate {
  subgroup: Subgroup;
  foundBy: 'clusters' | 'subgroups';
}

/** Carried to the other half: every one more makes the test there harder for all. */
const mostCandidates = 6;
const mostJudged = 24;
/** Candidates that share more of their rows than this are one. */
const sameOverlap = 0.4;
const fewestClustered = 60;

/** How a search for segments goes: pairs first, three conditions at most, no group under 1.5 % of the rows or over a quarter. */
export function searchOptions(rows: number): {
  mostParts: number;
  beam: number;
  fewestRows: number;
  mostRows: number;
  allPairs: boolean;
  gain: number;
  caution: number;
} {
  return {
    ...{ mostParts: 3, beam: 60, allPairs: true, gain: 0.4, caution: 5 },
    fewestRows: Math.max(15, Math.round(rows * 0.015)),
    mostRows: Math.round(rows * 0.25),
  };
}

/**
 * Kinds of company that stand out among some accounts: by subgroup discovery on what happened beyond expectation, and by
 * grouping the won accounts in the space of their points and asking what tells each group from the other won accounts.
 */
export function findCandidates(
  table: ConditionTable,
  excess: StageExcess,
  points: Space,
  half: Uint32Array,
  random: Random,
): Candidate[] {
  const options = searchOptions(half.length);
  const found: Candidate[] = searchSubgroups(table, excess.scores, half, options).map((subgroup) => ({
    subgroup,
    foundBy: 'subgroups',
  }));
  for (const subgroup of clusteredSubgroups(table, excess, points, half, random)) {
    found.push({ subgroup, foundBy: 'clusters' });
  }
  found.sort((a, b) => b.subgroup.quality - a.subgroup.quality);
  return distinct(table, half, found, mostJudged)
    .map((candidate) => ({ ...candidate, z: beyondConditions(table, excess, candidate.subgroup.parts, half).z }))
    .filter(({ z }) => z > 1.5)
    .sort((a, b) => b.z - a.z)
    .slice(0, mostCandidates)
    .map(({ subgroup, foundBy }) => ({ subgroup, foundBy }));
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
  table: ConditionTable,
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
    const options = { ...searchOptions(won.length), beam: 20, gain: 1, mostRows: Math.round(won.length * 0.5) };
    const best = searchSubgroups(table, scores, won, { ...options, allPairs: false })[0];
    if (best === undefined) return [];
    const summed = sumSubgroup(best.parts, rowsOfSubgroup(table, best.parts, half), excess.scores, options.caution);
    const { fewestRows, mostRows } = searchOptions(half.length);
    return summed.rows >= fewestRows && summed.rows <= mostRows ? [summed] : [];
  });
}

function distinct(table: ConditionTable, rows: Uint32Array, candidates: readonly Candidate[], most: number): Candidate[] {
  const kept: { candidate: Candidate; members: ReadonlySet<number> }[] = [];
  for (const candidate of candidates) {
    const members = new Set(rowsOfSubgroup(table, candidate.subgroup.parts, rows));
    if (kept.every((other) => overlap(other.members, members) < sameOverlap)) kept.push({ candidate, members });
    if (kept.length === most) break;
  }
  return kept.map(({ candidate }) => candidate);
}

/** Shared members over all members of two groups (Jaccard). */
export function overlap<T>(left: ReadonlySet<T>, right: ReadonlySet<T>): number {
  let both = 0;
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  for (const one of small) if (large.has(one)) both++;
  const union = left.size + right.size - both;
  return union === 0 ? 0 : both / union;
}
