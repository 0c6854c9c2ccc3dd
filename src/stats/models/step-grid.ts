import { type BinnedRows, binCount, countBins } from './binned-rows.ts';

/** The steps that effects of bins can take, one a bin: an ordered bin stands for itself and all below it, another for itself. */
export interface StepGrid {
  size: number;
  /** Rows in a step times the share of rows that are not. */
  spread: Float64Array;
  /** How much a step moves what is left to explain by each step: the rows in both, less what chance would put there. */
  overlapOf(step: number): Float32Array;
  /** Turns sums by bin into sums by step. */
  gather(sums: Float64Array | Float32Array): void;
  /** Adds what the steps moved to the effects of their bins. */
  settle(moved: Float64Array, effects: Float64Array): void;
}

/** Overlaps are counted on this many rows: they steer, and forces are measured on all rows. */
const mostCounted = 1000;
/** Multiples of it, less their whole part, fall evenly and in step with nothing that a book may repeat. */
const goldenRatio = 0.618033988749895;

/** The grid of some rows; overlaps are counted when they are first asked for. */
export function stepGrid(x: BinnedRows): StepGrid {
  const size = binCount(x);
  const width = x.sizes.length;
  const { cells } = x;
  /** Of each step, its feature and the first bin that it holds. */
  const featureOf = new Uint32Array(size);
  const lowest = Uint32Array.from(featureOf.keys());
  const ranges: { from: number; to: number }[] = [];
  let first = 0;
  for (const [feature, bins] of x.sizes.entries()) {
    featureOf.fill(feature, first, first + bins);
    lowest.fill(first, first, first + x.ordered[feature]!);
    if (x.ordered[feature]! > 1) ranges.push({ from: first, to: first + x.ordered[feature]! });
    first += bins;
  }
  const gather = (sums: Float64Array | Float32Array): void => {
    for (const { from, to } of ranges) for (let bin = from + 1; bin < to; bin++) sums[bin]! += sums[bin - 1]!;
  };
  const counts = countBins(x);
  gather(counts);
  const counted = Math.min(x.rows, mostCounted);
  const sample = Uint32Array.from({ length: counted }, (_, at) =>
    counted === x.rows ? at : Math.floor(((at * goldenRatio) % 1) * x.rows),
  );
  const countOverlap = (step: number): Float32Array => {
    const both = new Float32Array(size);
    const [feature, from] = [featureOf[step]!, lowest[step]!];
    for (let at = 0; at < counted; at++) {
      const line = sample[at]! * width;
      const bin = cells[line + feature]!;
      if (bin < from || bin > step) continue;
      for (let f = 0; f < width; f++) both[cells[line + f]!]! += 1;
    }
    gather(both);
    const share = counts[step]! / x.rows;
    for (let k = 0; k < size; k++) both[k] = (x.rows / counted) * both[k]! - share * counts[k]!;
    return both;
  };
  const known = new Map<number, Float32Array>();
  return {
    size,
    spread: counts.map((count) => (count * (x.rows - count)) / Math.max(x.rows, 1)),
    gather,
    overlapOf(step) {
      const overlap = known.get(step) ?? countOverlap(step);
      known.set(step, overlap);
      return overlap;
    },
    settle(moved, effects) {
      for (const { from, to } of ranges) {
        for (let bin = to - 2; bin >= from; bin--) moved[bin]! += moved[bin + 1]!;
      }
      for (let bin = 0; bin < size; bin++) effects[bin]! += moved[bin]!;
    },
  };
}
