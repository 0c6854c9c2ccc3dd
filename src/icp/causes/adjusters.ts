import { quantileCuts } from '../../stats/models/quantile-cuts.ts';
import { type SparseRows, sparseRows } from '../../stats/models/sparse-rows.ts';
import type { Feature, FeatureTable, FeatureValue } from '../types.ts';
import type { Population } from './population.ts';

/** What can be held equal: columns of numbers for the accounts of a sample, each made of one feature. */
export interface Adjusters {
  columns: readonly Column[];
}

interface Column {
  /** Places of the features that it is made of: what is unknown of one is often unknown of several. */
  owners: number[];
  values: Float64Array;
}

/** Groups that a number is cut into, beside its rank. */
const groups = 6;
const mostLevels = 10;

/**
 * The columns that features make: present or not, one a common level, rank and sixths of a number, and unknown.
 *
 * Unknown is a column of its own and never read as absent. Columns that hardly vary are left out.
 */
export function adjustersOf(table: FeatureTable, { all, sample }: Population): Adjusters {
  const rows = Int32Array.from(sample.at, (at) => all.row[at]!);
  const least = Math.max(5, Math.round(0.01 * rows.length));
  const columns: Column[] = [];
  const unknowns = new Map<string, Column>();
  table.features.forEach((feature, owner) => {
    const values = Array.from(rows, (row) => table.columns[owner]![row]!);
    for (const column of columnsOf(feature, values)) {
      const set = column.reduce((sum, value) => sum + (value !== 0 ? 1 : 0), 0);
      if (set >= least && rows.length - set >= (isRank(feature, column) ? -1 : least)) {
        columns.push({ owners: [owner], values: column });
      }
    }
    const unknown = Float64Array.from(values, (value) => (value === null ? 1 : 0));
    const missing = unknown.reduce((sum, value) => sum + value, 0);
    if (missing < least || rows.length - missing < least) return;
    const twin = unknowns.get(unknown.join(''));
    if (twin !== undefined) {
      twin.owners.push(owner);
      return;
    }
    const column = { owners: [owner], values: unknown };
    unknowns.set(unknown.join(''), column);
    columns.push(column);
  });
  return { columns };
}

/** A rank is hardly ever 0, which is not a column that does not vary. */
function isRank(feature: Feature, column: Float64Array): boolean {
  return feature.type === 'number' && column.some((value) => value !== 0 && value !== 1);
}

function columnsOf(feature: Feature, values: readonly FeatureValue[]): Float64Array[] {
  switch (feature.type) {
    case 'flag':
      return [Float64Array.from(values, (value) => (value === 'present' ? 1 : 0))];
    case 'category': {
      const counts = new Map<string, number>();
      for (const value of values) if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1);
      const common = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostLevels);
      return common.map(([level]) => Float64Array.from(values, (value) => (value === level ? 1 : 0)));
    }
    case 'number': {
      const known = Float64Array.from(values.filter((value) => typeof value === 'number')).sort();
      if (known.length === 0) return [];
      const cuts = quantileCuts([...known], groups);
      const rank = Float64Array.from(values, (value) => (typeof value === 'number' ? rankIn(known, value) - 0.5 : 0));
      const sixths = [...cuts, Number.POSITIVE_INFINITY].map((to, at) => {
        const from = at === 0 ? Number.NEGATIVE_INFINITY : cuts[at - 1]!;
        return Float64Array.from(values, (value) => (typeof value === 'number' && value >= from && value < to ? 1 : 0));
      });
      return [rank, ...(sixths.length > 1 ? sixths : [])];
    }
  }
}

/** Share of the sorted values below this one, half of those like it counted. */
function rankIn(sorted: Float64Array, value: number): number {
  const bound = (isBefore: (other: number) => boolean): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(sorted[middle]!)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (bound((other) => other < value) + bound((other) => other <= value)) / 2 / sorted.length;
}

/** Columns chosen to be held equal, ready to fit. */
export interface HeldEqual {
  table: SparseRows;
  /** Places of the features that the columns are made of, the one that matters most first. */
  owners: readonly number[];
  /** The feature of each column of the table; -1 for the column of ones. */
  ownerOf: readonly number[];
}

/**
 * The table of what to hold equal when two kinds of accounts are compared: of the allowed features' columns, the ones that go
 * with both the kind and the outcome, which are those that could have made the difference between them.
 *
 * @param at rows of the sample that are compared
 * @param most columns at most, since few accounts cannot carry many
 */
export function holdEqual(
  { columns }: Adjusters,
  allowed: ReadonlySet<number>,
  rows: { at: Int32Array; treated: Uint8Array; outcome: Float64Array; weight: Float64Array },
  most: number,
): HeldEqual {
  const { at, treated, outcome, weight } = rows;
  const scored = columns.flatMap((column, place) => {
    const mayBe = column.owners.filter((owner) => allowed.has(owner));
    if (mayBe.length === 0) return [];
    const values = Float64Array.from(at, (row) => column.values[row]!);
    const score = Math.abs(correlation(values, treated, weight) * correlation(values, outcome, weight));
    return score > 0 ? [{ place, owner: mayBe[0]!, values, score }] : [];
  });
  scored.sort((a, b) => b.score - a.score || a.place - b.place);
  const chosen = scored.slice(0, most);
  return {
    table: sparseRows([new Float64Array(at.length).fill(1), ...chosen.map(({ values }) => values)]),
    owners: [...new Set(chosen.map(({ owner }) => owner))],
    ownerOf: [-1, ...chosen.map(({ owner }) => owner)],
  };
}

function correlation(a: Float64Array, b: ArrayLike<number>, weight: Float64Array): number {
  let [total, sumA, sumB, squareA, squareB, both] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < a.length; row += 1) {
    const counts = weight[row]!;
    total += counts;
    sumA += counts * a[row]!;
    sumB += counts * b[row]!;
    squareA += counts * a[row]! * a[row]!;
    squareB += counts * b[row]! * b[row]!;
    both += counts * a[row]! * b[row]!;
  }
  const spread = (squareA - (sumA * sumA) / total) * (squareB - (sumB * sumB) / total);
  return spread > 1e-12 * total * total ? (both - (sumA * sumB) / total) / Math.sqrt(spread) : 0;
}
