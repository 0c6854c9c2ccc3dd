import { type AipwResult, crossFittedAipw } from '../../stats/causal/cross-fitted-aipw.ts';
import { type SparseRows, sparseRows } from '../../stats/models/sparse-rows.ts';
import type { Random } from '../../stats/random.ts';
import type { FeatureTable } from '../types.ts';
import { type Adjusters, holdEqual } from './adjusters.ts';
import type { Contrast } from './contrast.ts';
import type { Population } from './population.ts';

const folds = 5;
/** One column held equal for so many accounts, and for so many of the rarer kind. */
const accountsAColumn = 20;
const rarerAColumn = 8;
const mostColumns = 40;

/** The accounts of a sample whose kind is known: what is compared. */
export interface Compared {
  at: Int32Array;
  treated: Uint8Array;
  outcome: Float64Array;
  weight: Float64Array;
  fold: Uint8Array;
}

/**
 * The accounts that a contrast parts, of those that a population reads.
 *
 * @param keep leaves further accounts out, by their row in the feature table
 */
export function comparedOf(
  { all, sample }: Population,
  table: FeatureTable,
  feature: number,
  contrast: Contrast,
  random: Random,
  keep: (row: number) => boolean = () => true,
): Compared {
  const at: number[] = [];
  const treated: number[] = [];
  const outcome: number[] = [];
  const weight: number[] = [];
  sample.at.forEach((place, row) => {
    const of = all.row[place]!;
    const side = contrast.of(table.columns[feature]![of]!);
    if (side === null || !keep(of)) return;
    at.push(row);
    treated.push(side);
    outcome.push(all.came[place]!);
    weight.push(sample.weight[row]!);
  });
  const order = random.shuffle(at.map((_, row) => row));
  const fold = new Uint8Array(at.length);
  order.forEach((row, place) => {
    fold[row] = place % folds;
  });
  return {
    at: Int32Array.from(at),
    treated: Uint8Array.from(treated),
    outcome: Float64Array.from(outcome),
    weight: Float64Array.from(weight),
    fold,
  };
}

export interface Adjusted extends AipwResult {
  n: number;
  /** What was held equal: places of features, the one that matters most first. */
  heldEqual: readonly number[];
  table: SparseRows;
  ownerOf: readonly number[];
}

/** The difference that a contrast makes with the allowed features held equal. */
export function adjust(adjusters: Adjusters, allowed: ReadonlySet<number>, compared: Compared): Adjusted {
  const n = compared.at.length;
  const treated = compared.treated.reduce((sum, is) => sum + is, 0);
  const most = Math.min(mostColumns, n / accountsAColumn, Math.min(treated, n - treated) / rarerAColumn);
  const { table, owners, ownerOf } = holdEqual(adjusters, allowed, compared, Math.floor(most));
  return { ...again(table, compared), n, heldEqual: owners, table, ownerOf };
}

/** The same difference once more, under another table, another treatment or fewer rows, or with chances as bold as they were learnt. */
export function again(table: SparseRows, compared: Omit<Compared, 'at'>, calmed = true): AipwResult {
  return crossFittedAipw({ ...compared, table, calmed });
}

/** The table with one column of noise more. */
export function withNoise(table: SparseRows, random: Random): SparseRows {
  const columns = Array.from({ length: table.columns }, () => new Float64Array(table.rows));
  for (let row = 0; row < table.rows; row += 1) {
    for (let at = table.starts[row]!; at < table.starts[row + 1]!; at += 1) {
      columns[table.column[at]!]![row] = table.value[at]!;
    }
  }
  return sparseRows([...columns, Float64Array.from({ length: table.rows }, () => random.normal())]);
}

/** Some of the rows. */
export function some(table: SparseRows, compared: Compared, rows: readonly number[]): [SparseRows, Compared] {
  const lengths = rows.map((row) => table.starts[row + 1]! - table.starts[row]!);
  const starts = new Int32Array(rows.length + 1);
  lengths.forEach((length, at) => {
    starts[at + 1] = starts[at]! + length;
  });
  const column = new Int32Array(starts[rows.length]!);
  const value = new Float64Array(starts[rows.length]!);
  rows.forEach((row, at) => {
    column.set(table.column.subarray(table.starts[row]!, table.starts[row + 1]!), starts[at]!);
    value.set(table.value.subarray(table.starts[row]!, table.starts[row + 1]!), starts[at]!);
  });
  const { at, treated, outcome, weight, fold } = compared;
  return [
    { rows: rows.length, columns: table.columns, starts, column, value },
    {
      at: Int32Array.from(rows, (row) => at[row]!),
      treated: Uint8Array.from(rows, (row) => treated[row]!),
      outcome: Float64Array.from(rows, (row) => outcome[row]!),
      weight: Float64Array.from(rows, (row) => weight[row]!),
      fold: Uint8Array.from(rows, (row) => fold[row]!),
    },
  ];
}
