import type { BinnedRows } from '../stats/models/additive-logistic.ts';
import type { BinnedFeature } from './fit-bins.ts';

/** The bins of rows as the fitting loops want them; a value in no bin goes to a last, empty one of its feature. */
export function designOf(binned: readonly BinnedFeature[], bins: readonly Int16Array[], rows: number): BinnedRows {
  return {
    rows,
    columns: bins.map((column, f) => Uint16Array.from(column, (bin) => (bin < 0 ? binned[f]!.matches.length : bin))),
    sizes: binned.map(({ matches }) => matches.length + 1),
    ordered: binned.map(({ ordered }) => ordered),
  };
}

/** Some of the rows, in the order given. */
export function pickRows(x: BinnedRows, rows: Uint32Array): BinnedRows {
  return { ...x, rows: rows.length, columns: x.columns.map((column) => Uint16Array.from(rows, (row) => column[row]!)) };
}

/** The rows from `from` up to but not including `to`, without copying. */
export function sliceRows(x: BinnedRows, from: number, to: number): BinnedRows {
  return { ...x, rows: to - from, columns: x.columns.map((column) => column.subarray(from, to)) };
}
