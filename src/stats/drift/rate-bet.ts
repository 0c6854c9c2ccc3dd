/** Share of the capital still asleep that wakes with each step: a change is waited for some thirteen steps. */
const wakes = 1 / 13;

/**
 * A bet that events come more often than expected, from some step on, which may be looked at any day.
 *
 * Each step wakes a thirteenth of the capital that is still asleep and spreads it over the `ratios`. A part staked on "so
 * many times as often" grows by `ratio ^ events * exp(-(ratio - 1) * expected)` a step, the likelihood ratio of two
 * Poisson rates. As long as events come as expected nobody gets rich: the chance that the capital ever reaches 1 / a is
 * at most a, however often one looks and whenever one stops (Ville). So 20 is an alarm at the 5 % level, on any day.
 *
 * @see https://doi.org/10.1111/rssa.12647
 * @see https://doi.org/10.51387/23-NEJSDS51
 * @param events how many came in each step
 * @param expected how many were expected in each step
 * @returns the capital after each step
 * @example rateBet([0, 0], [0, 0]); // => [1, 1]
 */
export function rateBet(
  events: ArrayLike<number>,
  expected: ArrayLike<number>,
  ratios: readonly number[] = [1.5, 2, 3, 4, 6],
): number[] {
  const capital: number[] = [];
  const staked = new Float64Array(ratios.length);
  let asleep = 1;
  for (let step = 0; step < events.length; step++) {
    const woken = asleep * wakes;
    asleep -= woken;
    let sum = asleep;
    ratios.forEach((ratio, at) => {
      const growth = Math.exp(events[step]! * Math.log(ratio) - (ratio - 1) * expected[step]!);
      staked[at] = Math.min(1e300, (staked[at]! + woken / ratios.length) * growth);
      sum += staked[at];
    });
    capital.push(sum);
  }
  return capital;
}
