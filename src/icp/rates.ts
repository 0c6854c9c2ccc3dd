import { wilsonInterval } from '../stats/intervals/wilson-interval.ts';
import { round } from './round.ts';
import type { Rate } from './types.ts';

/**
 * A rate with its 95 % interval; `null` of nobody.
 *
 * @example rateOf(4, 9); // => { v: 0.4444, low: 0.1888, high: 0.7333, n: 9 }
 */
export function rateOf(successes: number, trials: number): Rate | null {
  return trials === 0 ? null : { v: successes / trials, ...wilsonInterval(successes, trials), n: trials };
}

/** The same to four decimals, as it is kept and shown. */
export function roundedRate(successes: number, trials: number): Rate | null {
  const rate = rateOf(successes, trials);
  if (rate === null) return null;
  return { v: round(rate.v, 4), low: round(rate.low, 4), high: round(rate.high, 4), n: trials };
}

/** A mean with its 95 % interval by the normal law; `null` of nothing, and no narrower than one value lets it be. */
export function meanOf(values: readonly number[]): Rate | null {
  const n = values.length;
  if (n === 0) return null;
  const v = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - v) ** 2, 0);
  const half = n > 1 ? (1.959963984540054 * Math.sqrt(squares / (n - 1))) / Math.sqrt(n) : Math.abs(v);
  return { v, low: v - half, high: v + half, n };
}

/**
 * The value below which a share of the values lies; `null` of nothing.
 *
 * @example quantileOf([1, 2, 3, 4, 100], 0.5); // => 3
 */
export function quantileOf(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at));
}
