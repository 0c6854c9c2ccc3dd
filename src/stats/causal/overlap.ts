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

/** However sure a fit is of a row, it counts as no surer than this, or than a fifth of what is trimmed. */
const surest = 0.01;

/**
 * The rows that can be compared, and how many there are.
 *
 * A row whose chance of treatment is next to 0 or 1 has no counterpart: it is left out, and what is found holds for the rest.
 * Asked of the treated alone, only a chance next to 1 matters. Where few are treated at all a chance of a few hundredths is
 * nothing strange, so the limit shrinks with their share. Chances are moved away from 0 and 1 in place.
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
  let [total, keptWeight, treatedWeight, low, high] = [0, 0, 0, 1, 0];
  for (let row = 0; row < chance.length; row += 1) {
    total += weight[row]!;
    treatedWeight += weight[row]! * treated[row]!;
  }
  const share = treatedWeight / total;
  const least = of === 'all' ? trim * Math.min(1, 2 * share) : 0;
  const most = 1 - trim * Math.min(1, 2 * (1 - share));
  const floor = of === 'all' ? Math.min(surest, trim === 0 ? surest : least / 5) : 0;
  const ceiling = 1 - Math.min(surest, trim === 0 ? surest : (1 - most) / 5);
  const none = { rows: 0, sum: 0, squares: 0 };
  const one = { rows: 0, sum: 0, squares: 0 };
  for (let row = 0; row < chance.length; row += 1) {
    const raw = chance[row]!;
    const p = Math.min(ceiling, Math.max(floor, raw));
    chance[row] = p;
    if (raw < least || raw > most) continue;
    kept.push(row);
    keptWeight += weight[row]!;
    low = Math.min(low, raw);
    high = Math.max(high, raw);
    const isTreated = treated[row] === 1;
    const inverse = of === 'all' ? (isTreated ? 1 / p : 1 / (1 - p)) : isTreated ? 1 : p / (1 - p);
    const arm = isTreated ? one : none;
    arm.rows += 1;
    arm.sum += weight[row]! * inverse;
    arm.squares += (weight[row]! * inverse) ** 2;
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
