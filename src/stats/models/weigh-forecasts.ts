import { sigmoid } from './logistic.ts';
import { solveLinear } from './solve-linear.ts';

const mostSteps = 25;

/**
 * How much each of several forecasts counts when they are added up: a logistic regression on their log-odds.
 *
 * Forecasts learnt elsewhere are bold where they followed noise; the weight of such a one comes out near 0, and that of an
 * honest one near 1. `caution` counts pseudo-rows that hold the weights at 1.
 *
 * @param forecasts row after row, `width` log-odds each
 * @see https://doi.org/10.1016/S0893-6080(05)80023-1 stacked generalisation
 * @returns the intercept, then one weight a forecast
 */
export function weighForecasts(
  outcome: ArrayLike<number>,
  forecasts: Float64Array,
  width: number,
  caution: number,
): Float64Array {
  const weights = new Float64Array(width + 1).fill(1);
  weights[0] = 0;
  const cost = (tried: Float64Array): number => {
    let sum = 0;
    for (let at = 1; at <= width; at++) sum += (caution / 2) * (tried[at]! - 1) ** 2;
    for (let row = 0; row < outcome.length; row++) {
      let logOdds = tried[0]!;
      for (let at = 0; at < width; at++) logOdds += forecasts[row * width + at]! * tried[at + 1]!;
      sum += Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds))) - outcome[row]! * logOdds;
    }
    return sum;
  };
  for (let step = 0; step < mostSteps; step++) {
    const { gradient, curvature } = slopes(outcome, forecasts, width, weights);
    for (let at = 1; at <= width; at++) {
      gradient[at]! -= caution * (weights[at]! - 1);
      curvature[at]![at]! += caution;
    }
    const move = solveLinear(curvature, gradient, width + 1);
    const before = cost(weights);
    let share = 1;
    let next = weights.map((weight, at) => weight + move[at]!);
    while (cost(next) > before && share > 1e-6) {
      share /= 2;
      next = weights.map((weight, at) => weight + share * move[at]!);
    }
    weights.set(next);
    if (move.every((by) => Math.abs(share * by) < 1e-4)) break;
  }
  return weights;
}

function slopes(outcome: ArrayLike<number>, forecasts: Float64Array, width: number, weights: Float64Array) {
  const size = width + 1;
  const gradient = new Float64Array(size);
  const sums = new Float64Array(size * size);
  const values = new Float64Array(size);
  values[0] = 1;
  for (let row = 0; row < outcome.length; row++) {
    let logOdds = weights[0]!;
    for (let at = 0; at < width; at++) {
      values[at + 1] = forecasts[row * width + at]!;
      logOdds += values[at + 1]! * weights[at + 1]!;
    }
    const p = sigmoid(logOdds);
    const rest = outcome[row]! - p;
    const bend = p * (1 - p);
    for (let at = 0, line = 0; at < size; at++, line += size) {
      gradient[at]! += rest * values[at]!;
      const weighed = bend * values[at]!;
      if (weighed === 0) continue;
      for (let other = 0; other <= at; other++) sums[line + other]! += weighed * values[other]!;
    }
  }
  const curvature = Array.from({ length: size }, (_, at) =>
    Float64Array.from({ length: size }, (_cell, other) => sums[at > other ? at * size + other : other * size + at]!),
  );
  return { gradient, curvature };
}
