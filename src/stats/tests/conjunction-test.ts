import { sigmoid } from '../models/logistic.ts';
import { solveLinear } from '../models/solve-linear.ts';

export interface ConjunctionRows {
  outcome: ArrayLike<number>;
  /** Log-odds that are known of each row already. */
  offset: ArrayLike<number>;
  /** Which group each row is of, from 0: every group has its own height. */
  group: ArrayLike<number>;
  groups: number;
  /** Per condition, 1 for the rows that it holds for and 0 for the others. */
  conditions: readonly ArrayLike<number>[];
}

const mostSteps = 25;

/**
 * Whether rows that meet all conditions do better than the conditions, each by itself, add up to: a score test.
 *
 * A logistic model is fitted with one height a group and one effect a condition on top of the known log-odds; then it is asked how
 * far the rows that meet all conditions are above it. Being good in three ways is no discovery; being better than three
 * times good is.
 *
 * @returns the standard errors above expectation; 0 where the conjunction cannot be told from its conditions
 * @see https://en.wikipedia.org/wiki/Score_test
 * @example conjunctionTest({ outcome: [1, 0, 1, 0], offset: [0, 0, 0, 0], group: [0, 0, 0, 0], groups: 1, conditions: [[1, 1, 0, 0], [1, 1, 0, 0]] }); // => 0
 */
export function conjunctionTest({ outcome, offset, group, groups, conditions }: ConjunctionRows): number {
  const width = groups + conditions.length;
  const rows = outcome.length;
  const all = width;
  const values = Array.from({ length: width + 1 }, () => new Uint8Array(rows));
  for (let row = 0; row < rows; row++) {
    let every = 1;
    values[group[row]!]![row] = 1;
    for (const [at, condition] of conditions.entries()) {
      values[groups + at]![row] = condition[row]!;
      every *= condition[row]!;
    }
    values[all]![row] = every;
  }
  const effects = new Float64Array(width);
  for (let step = 0; step < mostSteps; step++) {
    const { gradient, curvature } = slopes(outcome, offset, values, effects, width);
    const move = solveLinear(curvature, gradient, width);
    let largest = 0;
    for (let at = 0; at < width; at++) {
      const by = Math.min(Math.max(move[at]!, -2), 2);
      effects[at]! += by;
      largest = Math.max(largest, Math.abs(by));
    }
    if (largest < 1e-8) break;
  }
  const { gradient, curvature } = slopes(outcome, offset, values, effects, width + 1);
  const cross = Float64Array.from({ length: width }, (_, at) => curvature[at]![all]!);
  const explained = solveLinear(curvature, cross, width);
  let variance = curvature[all]![all]!;
  for (let at = 0; at < width; at++) variance -= cross[at]! * explained[at]!;
  return variance > 1e-6 * Math.max(1, curvature[all]![all]!) ? gradient[all]! / Math.sqrt(variance) : 0;
}

function slopes(
  outcome: ArrayLike<number>,
  offset: ArrayLike<number>,
  values: readonly Uint8Array[],
  effects: Float64Array,
  width: number,
) {
  const gradient = new Float64Array(width);
  const curvature = Array.from({ length: width }, () => new Float64Array(width));
  const present: number[] = [];
  for (let row = 0; row < outcome.length; row++) {
    present.length = 0;
    let logOdds = offset[row]!;
    for (let at = 0; at < width; at++) {
      if (values[at]![row] === 0) continue;
      present.push(at);
      logOdds += effects[at] ?? 0;
    }
    const p = sigmoid(logOdds);
    const weight = p * (1 - p);
    for (const at of present) {
      gradient[at]! += outcome[row]! - p;
      for (const other of present) curvature[at]![other]! += weight;
    }
  }
  return { gradient, curvature };
}
