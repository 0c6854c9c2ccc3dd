import { chiSquareTail } from './chi-square-tail.ts';
import { populationStability } from './population-stability.ts';

/** Rows that both groups together expect in a bin at least, for the chi-square to hold. */
const fewestExpected = 5;

/**
 * Population stability index with the chance of seeing as much where nothing has moved.
 *
 * The index is never zero by chance alone: two samples of 50 differ by 0.1 all the time, two of 50,000 never do. While
 * both are drawn from the same population the index is about `(1/n + 1/m)` times chi-square with one degree of freedom
 * less than there are bins. Bins that expect fewer than five rows in the smaller group are put together first.
 *
 * @see https://scholarworks.wmich.edu/dissertations/3208
 * @returns `chance` 1 where no two bins are left to compare
 * @example stabilityTest([500, 500], [50, 50]); // => { index: 0, chance: 1, bins: 2 }
 */
export function stabilityTest(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): { index: number; chance: number; bins: number } {
  let n = 0;
  let m = 0;
  for (let bin = 0; bin < before.length; bin++) {
    n += before[bin]!;
    m += after[bin]!;
  }
  const [first, second]: [number[], number[]] = [[], []];
  const rest = { before: 0, after: 0 };
  const enough = (old: number, recent: number): boolean =>
    ((old + recent) * Math.min(n, m)) / (n + m) >= fewestExpected;
  for (let bin = 0; bin < before.length; bin++) {
    const [old, recent] = [before[bin]!, after[bin]!];
    if (enough(old, recent)) {
      first.push(old);
      second.push(recent);
    } else {
      rest.before += old;
      rest.after += recent;
    }
  }
  if (enough(rest.before, rest.after)) {
    first.push(rest.before);
    second.push(rest.after);
  } else if (first.length > 0) {
    first[first.length - 1]! += rest.before;
    second[second.length - 1]! += rest.after;
  }
  if (first.length < 2) return { index: 0, chance: 1, bins: first.length };
  const index = populationStability(first, second);
  return { index, chance: chiSquareTail(index / (1 / n + 1 / m), first.length - 1), bins: first.length };
}
