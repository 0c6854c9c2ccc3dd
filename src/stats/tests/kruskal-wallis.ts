import { NotEnoughDataError } from '../../errors.ts';
import { chiSquareTail } from '../drift/chi-square-tail.ts';
import { midRank } from '../mid-rank.ts';

/**
 * Kruskal-Wallis test: do the numbers of several groups lie equally high?
 *
 * Only the order of the numbers counts, so a few very long ones decide nothing. `h` is corrected for ties, and the p-value is
 * from its chi-square law, which wants five numbers and more a group. Runs in the time of one sort.
 *
 * @see https://en.wikipedia.org/wiki/Kruskal%E2%80%93Wallis_test
 * @throws {NotEnoughDataError} when there are fewer than two groups, or one is empty
 * @example kruskalWallis([[1, 2, 3], [4, 5, 6], [7, 8, 9]]); // => { h: 7.2, p: 0.027 }
 */
export function kruskalWallis(groups: readonly (readonly number[])[]): { h: number; p: number } {
  const fewest = groups.reduce((least, { length }) => Math.min(least, length), Number.POSITIVE_INFINITY);
  if (groups.length < 2 || fewest === 0) {
    throw new NotEnoughDataError(
      `comparing groups needs two of them with numbers in each, got ${groups.length} with ${groups.length === 0 ? 0 : fewest} in the smallest; leave it out`,
    );
  }
  const sorted = Float64Array.from(groups.flat()).sort();
  const n = sorted.length;
  let ties = 0;
  for (let from = 0; from < n; ) {
    let to = from;
    while (to < n && sorted[to]! === sorted[from]!) to++;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const untied = 1 - ties / (n ** 3 - n);
  if (!(untied > 0)) return { h: 0, p: 1 };
  const ranked = groups.reduce((sum, group) => {
    const rankSum = group.reduce((ranks, value) => ranks + midRank(sorted, value), 0);
    return sum + rankSum ** 2 / group.length;
  }, 0);
  const h = Math.max(0, ((12 / (n * (n + 1))) * ranked - 3 * (n + 1)) / untied);
  return { h, p: chiSquareTail(h, groups.length - 1) };
}
