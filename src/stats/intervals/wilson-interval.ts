import { NotEnoughDataError } from '../../errors.ts';

/** 97.5th percentile of the standard normal: two-sided 95 %. */
const z95 = 1.959963984540054;

/**
 * Wilson score interval for a proportion, 95 % unless `z` says otherwise.
 *
 * A win rate from 4 of 9 deals is not "44 %". This is the range of rates that 4 of 9 would not surprise, and unlike
 * the textbook interval it stays inside 0..1 when counts are small. Runs in constant time.
 *
 * @see https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval
 * @throws {NotEnoughDataError} when `trials` is zero
 * @example wilsonInterval(4, 9); // => { low: 0.189, high: 0.733 }
 */
export function wilsonInterval(successes: number, trials: number, z = z95): { low: number; high: number } {
  if (trials <= 0) {
    throw new NotEnoughDataError(`a rate needs at least 1 trial, got ${trials}; leave the rate out where nobody was`);
  }
  const rate = successes / trials;
  const spread = (z * z) / trials;
  const middle = (rate + spread / 2) / (1 + spread);
  const half = (z * Math.sqrt((rate * (1 - rate)) / trials + spread / (4 * trials))) / (1 + spread);
  return {
    low: successes === 0 ? 0 : Math.max(0, middle - half),
    high: successes === trials ? 1 : Math.min(1, middle + half),
  };
}
