import { NotEnoughDataError } from '../../errors.ts';
import { wilsonInterval } from '../intervals/wilson-interval.ts';
import { twoSidedP } from './normal-distribution.ts';

/**
 * How far apart two rates lie: the difference, its 95 % interval and how surprising it would be if they were the same.
 *
 * The interval is Newcombe's, made of the two Wilson intervals, so it stays sensible when a rate is near 0 or 1. The p-value
 * is that of the pooled z-test and asks for some five of either kind in either group.
 *
 * @see https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I
 * @throws {NotEnoughDataError} when a group is empty
 * @example twoRates(30, 100, 10, 100); // => { v: 0.2, low: 0.09, high: 0.306, p: 0.0004 }
 */
export function twoRates(
  hits: number,
  trials: number,
  otherHits: number,
  otherTrials: number,
): { v: number; low: number; high: number; p: number } {
  if (trials <= 0 || otherTrials <= 0) {
    throw new NotEnoughDataError(
      `comparing two rates needs trials in both, got ${trials} and ${otherTrials}; leave it out`,
    );
  }
  const [rate, other] = [hits / trials, otherHits / otherTrials];
  const [own, theirs] = [wilsonInterval(hits, trials), wilsonInterval(otherHits, otherTrials)];
  const pooled = (hits + otherHits) / (trials + otherTrials);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / trials + 1 / otherTrials));
  const v = rate - other;
  return {
    v,
    low: v - Math.hypot(rate - own.low, theirs.high - other),
    high: v + Math.hypot(own.high - rate, other - theirs.low),
    p: spread > 0 ? twoSidedP(v / spread) : 1,
  };
}
