import { IcpError } from '../../errors.ts';
import { choleskyFactor, choleskyInverse, choleskySolve } from './cholesky.ts';
import { sandwich } from './linear-regression.ts';
import { sigmoid } from './logistic.ts';
import { addOuter, addRow, dotRow, type SparseRows } from './sparse-rows.ts';

export interface LogisticOptions {
  /** How much each row counts; all alike when absent. */
  weight?: ArrayLike<number>;
  /** Half of this times its square is what a coefficient costs; nothing when absent. */
  penalty?: ArrayLike<number>;
}

/**
 * Log-odds as a sum over columns: the coefficients that make what happened most likely, less their penalty.
 *
 * Newton's method, halving a step that overshoots. Without a penalty a column that parts the rows perfectly has no finite
 * answer, and that is said rather than rounded.
 *
 * @see https://en.wikipedia.org/wiki/Logistic_regression#Iteratively_reweighted_least_squares_(IRLS)
 * @throws {IcpError} `no_finite_fit` when it does not settle, `rank_deficient` when a column is a sum of others
 * @example fitLogistic(sparseRows([[1, 1, 1, 1]]), [1, 0, 0, 0]); // => [-1.0986]
 */
export function fitLogistic(table: SparseRows, y: ArrayLike<number>, options: LogisticOptions = {}): Float64Array {
  const { rows, columns } = table;
  let found: Float64Array = new Float64Array(columns);
  let loss = lossOf(table, y, found, options);
  for (let round = 0; round < 60; round += 1) {
    const hessian = new Float64Array(columns * columns);
    const gradient = new Float64Array(columns);
    for (let row = 0; row < rows; row += 1) {
      const weight = options.weight?.[row] ?? 1;
      const p = sigmoid(dotRow(table, row, found));
      addOuter(hessian, table, row, weight * p * (1 - p));
      addRow(gradient, table, row, weight * (y[row]! - p));
    }
    for (let place = 0; place < columns; place += 1) {
      const cost = options.penalty?.[place] ?? 0;
      hessian[place * columns + place]! += cost;
      gradient[place]! -= cost * found[place]!;
    }
    const step = choleskySolve(choleskyFactor(hessian, columns), gradient);
    const gain = step.reduce((sum, move, place) => sum + move * gradient[place]!, 0);
    // Where a column parts the rows the loss settles and the steps do not.
    const settled = step.every((move, place) => Math.abs(move) < 1e-5 * (1 + Math.abs(found[place]!)));
    if (settled && gain < 1e-8 * (1 + Math.abs(loss))) return found.map((value, place) => value + step[place]!);
    let share = 1;
    let next = found;
    let nextLoss = Number.POSITIVE_INFINITY;
    while (share > 1e-6 && !(nextLoss <= loss)) {
      next = found.map((value, place) => value + share * step[place]!);
      nextLoss = lossOf(table, y, next, options);
      share /= 2;
    }
    [found, loss] = [next, nextLoss];
    if (found.some((value) => Math.abs(value) > 1e6)) break;
  }
  throw new IcpError(
    'no_finite_fit',
    `a logistic fit needs columns that leave some doubt in every row, got ${columns} that part the rows; add a penalty or leave the column out`,
  );
}

/**
 * Standard errors of an unpenalised logistic fit: `classic` from the curvature, `HC0` the sandwich that does not trust it.
 *
 * @see https://en.wikipedia.org/wiki/Logistic_regression#Coefficients
 * @example logisticErrors(sparseRows([[1, 1, 1, 1]]), [1, 0, 0, 0], [-1.0986], 'classic'); // => [1.1547]
 */
export function logisticErrors(
  table: SparseRows,
  y: ArrayLike<number>,
  coefficients: ArrayLike<number>,
  kind: 'classic' | 'HC0',
): Float64Array {
  const { rows, columns } = table;
  const curvature = new Float64Array(columns * columns);
  const spread = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row += 1) {
    const p = sigmoid(dotRow(table, row, coefficients));
    addOuter(curvature, table, row, p * (1 - p));
    addOuter(spread, table, row, (y[row]! - p) ** 2);
  }
  const inverse = choleskyInverse(choleskyFactor(curvature, columns), columns);
  return sandwich(inverse, kind === 'classic' ? curvature : spread, columns);
}

function lossOf(
  table: SparseRows,
  y: ArrayLike<number>,
  coefficients: ArrayLike<number>,
  { weight, penalty }: LogisticOptions,
): number {
  let loss = 0;
  for (let row = 0; row < table.rows; row += 1) {
    const logOdds = dotRow(table, row, coefficients);
    const certain = Math.max(0, logOdds) + Math.log1p(Math.exp(-Math.abs(logOdds)));
    loss += (weight?.[row] ?? 1) * (certain - y[row]! * logOdds);
  }
  if (penalty === undefined) return loss;
  for (let place = 0; place < table.columns; place += 1) loss += (penalty[place]! * coefficients[place]! ** 2) / 2;
  return loss;
}
