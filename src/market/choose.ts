import type { Random } from '../stats/random.ts';

/**
 * Logistic noise: added to log-odds and cut at a threshold, it gives exactly those odds.
 *
 * @see https://en.wikipedia.org/wiki/Logistic_regression#Two-way_latent-variable_model
 */
export function luck(random: Random): number {
  const draw = Math.min(1 - 1e-12, Math.max(1e-12, random.next()));
  return Math.log(draw / (1 - draw));
}

/**
 * The places of the highest values, in order of place; `NaN` is not eligible.
 *
 * Choosing the top of log-odds plus luck is a logistic model whose intercept was set so that the count comes out exact.
 *
 * @example highest([0.2, NaN, 3, 1], 2); // => [2, 3]
 */
export function highest(values: ArrayLike<number>, count: number): number[] {
  const eligible: number[] = [];
  for (let place = 0; place < values.length; place += 1) if (!Number.isNaN(values[place]!)) eligible.push(place);
  eligible.sort((left, right) => values[right]! - values[left]! || left - right);
  return eligible.slice(0, Math.max(0, count)).sort((left, right) => left - right);
}

/**
 * Deals out a total in proportion to weights, in whole numbers that sum to it exactly.
 *
 * @example spread(5, [1, 1, 3]); // => [1, 1, 3]
 */
export function spread(total: number, weights: ArrayLike<number>): number[] {
  let sum = 0;
  for (let place = 0; place < weights.length; place += 1) sum += weights[place]!;
  const shares: number[] = [];
  let before = 0;
  let dealt = 0;
  for (let place = 0; place < weights.length; place += 1) {
    before += weights[place]!;
    const upTo = sum > 0 ? Math.round((total * before) / sum) : 0;
    shares.push(upTo - dealt);
    dealt = upTo;
  }
  return shares;
}

/** What must be added to all log-odds for them to promise so many. */
export function interceptFor(odds: readonly number[], wanted: number): number {
  let [low, high] = [-30, 30];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    let promised = 0;
    for (const each of odds) promised += sigmoid(each + middle);
    if (promised > wanted) high = middle;
    else low = middle;
  }
  return low;
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
