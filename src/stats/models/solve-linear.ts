/**
 * The solution of a small symmetric positive system by elimination, with a trace of ridge: a direction that nothing is known
 * of stays at 0.
 *
 * Only the first `width` rows and columns are read. Time grows with the cube of the width.
 *
 * @see https://en.wikipedia.org/wiki/Gaussian_elimination
 * @example [...solveLinear([Float64Array.of(2, 0), Float64Array.of(0, 4)], Float64Array.of(2, 2), 2)]; // => [1.00, 0.50]
 */
export function solveLinear(matrix: readonly Float64Array[], right: Float64Array, width: number): Float64Array {
  const a = Array.from({ length: width }, (_, row) => Float64Array.from(matrix[row]!.subarray(0, width)));
  const x = Float64Array.from(right.subarray(0, width));
  for (let at = 0; at < width; at++) a[at]![at]! += 1e-9 + 1e-9 * matrix[at]![at]!;
  for (let pivot = 0; pivot < width; pivot++) {
    for (let row = pivot + 1; row < width; row++) {
      const factor = a[row]![pivot]! / a[pivot]![pivot]!;
      if (factor === 0) continue;
      for (let column = pivot; column < width; column++) a[row]![column]! -= factor * a[pivot]![column]!;
      x[row]! -= factor * x[pivot]!;
    }
  }
  for (let pivot = width - 1; pivot >= 0; pivot--) {
    for (let column = pivot + 1; column < width; column++) x[pivot]! -= a[pivot]![column]! * x[column]!;
    x[pivot]! /= a[pivot]![pivot]!;
  }
  return x;
}
