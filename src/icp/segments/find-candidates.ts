import { type ChosenClusters, chooseClusters } from '../../stats/clusters/choose-clusters.ts';
import { rowsOfSubgroup } from '../../stats/patterns/rows-of-subgroup.ts';
import { keyOf, type SearchOptions, type Subgroup, type SubgroupPart } from '../../stats/patterns/subgroup.ts';
import { extendSubgroup, searchSubgroups } from '../../stats/patterns/subgroup-search.ts';
import type { Random } from '../../stats/random.ts';
import type { ConditionTable } from '../patterns/search-columns.ts';
import { type Space, space } from './point-space.ts';
import type { StageExcess } from './stage-excess.ts';

export interface Candidate {
  subgroup: Subgroup;
  foundBy: 'clusters' | 'subgroups';
}

/** Carried to the other half: every one more makes the test there harder for all. */
const mostShort = 2;
const mostLong = 3;
/** Candidates that share more of their rows than this are one. */
const sameOverlap = 0.4;
const fewestClustered = 60;

/** A segment begins with what a company is or uses, so that people can point at it: an industry, a use case, a tool. */
function isKind({ ordered, levels, features }: ConditionTable, { column, from }: SubgroupPart): boolean {
  if (ordered.every((isOrdered) => isOrdered)) return true;
  return ordered[column] !== true && (features[column]!.type === 'category' || levels[column]![from] === 'present');
}

/** How a search for segments goes: pairs first, three conditions at most, no group under 1.5 % of the rows or over a quarter. */
export function searchOptions(table: ConditionTable, rows: number): SearchOptions {
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
  table: ConditionTable,
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
  found.sort((a, b) => b.subgroup.quality - a.subgroup.quality);
  const short = distinct(
    table,
    half,
    found.filter(({ subgroup }) => subgroup.parts.length < 3),
    [],
    mostShort,
  );
  return distinct(table, half, found, short, mostShort + mostLong);
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
    const plain = {
      ...searchOptions(table, won.length),
      beam: 20,
      gain: 1,
      beyondParts: false,
      mostRows: won.length >> 1,
    };
    const best = searchSubgroups(table, scores, won, plain).find(({ parts }) => parts.length > 1);
    if (best === undefined) return [];
    const last = best.parts.at(-1)!;
    const options = searchOptions(table, half.length);
    const start = { parts: best.parts.slice(0, -1), atLeast: Number.NEGATIVE_INFINITY };
    return extendSubgroup(table, excess.scores, half, start, options, [last.column]).filter(
      (one) => keyOf(one) === keyOf(best),
    );
  });
}

/** Adds candidates to those that are kept already, best first, as long as they are others. */
function distinct(
  table: ConditionTable,
  rows: Uint32Array,
  candidates: readonly Candidate[],
  already: readonly Candidate[],
  most: number,
): Candidate[] {
  const withMembers = (candidate: Candidate) => ({
    candidate,
    members: new Set(rowsOfSubgroup(table, candidate.subgroup.parts, rows)),
  });
  const kept = already.map(withMembers);
  for (const candidate of candidates) {
    if (kept.length >= most) break;
    const { members } = withMembers(candidate);
    if (kept.every((other) => overlap(other.members, members) < sameOverlap)) kept.push({ candidate, members });
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
