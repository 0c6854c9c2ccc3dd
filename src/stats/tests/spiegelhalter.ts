import { NotEnoughDataError } from '../../errors.ts';
import { twoSidedP } from './normal-distribution.ts';

/**
 * Spiegelhalter's test: could these outcomes have come from these probabilities?
 *
 * If every probability is right, the Brier score has a known mean and spread, and `z` is how far from it the actual score
 * lies: about 2 would be unusual, 4 does not happen. Positive when reality was harder to foresee than promised. Needs no groups,
 * so nobody can choose them kindly.
 *
 * @see https://doi.org/10.1002/sim.4780050506
 * @throws {NotEnoughDataError} when there is no forecast between 0 and 1 other than 0.5
 * @example spiegelhalter([1, 0, 1, 1], [0.9, 0.1, 0.8, 0.7]); // => { z: -0.88, p: 0.379 }
 */
export function spiegelhalter(outcome: ArrayLike<number>, probability: ArrayLike<number>): { z: number; p: number } {
  let excess = 0;
  let variance = 0;
  for (let row = 0; row < outcome.length; row++) {
    const p = probability[row]!;
    excess += (outcome[row]! - p) * (1 - 2 * p);
    variance += (1 - 2 * p) ** 2 * p * (1 - p);
  }
  if (variance === 0) {
    throw new NotEnoughDataError(
      'judging probabilities needs one that is neither 0, 0.5 nor 1, got none; forecast more rows',
    );
  }
  const z = excess / Math.sqrt(variance);
  return { z, p: twoSidedP(z) };
}
