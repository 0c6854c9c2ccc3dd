import { type BinnedRows, binCount, countBins } from './binned-rows.ts';

/**
 * The steps that effects of bins can take, one a bin: an ordered bin stands for itself and all below it, another for itself.
 *
 * `spread[step]` is how many rows are on the smaller side of it, about: rows in the step times the share of rows that are not.
 */
export interface StepGrid {
  size: number;
  spread: Float64Array;
  /** Share of the rows that are in the step. */
  share: Float64Array;
  /** How much each step moves what is left to explain by each other step: rows in both, less what chance puts there. */
  overlap: Float32Array;
  /** Turns sums by bin into sums by step. */
  gather(sums: Float64Array): void;
  /** Adds what the steps moved to the effects of their bins. */
  settle(moved: Float64Array, effects: Float64Array): void;
}

/** Overlaps are counted on this many rows at most: they steer, and forces are measured on all rows. */
const mostCounted = 1000;

/** Counts which steps go together in the rows. */
export function stepGrid(x: BinnedRows): StepGrid {
  const size = binCount(x);
  const ranges: { from: number; to: number }[] = [];
  let first = 0;
  for (const [feature, bins] of x.sizes.entries()) {
    ranges.push({ from: first, to: first + x.ordered[feature]! });
    first += bins;
  }
  const gather = (sums: Float64Array): void => {
    for (const { from, to } of ranges) for (let bin = from + 1; bin < to; bin++) sums[bin]! += sums[bin - 1]!;
  };
  const share = countBins(x);
  gather(share);
  for (let step = 0; step < size; step++) share[step]! /= Math.max(x.rows, 1);
  return {
    size,
    share,
    spread: share.map((part) => x.rows * part * (1 - part)),
    overlap: countOverlap(x, size, ranges, share),
    gather,
    settle(moved, effects) {
      for (const { from, to } of ranges) {
        for (let bin = to - 2; bin >= from; bin--) moved[bin]! += moved[bin + 1]!;
      }
      for (let bin = 0; bin < size; bin++) effects[bin]! += moved[bin]!;
    },
  };
}

function countOverlap(
  x: BinnedRows,
  size: number,
  ranges: readonly { from: number; to: number }[],
  share: Float64Array,
): Float32Array {
  const width = x.sizes.length;
  const { cells } = x;
  const both = new Float32Array(size * size);
  const stride = Math.max(1, Math.ceil(x.rows / mostCounted));
  let counted = 0;
  for (let row = 0; row < x.rows; row += stride, counted++) {
    const from = row * width;
    for (let f = 0; f < width; f++) {
      const line = cells[from + f]! * size;
      for (let g = 0; g <= f; g++) both[line + cells[from + g]!]! += 1;
    }
  }
  for (let k = 0; k < size; k++) for (let bin = 0; bin < k; bin++) both[bin * size + k] = both[k * size + bin]!;
  for (const { from, to } of ranges) {
    for (let bin = from + 1; bin < to; bin++) {
      for (let k = 0; k < size; k++) both[bin * size + k]! += both[(bin - 1) * size + k]!;
    }
  }
  for (let k = 0; k < size; k++) {
    const line = k * size;
    for (const { from, to } of ranges)
      for (let bin = from + 1; bin < to; bin++) both[line + bin]! += both[line + bin - 1]!;
    for (let bin = 0; bin < size; bin++) {
      both[line + bin] = (x.rows / Math.max(counted, 1)) * both[line + bin]! - x.rows * share[k]! * share[bin]!;
    }
  }
  return both;
}
