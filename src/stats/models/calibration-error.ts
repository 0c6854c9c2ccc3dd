/**
 * Expected calibration error: how far promised and actual rates lie apart, over ten groups of equal size.
 *
 * Groups are cut at the deciles of the forecast; each counts with its share of the rows.
 *
 * @see https://arxiv.org/abs/1706.04599 section 2, here with groups of equal size
 * @example calibrationError([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5]); // => 0
 */
export function calibrationError(outcome: ArrayLike<number>, probability: ArrayLike<number>, groups = 10): number {
  const sorted = Float64Array.from(probability).sort();
  const edges = Float64Array.from({ length: groups + 1 }, (_, edge) => quantile(sorted, edge / groups));
  const gap = new Float64Array(groups);
  for (let row = 0; row < outcome.length; row++) {
    let at = 0;
    while (at < edges.length && edges[at]! <= probability[row]!) at++;
    const group = Math.min(Math.max(at - 1, 0), groups - 1);
    gap[group]! += outcome[row]! - probability[row]!;
  }
  return gap.reduce((sum, value) => sum + Math.abs(value), 0) / outcome.length;
}

/** The value below which a share of the sorted numbers lies, between neighbours in a straight line. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}
