import type { BinnedFeature } from './fit-bins.ts';
import { mergeRanges } from './fit-merge.ts';
import type { LearntFeature } from './fit-table.ts';
import { type FeatureTable, type Stage, stages } from './types.ts';

/** Effects of all bins, feature after feature; each feature has one more than its bins, for values in none. */
export interface FlatEffects {
  levers: Readonly<Record<Stage, Float64Array>>;
  churn: Float64Array;
}

type Uncounted = Omit<LearntFeature, 'won' | 'touched' | 'wholeNumbers'>;

/** Cuts the effects of all bins into one piece a feature. */
export function splitEffects(binned: readonly BinnedFeature[], { levers, churn }: FlatEffects): Uncounted[] {
  let at = 0;
  return binned.map((feature) => {
    const cut = (effects: Float64Array): Float64Array => effects.slice(at, at + feature.matches.length);
    const piece = {
      binned: feature,
      levers: {
        accepted: cut(levers.accepted),
        qualified: cut(levers.qualified),
        won: cut(levers.won),
        expanded: cut(levers.expanded),
      },
      churn: cut(churn),
    };
    at += feature.matches.length + 1;
    return piece;
  });
}

/** Joins ranges that say the same, and counts touched and won accounts in each bin; `bins` are the rows' bins before that. */
export function countLearnt(
  piece: Uncounted,
  table: FeatureTable,
  bins: Int16Array,
  won: readonly (0 | 1 | null)[],
): LearntFeature {
  const { binned } = piece;
  const raw = countBins(bins, binned.matches.length, won);
  const merged = mergeRanges(binned, raw.all, [...stages.map((stage) => piece.levers[stage]), piece.churn]);
  const [accepted, qualified, wonEffects, expanded, churn] = merged.effects;
  const joined = (counts: Float64Array): Float64Array => {
    const sums = new Float64Array(merged.matches.length);
    for (const [bin, count] of counts.entries()) sums[merged.into[bin]!]! += count;
    return sums;
  };
  const column = table.columns[table.features.findIndex(({ key }) => key === binned.feature.key)] ?? [];
  return {
    binned: {
      feature: binned.feature,
      matches: merged.matches,
      ordered: merged.matches.filter(({ kind }) => kind === 'range').length,
    },
    levers: { accepted: accepted!, qualified: qualified!, won: wonEffects!, expanded: expanded! },
    churn: churn!,
    won: joined(raw.won),
    touched: joined(raw.touched),
    wholeNumbers: column.every((value) => value === null || Number.isInteger(value)),
  };
}

/** Some rows of a table, in the order given. */
export function pickTable(table: FeatureTable, rows: ArrayLike<number>): FeatureTable {
  const pick = <T>(column: readonly T[]): T[] => {
    const picked: T[] = [];
    for (let at = 0; at < rows.length; at++) picked.push(column[rows[at]!]!);
    return picked;
  };
  return {
    features: table.features,
    accountIds: pick(table.accountIds),
    columns: table.columns.map((column) => pick(column)),
  };
}

function countBins(bins: Int16Array, size: number, won: readonly (0 | 1 | null)[]) {
  const counts = { all: new Float64Array(size), touched: new Float64Array(size), won: new Float64Array(size) };
  for (let row = 0; row < bins.length; row++) {
    const bin = bins[row]!;
    if (bin < 0) continue;
    counts.all[bin]! += 1;
    const reached = won[row] ?? null;
    if (reached === null) continue;
    counts.touched[bin]! += 1;
    counts.won[bin]! += reached;
  }
  return counts;
}
