/**
 * Where to cut numbers into at most `bins` groups of about equal size, at round numbers where the gaps allow.
 *
 * A group is `from <= value < to`; equal values always share a group. Each cut lies between two neighbouring values and
 * is the roundest number there, so that a person reads 50 and not 49.5. No cut when all values are alike.
 *
 * @example quantileCuts([1, 2, 3, 4, 11, 12, 13, 14], 2); // => [10]
 */
export function quantileCuts(values: readonly number[], bins: number): number[] {
  const sorted = Float64Array.from(values).sort();
  const cuts: number[] = [];
  for (let group = 1; group < bins; group++) {
    const wanted = Math.round((sorted.length * group) / bins);
    const above = nearestStep(sorted, wanted);
    if (above === null) continue;
    const cut = roundestBetween(sorted[above - 1]!, sorted[above]!);
    if (cut !== cuts.at(-1)) cuts.push(cut);
  }
  return cuts;
}

/** The index nearest to `wanted` whose value is greater than the one before it, `null` if there is none. */
function nearestStep(sorted: Float64Array, wanted: number): number | null {
  let up = Math.max(wanted, 1);
  while (up < sorted.length && sorted[up]! === sorted[up - 1]!) up++;
  let down = Math.min(wanted, sorted.length - 1);
  while (down > 0 && sorted[down]! === sorted[down - 1]!) down--;
  if (up >= sorted.length) return down > 0 ? down : null;
  if (down <= 0) return up;
  return up - wanted < wanted - down ? up : down;
}

/** The number with the fewest digits that is above `low` and not above `high`. */
function roundestBetween(low: number, high: number): number {
  const widest = Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high), 1e-12))) + 1;
  for (let power = widest; power > widest - 17; power--) {
    for (const step of [5, 2, 1]) {
      const unit = step * 10 ** power;
      const candidate = Number((Math.floor(high / unit) * unit).toPrecision(15));
      if (candidate > low && candidate <= high) return candidate;
    }
  }
  return high;
}
