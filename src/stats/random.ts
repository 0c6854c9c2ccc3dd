/** The only source of chance in the house: a stream that gives the same numbers for the same seed, everywhere. */
export interface Random {
  /** Uniform in 0 (included) to 1 (not included). */
  next(): number;
  /** Uniform in `low` (included) to `high` (not included). */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
  /** One of the list, all alike likely. @throws {RangeError} when the list is empty */
  pick<T>(list: readonly T[]): T;
  /** One of the list, as likely as its weight says. @throws {RangeError} when the weights do not fit the list */
  weighted<T>(list: readonly T[], weights: readonly number[]): T;
  /** The same things in another order; the list itself is left alone. */
  shuffle<T>(list: readonly T[]): T[];
  /** An independent stream by name; taking numbers from one does not move the other. */
  fork(name: number | string): Random;
}

/**
 * A seeded stream of random numbers.
 *
 * Chance is an argument here: whoever needs it is handed a stream, and the same seed gives the same bytes today and in a
 * test. A stream forks by name, so a part of the work that takes one number more does not shift the numbers of all the
 * others. The generator is sfc32 (128 bits of state), seeded through a hash of the seed's text; it is not for secrets.
 *
 * @see https://pracrand.sourceforge.net/RNG_engines.txt
 * @example createRandom(7).integer(3, 3); // => 3
 */
export function createRandom(seed: number | string): Random {
  const key = `${seed}`;
  let a = hash(key, 0x9e3779b9);
  let b = hash(key, 0x243f6a88);
  let c = hash(key, 0xb7e15162);
  let counter = 1;
  const word = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The first rounds still show how alike two seeds were.
  for (let round = 0; round < 12; round += 1) word();

  const next = (): number => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992;
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    integer,
    between: (low, high) => low + next() * (high - low),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (list) => {
      if (list.length === 0) throw new RangeError('pick requires at least one thing to choose from, got an empty list');
      return list[integer(0, list.length - 1)]!;
    },
    weighted: (list, weights) => list[weightedIndex(list.length, weights, next())]!,
    shuffle: (list) => {
      const copy = [...list];
      for (let last = copy.length - 1; last > 0; last -= 1) {
        const other = integer(0, last);
        [copy[last], copy[other]] = [copy[other]!, copy[last]!];
      }
      return copy;
    },
    fork: (name) => createRandom(`${key}/${name}`),
  };
}

function weightedIndex(length: number, weights: readonly number[], draw: number): number {
  let total = 0;
  for (const weight of weights) total += weight;
  if (weights.length !== length || !(total > 0)) {
    throw new RangeError(
      `weighted requires one weight for each of ${length} things and a sum above 0, got ${weights.length} that sum to ${total}`,
    );
  }
  let left = draw * total;
  for (let index = 0; index < length; index += 1) {
    left -= weights[index]!;
    if (left < 0) return index;
  }
  // Rounding may leave a sliver; it belongs to the last thing that has any weight.
  return weights.findLastIndex((weight) => weight > 0);
}

/** FNV-1a with a final avalanche, so that seeds that differ in one letter start far apart. */
function hash(text: string, basis: number): number {
  let state = basis;
  for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 16777619);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return state ^ (state >>> 16);
}
