import type { Random } from '../random.ts';

/**
 * The p-value of a statistic among what chance gave: the share of draws at least as large, counting what was seen as one.
 *
 * Counting it keeps the test honest: 99 draws can say 0.01 and never 0.
 *
 * @see https://doi.org/10.2202/1544-6115.1585 why permutation p-values should never be zero
 * @example permutationPValue(3, [1, 2, 4]); // => 0.5
 */
export function permutationPValue(observed: number, draws: ArrayLike<number>): number {
  let asLarge = 1;
  for (let at = 0; at < draws.length; at++) if (draws[at]! >= observed) asLarge++;
  return asLarge / (draws.length + 1);
}

/**
 * An order of the rows in which each row changes places with rows of its own group only.
 *
 * Reading outcomes in that order breaks whatever ties them to the rows, and keeps how they differ between groups: quarters
 * that went well stay quarters that went well.
 *
 * @param groups the group of each row
 */
export function shuffleWithin(groups: ArrayLike<number>, random: Random): Uint32Array {
  const places = new Map<number, number[]>();
  for (let row = 0; row < groups.length; row++) {
    const group = places.get(groups[row]!);
    if (group === undefined) places.set(groups[row]!, [row]);
    else group.push(row);
  }
  const order = new Uint32Array(groups.length);
  for (const rows of places.values()) {
    const shuffled = random.shuffle(rows);
    for (const [at, row] of rows.entries()) order[row] = shuffled[at]!;
  }
  return order;
}
