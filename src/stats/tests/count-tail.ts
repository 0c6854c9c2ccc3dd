/**
 * How surprising a count is, given what such counts were before: the chance of one at least so high, and at least so low.
 *
 * `total` events in `periods` earlier periods leave the true level uncertain, and that is in it (a gamma-Poisson
 * prediction: the negative binomial). `dispersion` above 1 says that counts vary more than coins do, and shrinks all of them alike.
 * Exact for small counts, where a normal curve would raise alarms for nothing.
 *
 * @see https://en.wikipedia.org/wiki/Negative_binomial_distribution#Gamma%E2%80%93Poisson_mixture
 * @example countTail(9, { total: 26, periods: 26 }).high; // => 0.000003
 */
export function countTail(
  count: number,
  { total, periods, dispersion = 1 }: { total: number; periods: number; dispersion?: number },
): { high: number; low: number } {
  const seen = count / dispersion;
  const shape = total / dispersion + 0.5;
  const share = periods / (periods + 1);
  return {
    high: seen <= 0 ? 1 : betaBelow(1 - share, seen, shape),
    low: betaBelow(share, shape, seen + 1 / dispersion),
  };
}

/**
 * The share of a beta distribution below a value: the regularised incomplete beta function.
 *
 * @see https://dlmf.nist.gov/8.17
 * @example betaBelow(0.5, 2, 3); // => 0.6875
 */
export function betaBelow(value: number, first: number, second: number): number {
  if (value <= 0) return 0;
  if (value >= 1) return 1;
  if (value > (first + 1) / (first + second + 2)) return 1 - betaBelow(1 - value, second, first);
  const front =
    logGamma(first + second) -
    logGamma(first) -
    logGamma(second) +
    first * Math.log(value) +
    second * Math.log1p(-value);
  return (Math.exp(front) / first) * continuedFraction(value, first, second);
}

/** Lentz's way of working out the continued fraction from the front. */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 500; m++) {
    for (const step of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / away(1 + step * d);
      c = away(1 + step / c);
      value *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

/** Stirling's series, after moving up to where it is exact to the last digits. */
function logGamma(argument: number): number {
  let x = argument;
  let shift = 0;
  for (; x < 15; x++) shift += Math.log(x);
  const inverse = 1 / (x * x);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
