import { NotEnoughDataError } from '../../errors.ts';

/**
 * Median of numbers with its 95 % interval, read off the sorted numbers themselves.
 *
 * How many of `n` numbers lie below the true median is a matter of coins, whatever they measure: the interval runs between the
 * ranks that coins reach in at least 95 of 100 cases. With five numbers or fewer no rank is safe, and the interval is all of them.
 *
 * @see https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.quantile_test.html
 * @throws {NotEnoughDataError} when there is no number
 * @example medianInterval([5, 1, 4, 2, 3, 6, 8, 7, 9]); // => { v: 5, low: 2, high: 8, n: 9 }
 */
export function medianInterval(values: readonly number[]): { v: number; low: number; high: number; n: number } {
  const n = values.length;
  if (n === 0) throw new NotEnoughDataError('a median needs at least one number, got none; leave it out');
  const sorted = values.toSorted((a, b) => a - b);
  // Chance of fewer than `rank` heads in n throws, added up from none; logs keep long rows of coins from vanishing.
  let logTerm = -n * Math.LN2;
  let below = 0;
  let rank = 0;
  while (rank < n / 2 && below + Math.exp(logTerm) <= 0.025) {
    below += Math.exp(logTerm);
    rank++;
    logTerm += Math.log((n - rank + 1) / rank);
  }
  const first = Math.max(0, rank - 1);
  const v = (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2;
  return { v, low: sorted[first]!, high: sorted[n - 1 - first]!, n };
}
