/** How far the two kinds of row resemble each other: without it there is nothing to compare. */
export interface Overlap {
  /** Share of the rows' weight that is kept: those that might have been of the other kind. */
  kept: number;
  /** Rows kept of each kind. */
  treated: number;
  untreated: number;
  /** The least and the greatest chance of treatment among the rows kept. */
  low: number;
  high: number;
  /** How many rows of plain comparison the weighted rows of the thinner kind are worth. */
  effective: number;
}

/** However sure a fit is of a row, it counts as no surer than this. */
const surest = 0.01;

/**
 * The rows that can be compared, and how many there are.
 *
 * A row whose chance of treatment is next to 0 or 1 has no counterpart: it is left out, and what is found holds for the rest.
 * Asked of the treated alone, only a chance next to 1 matters. Chances are moved to between 0.01 and 0.99 in place.
 *
 * @see Crump, Hotz, Imbens and Mitnik 2009, "Dealing with limited overlap in estimation of average treatment effects"
 * @example overlapOf(Float64Array.of(0.5, 0.5, 0.999), [1, 0, 1], [1, 1, 1], { trim: 0.05, of: 'all' }).kept; // => [0, 1]
 */
export function overlapOf(
  chance: Float64Array,
  treated: ArrayLike<number>,
  weight: ArrayLike<number>,
  { trim, of }: { trim: number; of: 'all' | 'treated' },
): { kept: number[]; overlap: Overlap } {
  const kept: number[] = [];
  const least = of === 'all' ? trim : 0;
  let [total, keptWeight, low, high] = [0, 0, 1, 0];
  const none = { rows: 0, sum: 0, squares: 0 };
  const one = { rows: 0, sum: 0, squares: 0 };
  for (let row = 0; row < chance.length; row += 1) {
    const raw = chance[row]!;
    total += weight[row]!;
    const p = Math.min(1 - surest, Math.max(of === 'all' ? surest : 0, raw));
    chance[row] = p;
    if (raw < least || raw > 1 - trim) continue;
    kept.push(row);
    keptWeight += weight[row]!;
    low = Math.min(low, raw);
    high = Math.max(high, raw);
    const isTreated = treated[row] === 1;
    const share = of === 'all' ? (isTreated ? 1 / p : 1 / (1 - p)) : isTreated ? 1 : p / (1 - p);
    const arm = isTreated ? one : none;
    arm.rows += 1;
    arm.sum += weight[row]! * share;
    arm.squares += (weight[row]! * share) ** 2;
  }
  const worth = (arm: { sum: number; squares: number }): number => (arm.squares === 0 ? 0 : arm.sum ** 2 / arm.squares);
  const effective = Math.min(worth(none), worth(one));
  return {
    kept,
    overlap: {
      kept: total === 0 ? 0 : keptWeight / total,
      ...{ treated: one.rows, untreated: none.rows },
      ...{ low: kept.length === 0 ? 0 : low, high: kept.length === 0 ? 0 : high, effective },
    },
  };
}
