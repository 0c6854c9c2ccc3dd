/**
 * The step from which events most likely began to come more often, to the end of the series.
 *
 * For every step the likelihood of "as often as they came from here on" is held against "as expected"; the best step is
 * the maximum likelihood estimate of a change of unknown size. 0 where events nowhere came more often.
 *
 * @see https://doi.org/10.1093/biomet/73.3.625
 * @example riseStart([1, 0, 1, 0, 4, 5, 3], [1, 1, 1, 1, 1, 1, 1]); // => 4
 */
export function riseStart(events: ArrayLike<number>, expected: ArrayLike<number>): number {
  let came = 0;
  let due = 0;
  let best = 0;
  let start = 0;
  for (let step = events.length - 1; step >= 0; step--) {
    came += events[step]!;
    due += expected[step]!;
    const gain = came > due && due > 0 ? came * Math.log(came / due) - (came - due) : 0;
    if (gain > best) {
      best = gain;
      start = step;
    }
  }
  return start;
}
