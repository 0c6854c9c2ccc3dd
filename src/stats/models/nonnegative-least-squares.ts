const mostRounds = 20_000;

/**
 * Least squares with no coefficient below zero, from what the columns have to do with each other and with the answer.
 *
 * One coefficient after the other is set to what is best while the others stay, or to zero where that is below it, until
 * none moves. `gram[i][j]` is column `i` times column `j`, `moment[i]` column `i` times the answer; centre both and there is an
 * intercept too. A column of nothing gets 0.
 *
 * @see https://doi.org/10.1007/978-3-540-45167-9_1 (coordinate-wise algorithm for non-negative least squares)
 * @example nonnegativeLeastSquares([[1, 0], [0, 1]], [2, -1]); // => [2, 0]
 */
export function nonnegativeLeastSquares(gram: readonly ArrayLike<number>[], moment: ArrayLike<number>): number[] {
  const size = moment.length;
  const coefficients = new Array<number>(size).fill(0);
  let largest = 0;
  for (let at = 0; at < size; at++) largest = Math.max(largest, gram[at]![at]!);
  for (let round = 0; round < mostRounds; round++) {
    let moved = 0;
    for (let at = 0; at < size; at++) {
      const own = gram[at]![at]!;
      if (own <= largest * 1e-14) continue;
      let left = moment[at]!;
      for (let other = 0; other < size; other++) if (other !== at) left -= gram[at]![other]! * coefficients[other]!;
      const next = Math.max(0, left / own);
      moved = Math.max(moved, Math.abs(next - coefficients[at]!) * Math.sqrt(own));
      coefficients[at] = next;
    }
    const scale = coefficients.reduce((most, value, at) => Math.max(most, value * Math.sqrt(gram[at]![at]!)), 0);
    if (moved <= 1e-10 * scale) break;
  }
  return coefficients;
}
