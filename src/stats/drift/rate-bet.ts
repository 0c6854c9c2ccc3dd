/**
 * A bet that events come more often than expected, which may be looked at any day.
 *
 * One unit is spread over the `ratios`, and each part is staked on "so many times as often": it grows by
 * `ratio ^ events * exp(-(ratio - 1) * expected)` a step, the likelihood ratio of two Poisson rates. As long as events
 * come as expected nobody gets rich: the chance that the capital ever reaches 1 / a is at most a, however often one
 * looks and whenever one stops (Ville). So 20 is an alarm at the 5 % level, on any day.
 *
 * @see https://doi.org/10.1111/rssa.12647
 * @param events how many came in each step
 * @param expected how many were expected in each step, above 0
 * @returns the capital after each step
 * @example rateBet([3, 0], [1, 1], [2]); // => [2.943, 1.083]
 */
export function rateBet(
  events: ArrayLike<number>,
  expected: ArrayLike<number>,
  ratios: readonly number[] = [1.5, 2, 3, 4, 6],
): number[] {
  const capital: number[] = [];
  let came = 0;
  let due = 0;
  for (let step = 0; step < events.length; step++) {
    came += events[step]!;
    due += expected[step]!;
    let sum = 0;
    for (const ratio of ratios) sum += Math.exp(Math.min(700, came * Math.log(ratio) - (ratio - 1) * due));
    capital.push(sum / ratios.length);
  }
  return capital;
}
