import { type BinnedRows, binnedRows } from '../stats/models/binned-rows.ts';
import type { BinnedFeature } from './fit-bins.ts';

/** The bins of rows as the fitting loops want them; a value in no bin goes to a last, empty one of its feature. */
export function designOf(binned: readonly BinnedFeature[], bins: readonly Int16Array[], rows: number): BinnedRows {
  return binnedRows(
    bins.map((column, f) => column.map((bin) => (bin < 0 ? binned[f]!.matches.length : bin))),
    binned.map(({ matches }) => matches.length + 1),
    binned.map(({ ordered }) => ordered),
    rows,
  );
}
