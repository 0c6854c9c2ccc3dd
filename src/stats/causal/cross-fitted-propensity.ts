import { choleskyFactor, choleskySolve } from '../models/cholesky.ts';
import { sigmoid } from '../models/logistic.ts';
import { fitLogistic } from '../models/logistic-regression.ts';
import { addOuter, addRow, dotRow, type SparseRows } from '../models/sparse-rows.ts';

/**
 * The chance that each row is treated, as rows of the other folds tell it.
 *
 * Fits once on all rows, then walks from there to the fit without each fold: the curvature of what is left is the curvature
 * of all less the fold's own, so a fold costs a few passes and not a fit.
 *
 * @param penalty what each coefficient costs, 0 for the intercept
 * @see https://en.wikipedia.org/wiki/Propensity_score_matching
 * @throws {IcpError} `rank_deficient` or `no_finite_fit` when the penalty is too small to settle the fit
 * @example crossFittedPropensity(sparseRows([[1, 1, 1, 1]]), [1, 0, 1, 0], [0, 0, 1, 1], [1, 1, 1, 1], [0]); // => [0.5, 0.5, 0.5, 0.5]
 */
export function crossFittedPropensity(
  table: SparseRows,
  treated: ArrayLike<number>,
  fold: ArrayLike<number>,
  weight: ArrayLike<number>,
  penalty: ArrayLike<number>,
): Float64Array {
  const { rows, columns } = table;
  const whole = fitLogistic(table, treated, { weight, penalty });
  const folds = 1 + Array.from(fold).reduce((most, of) => Math.max(most, of), 0);
  const curvature = Array.from({ length: folds }, () => new Float64Array(columns * columns));
  const chance = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const p = sigmoid(dotRow(table, row, whole));
    addOuter(curvature[fold[row]!]!, table, row, weight[row]! * p * (1 - p));
  }
  const total = new Float64Array(columns * columns);
  for (const of of curvature) for (let at = 0; at < total.length; at += 1) total[at]! += of[at]!;
  for (let place = 0; place < columns; place += 1) total[place * columns + place]! += penalty[place]!;
  for (const [left, of] of curvature.entries()) {
    const rest = total.map((value, at) => value - of[at]!);
    const coefficients = walk(table, treated, { fold, weight, penalty, left, start: whole, rest });
    for (let row = 0; row < rows; row += 1) {
      if (fold[row] === left) chance[row] = sigmoid(dotRow(table, row, coefficients));
    }
  }
  return chance;
}

interface Walk {
  fold: ArrayLike<number>;
  weight: ArrayLike<number>;
  penalty: ArrayLike<number>;
  left: number;
  start: Float64Array;
  rest: Float64Array;
}

/** Steps of one fixed curvature until they are small; a full fit where they do not get small. */
function walk(table: SparseRows, treated: ArrayLike<number>, { fold, weight, penalty, left, start, rest }: Walk) {
  const factor = choleskyFactor(rest, table.columns);
  let found: Float64Array = start;
  let last = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 12; round += 1) {
    const gradient = new Float64Array(table.columns);
    for (let row = 0; row < table.rows; row += 1) {
      if (fold[row] === left) continue;
      addRow(gradient, table, row, weight[row]! * (treated[row]! - sigmoid(dotRow(table, row, found))));
    }
    for (let place = 0; place < table.columns; place += 1) gradient[place]! -= penalty[place]! * found[place]!;
    const step = choleskySolve(factor, gradient);
    const size = step.reduce((most, move, place) => Math.max(most, Math.abs(move) / (1 + Math.abs(found[place]!))), 0);
    if (size > last) break;
    last = size;
    found = found.map((value, place) => value + step[place]!);
    if (size < 1e-3) return found;
  }
  const kept = Float64Array.from({ length: table.rows }, (_, row) => (fold[row] === left ? 0 : weight[row]!));
  return fitLogistic(table, treated, { weight: kept, penalty });
}
