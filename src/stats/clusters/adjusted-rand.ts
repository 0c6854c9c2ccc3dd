/**
 * How far two groupings of the same points agree: 1 for the same groups under any names, about 0 for chance.
 *
 * @see https://doi.org/10.1007/BF01908075
 * @throws {RangeError} when the groupings are not of the same points
 * @example adjustedRand([0, 0, 1, 1], [0, 0, 1, 2]); // => 0.571
 */
export function adjustedRand(left: readonly number[], right: readonly number[]): number {
  if (left.length !== right.length) {
    throw new RangeError(
      `adjustedRand requires two groupings of the same points, got ${left.length} and ${right.length}`,
    );
  }
  const cells = new Map<string, number>();
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  for (const [at, a] of left.entries()) {
    const b = right[at]!;
    cells.set(`${a} ${b}`, (cells.get(`${a} ${b}`) ?? 0) + 1);
    rows.set(a, (rows.get(a) ?? 0) + 1);
    columns.set(b, (columns.get(b) ?? 0) + 1);
  }
  const [together, inLeft, inRight] = [pairs(cells), pairs(rows), pairs(columns)];
  const all = (left.length * (left.length - 1)) / 2;
  const byChance = all === 0 ? 0 : (inLeft * inRight) / all;
  const most = (inLeft + inRight) / 2;
  return most === byChance ? 1 : (together - byChance) / (most - byChance);
}

function pairs(counts: ReadonlyMap<unknown, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += (count * (count - 1)) / 2;
  return sum;
}
