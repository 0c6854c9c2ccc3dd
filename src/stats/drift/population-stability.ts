/**
 * Population stability index of two groups over the same bins: 0 when they are spread alike.
 *
 * By custom 0.1 is a small shift and 0.25 a large one; past 1 the groups hardly overlap. Half a row is added to each
 * bin, so that an empty one does not cost infinity.
 *
 * @see https://doi.org/10.1080/10618600.2020.1741378
 * @example populationStability([50, 50], [50, 50]); // => 0
 */
export function populationStability(before: ArrayLike<number>, after: ArrayLike<number>): number {
  const bins = before.length;
  let beforeAll = bins / 2;
  let afterAll = bins / 2;
  for (let bin = 0; bin < bins; bin++) {
    beforeAll += before[bin]!;
    afterAll += after[bin]!;
  }
  let index = 0;
  for (let bin = 0; bin < bins; bin++) {
    const p = (before[bin]! + 0.5) / beforeAll;
    const q = (after[bin]! + 0.5) / afterAll;
    index += (p - q) * Math.log(p / q);
  }
  return index;
}
