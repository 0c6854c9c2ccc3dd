import { type BinnedRows, binnedRows, pickRows, sliceRows } from '../stats/models/binned-rows.ts';
import type { BinnedFeature } from './fit-bins.ts';

/** Rows with an outcome. */
export interface LeverRows {
  x: BinnedRows;
  outcome: Uint8Array;
  /** Known log-odds of each row, if any. */
  offset?: Float64Array;
  /** Effects of the stage before, as known from accounts no later than these rows, if there are any. */
  centre?: Float64Array;
}

/** Rows to learn on, and later ones to judge by. */
export interface Fold {
  learn: LeverRows;
  judge: LeverRows;
}

const foldEnds = [0.4, 0.6, 0.8, 1];

/** The bins of rows as the fitting loops want them; a value in no bin goes to a last, empty one of its feature. */
export function designOf(binned: readonly BinnedFeature[], bins: readonly Int16Array[], rows: number): BinnedRows {
  return binnedRows(
    bins.map((column, f) => column.map((bin) => (bin < 0 ? binned[f]!.matches.length : bin))),
    binned.map(({ matches }) => matches.length + 1),
    binned.map(({ ordered }) => ordered),
    rows,
  );
}

/** Some of the rows, in the order given. */
export function pickLeverRows(rows: LeverRows, kept: Uint32Array): LeverRows {
  const { offset, centre } = rows;
  return {
    x: pickRows(rows.x, kept),
    outcome: Uint8Array.from(kept, (row) => rows.outcome[row]!),
    ...(offset === undefined ? {} : { offset: Float64Array.from(kept, (row) => offset[row]!) }),
    ...(centre === undefined ? {} : { centre }),
  };
}

/** Rows in order of time, in three folds: each is learnt on the rows before it. `centreBefore` knows no later rows. */
export function forwardFolds(rows: LeverRows, centreBefore?: (row: number) => Float64Array): Fold[] {
  const slice = (from: number, to: number): LeverRows => ({
    x: sliceRows(rows.x, from, to),
    outcome: rows.outcome.subarray(from, to),
    ...(rows.offset === undefined ? {} : { offset: rows.offset.subarray(from, to) }),
  });
  return foldEnds.slice(1).map((end, fold) => {
    const from = Math.round(foldEnds[fold]! * rows.x.rows);
    const centre = centreBefore?.(from);
    return {
      learn: { ...slice(0, from), ...(centre === undefined ? {} : { centre }) },
      judge: slice(from, Math.round(end * rows.x.rows)),
    };
  });
}
