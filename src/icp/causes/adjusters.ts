import { quantileCuts } from '../../stats/models/quantile-cuts.ts';
import type { SparseRows } from '../../stats/models/sparse-rows.ts';
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
  /** Where it is not 0. */
  set: Int32Array;
}

/** Held equal for everybody who has had time to buy more; its place is the one after the last feature. */
export const timeAsCustomer: Feature = {
  ...{ key: 'customer_days', label: 'Time as a customer', layer: 'firmographic', part: 'fit', type: 'number' },
  ...{ field: 'customer_days', unit: 'days' },
};

/** Groups that a number is cut into, beside its rank. */
const groups = 6;
const mostLevels = 10;

/**
 * The columns that features make: present or not, one a common level, rank and sixths of a number, and unknown.
 *
 * Unknown is a column of its own and never read as absent. Columns that hardly vary are left out.
 */
export function adjustersOf(table: FeatureTable, { all, sample, days }: Population): Adjusters {
  const rows = Int32Array.from(sample.at, (at) => all.row[at]!);
  const least = Math.max(5, Math.round(0.01 * rows.length));
  const columns: Column[] = [];
  const unknowns = new Map<string, Column>();
  const read = table.features.map((feature, owner) => ({
    feature,
    values: Array.from(rows, (row) => table.columns[owner]![row]!),
  }));
  if (days !== null) read.push({ feature: timeAsCustomer, values: Array.from(sample.at, (at) => days[at]!) });
  read.forEach(({ feature, values }, owner) => {
    for (const column of columnsOf(feature, values)) {
      const set = setIn(column);
      if (set.length >= least && rows.length - set.length >= (isRank(feature, column) ? 0 : least)) {
        columns.push({ owners: [owner], values: column, set });
      }
    }
    const unknown = Float64Array.from(values, (value) => (value === null ? 1 : 0));
    const set = setIn(unknown);
    if (set.length < least || rows.length - set.length < least) return;
    const twin = unknowns.get(unknown.join(''));
    if (twin !== undefined) {
      twin.owners.push(owner);
      return;
    }
    const column = { owners: [owner], values: unknown, set };
    unknowns.set(unknown.join(''), column);
    columns.push(column);
  });
  return { columns };
}

function setIn(values: Float64Array): Int32Array {
  const set: number[] = [];
  values.forEach((value, row) => {
    if (value !== 0) set.push(row);
  });
  return Int32Array.from(set);
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
 * with both the kind and the outcome, which are those that could have made the difference between them. What goes with the kind
 * alone is left out: it could not have.
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
  const { at } = rows;
  const score = scorer(rows);
  const scored = columns.flatMap((column, place) => {
    const owner = column.owners.find((of) => allowed.has(of));
    if (owner === undefined) return [];
    const of = score(column);
    return of > 0 ? [{ place, owner, column, score: of }] : [];
  });
  scored.sort((a, b) => b.score - a.score || a.place - b.place);
  const chosen = scored.slice(0, most);
  return {
    table: packed(
      chosen.map(({ column }) => column),
      at,
    ),
    owners: [...new Set(chosen.map(({ owner }) => owner))],
    ownerOf: [-1, ...chosen.map(({ owner }) => owner)],
  };
}

/**
 * How closely a column goes with the outcome, times how closely it goes with the kind and a little more: what goes with the
 * outcome alone makes no difference, and a smaller standard error.
 */
function scorer({ at, treated, outcome, weight }: Parameters<typeof holdEqual>[2]): (column: Column) => number {
  const longest = at.reduce((most, row) => Math.max(most, row), -1) + 1;
  const counts = new Float64Array(longest);
  const countsTreated = new Float64Array(longest);
  const countsCame = new Float64Array(longest);
  let [total, allTreated, allCame] = [0, 0, 0];
  at.forEach((row, place) => {
    counts[row] = weight[place]!;
    countsTreated[row] = weight[place]! * treated[place]!;
    countsCame[row] = weight[place]! * outcome[place]!;
    total += counts[row]!;
    allTreated += countsTreated[row]!;
    allCame += countsCame[row]!;
  });
  const spreadOf = (of: number): number => Math.sqrt((of * (total - of)) / total ** 2);
  if (spreadOf(allTreated) === 0 || spreadOf(allCame) === 0) return () => 0;
  return ({ values, set }) => {
    let [sum, square, withKind, withOutcome] = [0, 0, 0, 0];
    for (const row of set) {
      if (row >= longest) break;
      const value = values[row]!;
      sum += counts[row]! * value;
      square += counts[row]! * value * value;
      withKind += countsTreated[row]! * value;
      withOutcome += countsCame[row]! * value;
    }
    const variance = square / total - (sum / total) ** 2;
    if (!(variance > 1e-9)) return 0;
    const kind = withKind / total - (sum * allTreated) / total ** 2;
    const came = withOutcome / total - (sum * allCame) / total ** 2;
    const [ofKind, ofOutcome] = [Math.abs(kind) / spreadOf(allTreated), Math.abs(came) / spreadOf(allCame)];
    return (ofOutcome * (ofKind / Math.sqrt(variance) + 1 / Math.sqrt(at.length))) / Math.sqrt(variance);
  };
}

/** A column of ones and the columns, for these rows: as `sparseRows` would pack them, without unpacking them first. */
function packed(columns: readonly Column[], at: Int32Array): SparseRows {
  const place = new Int32Array((at.at(-1) ?? -1) + 1).fill(-1);
  const starts = new Int32Array(at.length + 1);
  for (let row = 0; row < at.length; row += 1) {
    place[at[row]!] = row;
    starts[row + 1] = 1;
  }
  for (const { set } of columns) {
    for (const of of set) if (of < place.length && place[of]! >= 0) starts[place[of]! + 1]! += 1;
  }
  for (let row = 0; row < at.length; row += 1) starts[row + 1]! += starts[row]!;
  const next = starts.slice();
  const column = new Int32Array(starts[at.length]!);
  const value = new Float64Array(starts[at.length]!);
  for (let row = 0; row < at.length; row += 1) {
    value[next[row]!] = 1;
    next[row]! += 1;
  }
  columns.forEach(({ set, values }, which) => {
    for (const of of set) {
      const row = of < place.length ? place[of]! : -1;
      if (row < 0) continue;
      column[next[row]!] = which + 1;
      value[next[row]!] = values[of]!;
      next[row]! += 1;
    }
  });
  return { rows: at.length, columns: columns.length + 1, starts, column, value };
}
