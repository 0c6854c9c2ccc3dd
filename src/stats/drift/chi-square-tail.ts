/**
 * How often a chi-square variable with so many degrees of freedom is above a value.
 *
 * The regularised upper incomplete gamma function: a series where the value is small, a continued fraction (Lentz)
 * where it is large. Right to about twelve digits.
 *
 * @see https://dlmf.nist.gov/8.7
 * @see https://dlmf.nist.gov/8.9
 * @example chiSquareTail(3.841458820694124, 1); // => 0.05
 */
export function chiSquareTail(value: number, degrees: number): number {
  if (value <= 0) return 1;
  const shape = degrees / 2;
  const x = value / 2;
  const scale = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  return x < shape + 1 ? 1 - scale * seriesSum(shape, x) : scale * continuedFraction(shape, x);
}

function seriesSum(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let k = 1; k < 10_000 && term > sum * 1e-16; k++) {
    term *= x / (shape + k);
    sum += term;
  }
  return sum;
}

function continuedFraction(shape: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < 10_000; k++) {
    const a = -k * (k - shape);
    b += 2;
    d = 1 / nonZero(a * d + b, tiny);
    c = nonZero(b + a / c, tiny);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** Stirling's series, after shifting the argument up to where it is exact to the last digits. */
function logGamma(argument: number): number {
  let x = argument;
  let shift = 0;
  for (; x < 15; x++) shift += Math.log(x);
  const inverse = 1 / (x * x);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
