import type { Random } from '../random.ts';

/**
 * Mean of numbers with the 95 % interval that resampling them gives.
 *
 * Hand in differences row by row and it is a paired comparison: clear of zero when `low > 0` or `high < 0`.
 *
 * @see https://en.wikipedia.org/wiki/Bootstrapping_(statistics)#Percentile_bootstrap
 * @example bootstrapMean([2, 2, 2], createRandom(1), 100); // => { v: 2, low: 2, high: 2 }
 */
export function bootstrapMean(
  values: ArrayLike<number>,
  random: Random,
  resamples = 2000,
): { v: number; low: number; high: number } {
  const n = values.length;
  let total = 0;
  for (let at = 0; at < n; at++) total += values[at]!;
  const means = new Float64Array(resamples);
  for (let sample = 0; sample < resamples; sample++) {
    let sum = 0;
    for (let draw = 0; draw < n; draw++) sum += values[random.integer(0, n - 1)]!;
    means[sample] = sum / n;
  }
  means.sort();
  return { v: total / n, low: means[Math.floor(0.025 * resamples)]!, high: means[Math.ceil(0.975 * resamples) - 1]! };
}
