import { choleskyFactor, choleskyInverse, choleskySolve } from '../models/cholesky.ts';
import { addOuter, addRow, dotRow, type SparseRows } from '../models/sparse-rows.ts';

/** Ridges that are tried, in units of a column's variance. */
const ridges = [0.1, 1, 10, 100, 1000] as const;

interface Sums {
  gram: Float64Array;
  right: Float64Array;
  square: number;
  weight: number;
}

/**
 * What each row's outcome would be in one arm, as rows of that arm in the other folds tell it.
 *
 * A ridge regression on the arm. How strong the ridge is, generalised cross-validation on the arm decides; every column has
 * one, so an arm in which a column never varies still has an answer.
 *
 * @param arm 1 where a row belongs to the arm
 * @param variance of each column among all rows; 0 for the column of ones, which has no ridge
 * @see https://en.wikipedia.org/wiki/Ridge_regression
 * @throws {IcpError} `rank_deficient` when no row outside some fold belongs to the arm
 * @example crossFittedRidge(sparseRows([[1, 1, 1, 1]]), [2, 4, 6, 8], [1, 1, 1, 1], [0, 0, 1, 1], [1, 1, 1, 1], [0]); // => [7, 7, 3, 3]
 */
export function crossFittedRidge(
  table: SparseRows,
  outcome: ArrayLike<number>,
  arm: ArrayLike<number>,
  fold: ArrayLike<number>,
  weight: ArrayLike<number>,
  variance: ArrayLike<number>,
): Float64Array {
  const { rows, columns } = table;
  const folds = 1 + Array.from(fold).reduce((most, of) => Math.max(most, of), 0);
  const parts = Array.from({ length: folds }, () => emptySums(columns));
  for (let row = 0; row < rows; row += 1) {
    if (arm[row] !== 1) continue;
    const part = parts[fold[row]!]!;
    const counts = weight[row]!;
    addOuter(part.gram, table, row, counts);
    addRow(part.right, table, row, counts * outcome[row]!);
    part.square += counts * outcome[row]! ** 2;
    part.weight += counts;
  }
  const all = emptySums(columns);
  for (const part of parts) add(all, part, 1);
  const ridge = columns === 1 ? ridges[0] : bestRidge(all, variance);
  const said = new Float64Array(rows);
  for (const [left, part] of parts.entries()) {
    const rest = emptySums(columns);
    add(rest, all, 1);
    add(rest, part, -1);
    const coefficients = choleskySolve(choleskyFactor(withRidge(rest.gram, ridge, variance), columns), rest.right);
    for (let row = 0; row < rows; row += 1) if (fold[row] === left) said[row] = dotRow(table, row, coefficients);
  }
  return said;
}

function emptySums(columns: number): Sums {
  return { gram: new Float64Array(columns * columns), right: new Float64Array(columns), square: 0, weight: 0 };
}

function add(into: Sums, from: Sums, sign: 1 | -1): void {
  for (let at = 0; at < into.gram.length; at += 1) into.gram[at]! += sign * from.gram[at]!;
  for (let at = 0; at < into.right.length; at += 1) into.right[at]! += sign * from.right[at]!;
  into.square += sign * from.square;
  into.weight += sign * from.weight;
}

function withRidge(gram: Float64Array, ridge: number, variance: ArrayLike<number>): Float64Array {
  const size = variance.length;
  const ridged = gram.slice();
  for (let place = 0; place < size; place += 1) ridged[place * size + place]! += ridge * variance[place]!;
  return ridged;
}

/** The ridge with the least generalised cross-validation error: noise left over, against the freedom that is spent. */
function bestRidge({ gram, right, square, weight }: Sums, variance: ArrayLike<number>): number {
  const size = variance.length;
  let best: { ridge: number; error: number } = { ridge: ridges[0], error: Number.POSITIVE_INFINITY };
  for (const ridge of ridges) {
    const factor = choleskyFactor(withRidge(gram, ridge, variance), size);
    const inverse = choleskyInverse(factor, size);
    const coefficients = choleskySolve(factor, right);
    let spent = 0;
    let fitted = 0;
    let explained = 0;
    for (let row = 0; row < size; row += 1) {
      explained += coefficients[row]! * right[row]!;
      for (let column = 0; column < size; column += 1) {
        const value = row >= column ? gram[row * size + column]! : gram[column * size + row]!;
        spent += inverse[row * size + column]! * value;
        fitted += coefficients[row]! * value * coefficients[column]!;
      }
    }
    const free = weight - spent;
    if (free <= 1) continue;
    const error = (square - 2 * explained + fitted) / free ** 2;
    if (error < best.error) best = { ridge, error };
  }
  return best.ridge;
}
