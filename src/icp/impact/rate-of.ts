import { wilsonInterval } from '../../stats/intervals/wilson-interval.ts';
import type { Rate } from '../types.ts';

/**
 * A rate with its interval, to four decimals; `null` of nobody.
 *
 * @example rateOf(4, 9); // => { v: 0.4444, low: 0.1888, high: 0.7333, n: 9 }
 */
export function rateOf(hits: number, n: number): Rate | null {
  if (n === 0) return null;
  const { low, high } = wilsonInterval(hits, n);
  return { v: round(hits / n, 4), low: round(low, 4), high: round(high, 4), n };
}

/**
 * A p-value or q-value to three decimals; never 0, which no test can say.
 *
 * @example roundP(1e-9); // => 0.001
 */
export function roundP(p: number): number {
  return Math.max(round(p, 3), 0.001);
}

/**
 * A number to so many decimals; zero never has a sign.
 *
 * @example round(0.12345, 3); // => 0.123
 */
export function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor || 0;
}
