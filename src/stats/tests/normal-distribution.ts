/**
 * The share of a standard normal distribution below `z`.
 *
 * Hart's approximation in double precision, and a continued fraction far out in the tails: good to some 12 digits.
 *
 * @see https://en.wikipedia.org/wiki/Normal_distribution#Numerical_approximations_for_the_normal_cumulative_distribution_function_and_normal_quantile_function
 * @example normalBelow(1.96); // => 0.975
 */
export function normalBelow(z: number): number {
  const size = Math.abs(z);
  let tail = 0;
  if (size <= 37) {
    const bell = Math.exp((-size * size) / 2);
    if (size < 7.07106781186547) {
      tail = (bell * polynomial(above, size)) / polynomial(below, size);
    } else {
      let fraction = size;
      for (let step = 30; step >= 1; step -= 1) fraction = size + step / fraction;
      tail = bell / fraction / Math.sqrt(2 * Math.PI);
    }
  }
  return z > 0 ? 1 - tail : tail;
}

/**
 * How surprising a standard normal this far from zero, on either side, would be.
 *
 * @see https://en.wikipedia.org/wiki/P-value
 * @example twoSidedP(-1.96); // => 0.05
 */
export function twoSidedP(z: number): number {
  return Math.min(1, 2 * normalBelow(-Math.abs(z)));
}

/**
 * The value that a standard normal stays below with this probability: 1.96 for 0.975.
 *
 * Halves an interval until it is as narrow as numbers get, which takes some sixty steps.
 *
 * @throws {RangeError} when the share is not between 0 and 1
 * @see https://en.wikipedia.org/wiki/Normal_distribution#Quantile_function
 * @example normalQuantile(0.975); // => 1.96
 */
export function normalQuantile(share: number): number {
  if (!(share > 0 && share < 1)) {
    throw new RangeError(`normalQuantile requires a share between 0 and 1, got ${share}`);
  }
  let [low, high] = [-38, 38];
  for (let step = 0; step < 64; step += 1) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function polynomial(coefficients: readonly number[], at: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * at + coefficient;
  return sum;
}

const above = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
];
const below = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
];
