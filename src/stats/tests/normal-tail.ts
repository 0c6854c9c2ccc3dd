/**
 * Probability that a standard normal is above `z`: the one-sided p-value of a z-statistic. Exact to about 1e-7 of itself.
 *
 * @see https://numerical.recipes/ section 6.2, the complementary error function by a Chebyshev fit
 * @example normalTail(1.959964); // => 0.025
 */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const tail = t * Math.exp(-x * x + coefficients.reduceRight((sum, coefficient) => sum * t + coefficient, 0));
  return z >= 0 ? tail / 2 : 1 - tail / 2;
}

const coefficients = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
];
