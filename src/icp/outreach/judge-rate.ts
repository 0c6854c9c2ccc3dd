import { wilsonInterval } from '../../stats/intervals/wilson-interval.ts';
import { normalQuantile } from '../../stats/tests/normal-distribution.ts';
import { round } from '../round.ts';
import type { Rate } from '../types.ts';

export type HealthVerdict = 'works' | 'works in part' | 'in between' | 'needs an update' | 'differs' | 'cannot tell';

/** Below this many nothing is said. */
export const fewestToJudge = 30;

/**
 * What a rate says beside two bars: its whole interval must lie above the one or under the other.
 *
 * @param bars works from `works` on, needs an update under `fails`
 * @example judgeRate({ v: 0.12, low: 0.08, high: 0.17, n: 240 }, { works: 0.05, fails: 0.01 }); // => 'works'
 * @example judgeRate({ v: 0.12, low: 0.02, high: 0.4, n: 9 }, { works: 0.05, fails: 0.01 }); // => 'cannot tell'
 */
export function judgeRate(rate: Rate | null, { works, fails }: { works: number; fails: number }): HealthVerdict {
  if (rate === null || rate.n < fewestToJudge) return 'cannot tell';
  if (rate.low >= works) return 'works';
  if (rate.high < fails) return 'needs an update';
  return rate.low >= fails && rate.high < works ? 'in between' : 'cannot tell';
}

/**
 * A rate among so many that are looked at together: all their intervals hold at once in 95 of 100 cases, so that the best of
 * them may be picked.
 *
 * @see https://en.wikipedia.org/wiki/Bonferroni_correction
 * @example jointRate(4, 9, 1); // => { v: 0.4444, low: 0.1888, high: 0.7333, n: 9 }
 * @example jointRate(4, 9, 10); // => { v: 0.4444, low: 0.1299, high: 0.8109, n: 9 }
 */
export function jointRate(successes: number, trials: number, together: number): Rate {
  const z = normalQuantile(1 - 0.025 / Math.max(1, together));
  const { low, high } = wilsonInterval(successes, trials, z);
  return { v: round(successes / trials, 4), low: round(low, 4), high: round(high, 4), n: trials };
}
