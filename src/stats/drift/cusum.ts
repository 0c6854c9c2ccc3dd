/**
 * Cumulative sum of evidence that never falls below zero, after Page.
 *
 * Each step brings a number that is negative on average while all is well and positive once something has changed, such
 * as a log likelihood ratio. The sum forgets whatever spoke against a change, so it starts to climb on the day things
 * change, however long they were fine before. `since` is the first step of the climb that a value belongs to: the best
 * guess of when the change came. Runs in the time of one pass.
 *
 * @see https://doi.org/10.1093/biomet/41.1-2.100
 * @example cusum([-1, 2, -0.5, 3]).values; // => [0, 2, 1.5, 4.5]
 * @example cusum([-1, 2, -0.5, 3]).since; // => [1, 1, 1, 1]
 */
export function cusum(steps: ArrayLike<number>): { values: number[]; since: number[] } {
  const values: number[] = [];
  const since: number[] = [];
  let sum = 0;
  let start = 0;
  for (let at = 0; at < steps.length; at++) {
    sum += steps[at]!;
    if (sum <= 0) {
      sum = 0;
      start = at + 1;
    }
    values.push(sum);
    since.push(start);
  }
  return { values, since };
}
