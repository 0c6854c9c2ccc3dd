import { twoSidedP } from './normal-distribution.ts';

/**
 * Whether something that a forecast already counts should count more, or less.
 *
 * `part` is what it adds to the log-odds of each row. The rows that came out better than forecast are set against those that
 * came out worse: `z` is 2 or more where the part is stronger here than the forecast thinks (negative: weaker), whatever
 * the overall level. Needs no fit. Nothing to tell (`z` 0, `p` 1) where the part is the same everywhere.
 *
 * @see https://en.wikipedia.org/wiki/Score_test
 * @example scoreTest([1, 1, 0, 0], [0.5, 0.5, 0.5, 0.5], [1, 1, -1, -1]); // => { z: 2, p: 0.046 }
 */
export function scoreTest(
  outcome: ArrayLike<number>,
  probability: ArrayLike<number>,
  part: ArrayLike<number>,
): { z: number; p: number } {
  let [all, mean] = [0, 0];
  const spread = Float64Array.from(probability, (p) => p * (1 - p));
  for (let row = 0; row < outcome.length; row++) {
    all += spread[row]!;
    mean += spread[row]! * part[row]!;
  }
  mean = all > 0 ? mean / all : 0;
  let [push, variance] = [0, 0];
  for (let row = 0; row < outcome.length; row++) {
    const away = part[row]! - mean;
    push += (outcome[row]! - probability[row]!) * away;
    variance += spread[row]! * away * away;
  }
  if (variance <= 1e-12) return { z: 0, p: 1 };
  const z = push / Math.sqrt(variance);
  return { z, p: twoSidedP(z) };
}
