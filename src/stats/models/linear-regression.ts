import { NotEnoughDataError } from '../../errors.ts';
import { choleskyFactor, choleskyInverse, choleskySolve } from './cholesky.ts';
import { addOuter, addRow, dotRow, type SparseRows } from './sparse-rows.ts';

/** `classic` trusts that luck is the same everywhere; HC0 to HC3 do not, and differ in how they treat few rows. */
export type ErrorKind = 'classic' | 'HC0' | 'HC1' | 'HC2' | 'HC3';

export interface FittedLine {
  coefficients: Float64Array;
  standardErrors: Float64Array;
  residuals: Float64Array;
}

/**
 * Least squares, with standard errors that hold where luck is larger for some rows than for others.
 *
 * A column of ones is the caller's to add. The sandwich errors HC0 to HC3 are those of MacKinnon and White.
 *
 * @see https://en.wikipedia.org/wiki/Heteroskedasticity-consistent_standard_errors
 * @throws {NotEnoughDataError} when there are no more rows than columns
 * @throws {IcpError} `rank_deficient` when a column is a sum of others
 * @example linearRegression(sparseRows([[1, 1, 1], [0, 1, 2]]), [1, 3, 5]).coefficients; // => [1, 2]
 */
export function linearRegression(table: SparseRows, y: ArrayLike<number>, errors: ErrorKind = 'HC2'): FittedLine {
  const { rows, columns } = table;
  if (rows <= columns) {
    throw new NotEnoughDataError(`a line through ${columns} columns needs more rows than that, got ${rows}; use fewer`);
  }
  const gram = new Float64Array(columns * columns);
  const right = new Float64Array(columns);
  for (let row = 0; row < rows; row += 1) {
    addOuter(gram, table, row, 1);
    addRow(right, table, row, y[row]!);
  }
  const factor = choleskyFactor(gram, columns);
  const coefficients = choleskySolve(factor, right);
  const inverse = choleskyInverse(factor, columns);
  const residuals = Float64Array.from({ length: rows }, (_, row) => y[row]! - dotRow(table, row, coefficients));
  const free = rows - columns;
  const noise = residuals.reduce((sum, residual) => sum + residual * residual, 0) / free;
  const middle = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row += 1) {
    const square = residuals[row]! ** 2;
    const grip = errors === 'HC2' || errors === 'HC3' ? 1 - leverage(table, row, inverse) : 1;
    const weight =
      errors === 'classic'
        ? noise
        : errors === 'HC1'
          ? (square * rows) / free
          : square / (errors === 'HC3' ? grip * grip : grip);
    addOuter(middle, table, row, weight);
  }
  return { coefficients, standardErrors: sandwich(inverse, middle, columns), residuals };
}

/** How much a row pulls the line towards itself, 0 to 1. */
function leverage(table: SparseRows, row: number, inverse: Float64Array): number {
  const { columns, starts, column, value } = table;
  let sum = 0;
  for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
    for (let other = starts[row]!; other < starts[row + 1]!; other += 1) {
      sum += value[at]! * value[other]! * inverse[column[at]! * columns + column[other]!]!;
    }
  }
  return sum;
}

/**
 * Square roots of the diagonal of bread, filling, bread: the standard errors of a sandwich.
 *
 * @param middle symmetric, of which the lower half is read
 * @see https://en.wikipedia.org/wiki/Heteroskedasticity-consistent_standard_errors
 * @example sandwich([0.5, 0, 0, 1], [4, 0, 0, 9], 2); // => [1, 3]
 */
export function sandwich(inverse: ArrayLike<number>, middle: ArrayLike<number>, size: number): Float64Array {
  const errors = new Float64Array(size);
  for (let place = 0; place < size; place += 1) {
    let sum = 0;
    for (let row = 0; row < size; row += 1) {
      for (let column = 0; column < size; column += 1) {
        const filling = row >= column ? middle[row * size + column]! : middle[column * size + row]!;
        sum += inverse[place * size + row]! * filling * inverse[place * size + column]!;
      }
    }
    errors[place] = Math.sqrt(Math.max(0, sum));
  }
  return errors;
}
