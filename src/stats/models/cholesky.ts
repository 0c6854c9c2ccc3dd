import { IcpError } from '../../errors.ts';

/** How small a pivot may get against its own diagonal before the column counts as a sum of the others. */
const leastPivot = 1e-11;

/**
 * The lower triangle L with L times its mirror image equal to a symmetric positive matrix, of which only the lower half is
 * read (row by row, `size` a row).
 *
 * It refuses loudly where a column is a sum of others, since the equations then have no single answer.
 *
 * @see https://en.wikipedia.org/wiki/Cholesky_decomposition
 * @throws {IcpError} `rank_deficient` when a column says nothing that the columns before it do not
 * @example choleskyFactor([4, 0, 2, 5], 2); // => [2, 0, 1, 2]
 */
export function choleskyFactor(matrix: ArrayLike<number>, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    const base = row * size;
    for (let column = 0; column <= row; column += 1) {
      const other = column * size;
      let sum = matrix[base + column]!;
      for (let at = 0; at < column; at += 1) sum -= factor[base + at]! * factor[other + at]!;
      if (column < row) {
        factor[base + column] = sum / factor[other + column]!;
      } else if (sum > leastPivot * Math.abs(matrix[base + row]!)) {
        factor[base + row] = Math.sqrt(sum);
      } else {
        throw new IcpError(
          'rank_deficient',
          `these equations need columns of which none is a sum of the others, got one in place ${row} of ${size}; leave it out or add a ridge`,
        );
      }
    }
  }
  return factor;
}

/**
 * Solves the equations of a matrix whose factor `choleskyFactor` made.
 *
 * @see https://en.wikipedia.org/wiki/Triangular_matrix#Forward_and_back_substitution
 * @example choleskySolve(choleskyFactor([4, 0, 2, 5], 2), [8, 12]); // => [1, 2]
 */
export function choleskySolve(factor: ArrayLike<number>, right: ArrayLike<number>): Float64Array {
  const size = right.length;
  const found = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    let sum = found[row]!;
    for (let at = 0; at < row; at += 1) sum -= factor[row * size + at]! * found[at]!;
    found[row] = sum / factor[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = found[row]!;
    for (let at = row + 1; at < size; at += 1) sum -= factor[at * size + row]! * found[at]!;
    found[row] = sum / factor[row * size + row]!;
  }
  return found;
}

/**
 * The inverse of a matrix whose factor `choleskyFactor` made, row by row.
 *
 * @see https://en.wikipedia.org/wiki/Cholesky_decomposition#Matrix_inversion
 * @example choleskyInverse(choleskyFactor([4, 0, 0, 5], 2), 2); // => [0.25, 0, 0, 0.2]
 */
export function choleskyInverse(factor: ArrayLike<number>, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let column = 0; column < size; column += 1) {
    unit.fill(0);
    unit[column] = 1;
    inverse.set(choleskySolve(factor, unit), column * size);
  }
  return inverse;
}
