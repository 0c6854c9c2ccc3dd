import { NotEnoughDataError } from '../../errors.ts';
import { midRank } from '../mid-rank.ts';

/**
 * Area under the ROC curve: the chance that a random positive is scored above a random negative, ties counting half.
 *
 * 0.5 is a coin, 1 is perfect order. Runs in the time of one sort.
 *
 * @see https://en.wikipedia.org/wiki/Mann%E2%80%93Whitney_U_test
 * @throws {NotEnoughDataError} when there is no positive or no negative
 * @example areaUnderCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // => 0.75
 */
export function areaUnderCurve(outcome: ArrayLike<number>, score: ArrayLike<number>): number {
  const sorted = Float64Array.from(score).sort();
  let positives = 0;
  let rankSum = 0;
  for (let row = 0; row < outcome.length; row++) {
    if (outcome[row] !== 1) continue;
    positives++;
    rankSum += midRank(sorted, score[row]!);
  }
  const negatives = outcome.length - positives;
  if (positives === 0 || negatives === 0) {
    throw new NotEnoughDataError(
      `the area under the curve needs a positive and a negative, got ${positives} and ${negatives}; use more rows`,
    );
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
