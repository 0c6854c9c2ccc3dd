import { midRank } from '../mid-rank.ts';
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
  const scores = (positive: boolean): Float64Array =>
    Float64Array.from(
      rows.filter((row) => (outcome[row] === 1) === positive),
      (row) => score[row]!,
    );
  const [positives, negatives] = [scores(true), scores(false)];
  const everyone = Float64Array.from(score).sort();
  const amongPositives = positives.toSorted();
  const amongNegatives = negatives.toSorted();
  const winShare = positives.map(
    (value) => (midRank(everyone, value) - midRank(amongPositives, value)) / negatives.length,
  );
  const lossShare = negatives.map(
    (value) => 1 - (midRank(everyone, value) - midRank(amongNegatives, value)) / positives.length,
  );
  const standardError = Math.sqrt(variance(winShare) / positives.length + variance(lossShare) / negatives.length);
  const half = 1.959963984540054 * standardError;
  return { v, low: Math.max(0, v - half), high: Math.min(1, v + half), standardError };
}

function variance(values: Float64Array): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
