/**
 * Rank of a value in ascending order, from 1; equal values share the middle of their ranks.
 *
 * Numbers sorted once as numbers and looked up in halves: several times as fast as sorting their places.
 *
 * @param sorted the values, in ascending order; the value is one of them
 * @see https://en.wikipedia.org/wiki/Ranking#Fractional_ranking_(%221_2.5_2.5_4%22_ranking)
 * @example midRank([1, 5, 5, 9], 5); // => 2.5
 */
export function midRank(sorted: ArrayLike<number>, value: number): number {
  const below = countWhere(sorted, (other) => other < value);
  const upTo = countWhere(sorted, (other) => other <= value);
  return (below + upTo + 1) / 2;
}

/** How many of the first values meet what none after them does. */
function countWhere(sorted: ArrayLike<number>, holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
