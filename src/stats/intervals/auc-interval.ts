import { areaUnderCurve } from '../models/auc.ts';

/**
 * Area under the ROC curve with its 95 % interval, after DeLong.
 *
 * The standard error comes from how often each positive beats the negatives, and the other way round. Runs in the time
 * of a few sorts.
 *
 * @see https://doi.org/10.1109/LSP.2014.2337313
 * @throws {NotEnoughDataError} when there is no positive or no negative
 * @example aucInterval([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).v; // => 0.75
 */
export function aucInterval(
  outcome: ArrayLike<number>,
  score: ArrayLike<number>,
): { v: number; low: number; high: number; standardError: number } {
  const v = areaUnderCurve(outcome, score);
  const rows = Uint32Array.from({ length: outcome.length }, (_, row) => row);
  const positives = rows.filter((row) => outcome[row] === 1);
  const negatives = rows.filter((row) => outcome[row] !== 1);
  const everyone = midRanks(rows, score);
  const amongPositives = midRanks(positives, score);
  const amongNegatives = midRanks(negatives, score);
  const winShare = Float64Array.from(
    positives,
    (row) => (everyone.get(row)! - amongPositives.get(row)!) / negatives.length,
  );
  const lossShare = Float64Array.from(
    negatives,
    (row) => 1 - (everyone.get(row)! - amongNegatives.get(row)!) / positives.length,
  );
  const standardError = Math.sqrt(variance(winShare) / positives.length + variance(lossShare) / negatives.length);
  const half = 1.959963984540054 * standardError;
  return { v, low: Math.max(0, v - half), high: Math.min(1, v + half), standardError };
}

/** Rank of each row among these rows by score, from 1; equal scores share the middle of their ranks. */
function midRanks(rows: Uint32Array, score: ArrayLike<number>): Map<number, number> {
  const order = Uint32Array.from(rows).sort((a, b) => score[a]! - score[b]!);
  const ranks = new Map<number, number>();
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && score[order[to]!]! === score[order[from]!]!) to++;
    for (let at = from; at < to; at++) ranks.set(order[at]!, (from + to + 1) / 2);
    from = to;
  }
  return ranks;
}

function variance(values: Float64Array): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
