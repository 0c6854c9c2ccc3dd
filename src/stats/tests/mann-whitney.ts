import { NotEnoughDataError } from '../../errors.ts';
import { midRank } from '../mid-rank.ts';
import { twoSidedP } from './normal-distribution.ts';

/**
 * Mann-Whitney test: do the numbers of one group tend to lie above those of the other?
 *
 * `chance` is how often a random one of the first group is above a random one of the second, ties counting half: 0.5 when
 * nothing goes together. The p-value is two-sided, from the normal curve with the usual half step and the correction for
 * ties. Only the order of the numbers counts, so one enormous deal moves nothing. Runs in the time of one sort.
 *
 * @see https://en.wikipedia.org/wiki/Mann%E2%80%93Whitney_U_test
 * @throws {NotEnoughDataError} when a group is empty
 * @example mannWhitney([3, 4, 5], [1, 2]); // => { chance: 1, p: 0.149 }
 */
export function mannWhitney(first: ArrayLike<number>, second: ArrayLike<number>): { chance: number; p: number } {
  const [a, b] = [first.length, second.length];
  if (a === 0 || b === 0) {
    throw new NotEnoughDataError(`comparing two groups needs numbers in both, got ${a} and ${b}; leave it out`);
  }
  const n = a + b;
  const values = new Float64Array(n);
  for (let at = 0; at < a; at++) values[at] = first[at]!;
  for (let at = 0; at < b; at++) values[a + at] = second[at]!;
  values.sort();
  let ties = 0;
  for (let from = 0; from < n; ) {
    let to = from;
    while (to < n && values[to]! === values[from]!) to++;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  let rankSum = 0;
  for (let at = 0; at < a; at++) rankSum += midRank(values, first[at]!);
  const above = rankSum - (a * (a + 1)) / 2;
  const spread = Math.sqrt(((a * b) / 12) * (n + 1 - ties / (n * (n - 1))));
  const away = Math.max(0, Math.abs(above - (a * b) / 2) - 0.5);
  return { chance: above / (a * b), p: spread > 0 ? twoSidedP(away / spread) : 1 };
}
