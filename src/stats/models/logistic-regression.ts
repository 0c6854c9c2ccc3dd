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
 * @param y 1 or 0 for each row
 * @throws {IcpError} `no_finite_fit` when it does not settle, `rank_deficient` when a column is a sum of others
 * @example fitLogistic(sparseRows([[1, 1, 1, 1]]), [1, 0, 0, 0]); // => [-1.0986]
 */
export function fitLogistic(table: SparseRows, y: ArrayLike<number>, options: LogisticOptions = {}): Float64Array {
  const { columns } = table;
  let found: Float64Array = new Float64Array(columns);
  let before = Number.POSITIVE_INFINITY;
  let step: Float64Array = new Float64Array(columns);
  for (let round = 0; round < 60; round += 1) {
    const { loss, gradient, curvature } = lookAround(table, y, found, options);
    if (loss > before + 1e-9 * (1 + Math.abs(before))) {
      step = step.map((move) => move / 2);
      found = found.map((value, place) => value - step[place]!);
      continue;
    }
    before = loss;
    step = choleskySolve(choleskyFactor(curvature, columns), gradient);
    found = found.map((value, place) => value + step[place]!);
    // The error is of the order of the step's square. Where a column parts the rows the steps never get small.
    if (step.every((move, place) => Math.abs(move) < 1e-4 * (1 + Math.abs(found[place]!)))) return found;
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

/** How bad the coefficients are, which way is down, and how the ground bends. */
function lookAround(
  table: SparseRows,
  y: ArrayLike<number>,
  coefficients: Float64Array,
  { weight, penalty }: LogisticOptions,
): { loss: number; gradient: Float64Array; curvature: Float64Array } {
  const { rows, columns } = table;
  const curvature = new Float64Array(columns * columns);
  const gradient = new Float64Array(columns);
  let loss = 0;
  for (let row = 0; row < rows; row += 1) {
    const counts = weight?.[row] ?? 1;
    if (counts === 0) continue;
    const logOdds = dotRow(table, row, coefficients);
    const p = sigmoid(logOdds);
    loss -= counts * Math.log(Math.max(1e-300, y[row] === 1 ? p : 1 - p));
    addOuter(curvature, table, row, counts * p * (1 - p));
    addRow(gradient, table, row, counts * (y[row]! - p));
  }
  for (let place = 0; place < columns; place += 1) {
    const cost = penalty?.[place] ?? 0;
    loss += (cost * coefficients[place]! ** 2) / 2;
    curvature[place * columns + place]! += cost;
    gradient[place]! -= cost * coefficients[place]!;
  }
  return { loss, gradient, curvature };
}
