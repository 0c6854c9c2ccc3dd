import { NotEnoughDataError } from '../../errors.ts';
import { twoSidedP } from './normal-distribution.ts';

/**
 * Whether as many things happened as a list of probabilities promised.
 *
 * `expected` is the sum of the probabilities; `p` says how surprising a count this far from it would be if every probability
 * were right (a sum of unequal coins, by the normal curve, with half a step for counts being whole). Calibration in the
 * large, for any group of rows.
 *
 * @see https://en.wikipedia.org/wiki/Poisson_binomial_distribution
 * @throws {NotEnoughDataError} when there is no row
 * @example expectedEvents([1, 0, 1, 1, 0], [0.2, 0.2, 0.2, 0.2, 0.2]); // => { happened: 3, expected: 1, p: 0.094 }
 */
export function expectedEvents(
  outcome: ArrayLike<number>,
  probability: ArrayLike<number>,
): { happened: number; expected: number; p: number } {
  if (outcome.length === 0) {
    throw new NotEnoughDataError('comparing what was promised with what happened needs a row, got none; leave it out');
  }
  let [happened, expected, variance] = [0, 0, 0];
  for (let row = 0; row < outcome.length; row++) {
    const p = probability[row]!;
    happened += outcome[row]!;
    expected += p;
    variance += p * (1 - p);
  }
  const away = Math.max(0, Math.abs(happened - expected) - 0.5);
  return { happened, expected, p: variance > 0 ? twoSidedP(away / Math.sqrt(variance)) : 1 };
}
