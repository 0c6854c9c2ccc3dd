import { NotEnoughDataError } from '../../errors.ts';
import { twoSidedP } from './normal-distribution.ts';

/**
 * Which of two scores orders the same rows better: the difference of their areas under the curve, after DeLong.
 *
 * Both scores saw the same rows, so what is easy for one is easy for the other; the paired test takes that into account and is
 * much sharper than two intervals side by side. `v` is first minus second.
 *
 * @see https://doi.org/10.2307/2531595
 * @throws {NotEnoughDataError} when there are fewer than two of either outcome
 * @example aucDifference([0, 0, 1, 1], [1, 2, 3, 4], [1, 2, 3, 4]); // => { v: 0, low: 0, high: 0, p: 1 }
 */
export function aucDifference(
  outcome: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): { v: number; low: number; high: number; p: number } {
  const rows = Uint32Array.from({ length: outcome.length }, (_, row) => row);
  const positives = rows.filter((row) => outcome[row] === 1);
  const negatives = rows.filter((row) => outcome[row] !== 1);
  if (positives.length < 2 || negatives.length < 2) {
    throw new NotEnoughDataError(
      `comparing two orders needs two of either outcome, got ${positives.length} and ${negatives.length}; use more rows`,
    );
  }
  const [own, other] = [shares(first, positives, negatives), shares(second, positives, negatives)];
  const gap = (which: 'won' | 'lost') => own[which].map((value, at) => value - other[which][at]!);
  const [won, lost] = [gap('won'), gap('lost')];
  const v = mean(won);
  const standardError = Math.sqrt(variance(won) / won.length + variance(lost) / lost.length);
  const half = 1.959963984540054 * standardError;
  return { v, low: v - half, high: v + half, p: standardError > 0 ? twoSidedP(v / standardError) : 1 };
}

/** How much of the other side each row beats (a positive), or is beaten by (a negative). */
function shares(score: ArrayLike<number>, positives: Uint32Array, negatives: Uint32Array) {
  const [yes, no] = [positives, negatives].map((rows) => Float64Array.from(rows, (row) => score[row]!).sort());
  return {
    won: Float64Array.from(positives, (row) => below(no!, score[row]!) / negatives.length),
    lost: Float64Array.from(negatives, (row) => 1 - below(yes!, score[row]!) / positives.length),
  };
}

/** How many of the sorted numbers are below a value, equal ones counting half. */
function below(sorted: Float64Array, value: number): number {
  return (bound(sorted, (at) => at < value) + bound(sorted, (at) => at <= value)) / 2;
}

function bound(sorted: Float64Array, before: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: Float64Array): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}
