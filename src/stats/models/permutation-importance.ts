import type { Random } from '../random.ts';
import { logLossEach } from './log-loss.ts';
import { sigmoid } from './logistic.ts';

/**
 * How much worse forecasts become when one of their parts is dealt out anew among the rows.
 *
 * `logOdds` are the whole forecasts and `part` what one feature added to each. Its values are shuffled among the rows a
 * few times: the rise in log loss (nats a row) is what the feature was good for. Zero, give or take chance, for one that
 * says nothing; the interval is that of the mean over the rows. A part that another feature can stand in for looks
 * smaller than it is.
 *
 * @see https://scikit-learn.org/stable/modules/permutation_importance.html
 * @example permutationImportance([1, 0, 1, 0], [2, -2, 2, -2], [0, 0, 0, 0], createRandom(1)).v; // => 0
 */
export function permutationImportance(
  outcome: ArrayLike<number>,
  logOdds: ArrayLike<number>,
  part: ArrayLike<number>,
  random: Random,
  repeats = 8,
): { v: number; low: number; high: number; standardError: number; rise: Float64Array } {
  const n = outcome.length;
  const loss = (forecast: ArrayLike<number>) => logLossEach(outcome, Float64Array.from(forecast, sigmoid));
  const own = loss(logOdds);
  const rise = new Float64Array(n);
  const rows = Uint32Array.from({ length: n }, (_, row) => row);
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (let last = n - 1; last > 0; last--) {
      const other = random.integer(0, last);
      [rows[last], rows[other]] = [rows[other]!, rows[last]!];
    }
    const moved = Float64Array.from({ length: n }, (_, row) => logOdds[row]! - part[row]! + part[rows[row]!]!);
    for (const [row, value] of loss(moved).entries()) rise[row]! += (value - own[row]!) / repeats;
  }
  const v = rise.reduce((sum, value) => sum + value, 0) / n;
  const variance = rise.reduce((sum, value) => sum + (value - v) ** 2, 0) / Math.max(n - 1, 1);
  const standardError = Math.sqrt(variance / n);
  return {
    v,
    low: v - 1.959963984540054 * standardError,
    high: v + 1.959963984540054 * standardError,
    standardError,
    rise,
  };
}
