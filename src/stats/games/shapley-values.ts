/**
 * Shapley values: what each of a few causes adds to a total, averaged over all orders of letting them act.
 *
 * The worth of a cause depends on what has acted before it. Taking the average over every order is fair to all: the parts
 * add up to the whole, causes that do the same get the same, and one that does nothing gets nothing. Needs `2^count`
 * values, so it is for a handful of causes.
 *
 * @see https://en.wikipedia.org/wiki/Shapley_value for the formula, and for the game of gloves of the example
 * @param count how many causes there are, 0 to 12
 * @param worth what comes about when the causes of a set act: bit `i` of the set is cause `i`
 * @throws {RangeError} when there are more causes than can be gone through
 * @example shapleyValues(3, (set) => (set === 5 || set === 6 || set === 7 ? 1 : 0)); // => [0.1667, 0.1667, 0.6667]
 */
export function shapleyValues(count: number, worth: (set: number) => number): number[] {
  if (count > 12)
    throw new RangeError(`shapleyValues takes at most 12 causes, got ${count}; put some of them together`);
  const sets = 2 ** count;
  const worths = Float64Array.from({ length: sets }, (_, set) => worth(set));
  const values = new Array<number>(count).fill(0);
  for (let set = 0; set < sets; set += 1) {
    // The share of all orders in which exactly the causes of the set come first.
    const share = 1 / (count * binomial(count - 1, sizeOf(set)));
    for (let cause = 0; cause < count; cause += 1) {
      if ((set & (1 << cause)) !== 0) continue;
      values[cause]! += share * (worths[set | (1 << cause)]! - worths[set]!);
    }
  }
  return values;
}

function sizeOf(set: number): number {
  let size = 0;
  for (let left = set; left > 0; left &= left - 1) size += 1;
  return size;
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let step = 1; step <= k; step += 1) result = (result * (n - step + 1)) / step;
  return result;
}
