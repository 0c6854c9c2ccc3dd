import type { RowScores, SearchColumns, SearchOptions, Subgroup, SubgroupPart } from './subgroup.ts';

/** A further condition that keeps more than this share of the rows parts nothing. */
export const partsAtMost = 0.85;

/** A subgroup with one more condition, by the excess of its rows; `rows` are those of the subgroup so far. */
export function extendPlain(
  x: SearchColumns,
  scores: RowScores,
  parent: { parts: readonly SubgroupPart[]; rows: Uint32Array; atLeast: number },
  { fewestRows, mostRows, caution = 0 }: SearchOptions,
  columns: Iterable<number> = x.columns.keys(),
): Subgroup[] {
  const taken = new Set(parent.parts.map(({ column }) => column));
  const most = parent.parts.length === 0 ? parent.rows.length : Math.min(mostRows, partsAtMost * parent.rows.length);
  const found: Subgroup[] = [];
  // Gathered once, not column by column: rows lie anywhere, and there are many columns.
  const gathered = {
    excess: Float64Array.from(parent.rows, (row) => scores.excess[row]!),
    variance: Float64Array.from(parent.rows, (row) => scores.variance[row]!),
  };
  for (const column of columns) {
    if (taken.has(column)) continue;
    const size = x.sizes[column]!;
    const sums = sumBins(x.columns[column]!, gathered, parent.rows);
    for (let from = 0; from < size; from++) {
      let count = 0;
      let excess = 0;
      let variance = 0;
      const last = x.ordered[column] === true ? size - 1 : from;
      for (let to = from; to <= last; to++) {
        count += sums.counts[to]!;
        excess += sums.excess[to]!;
        variance += sums.variance[to]!;
        if (count < fewestRows || count > most || !(variance > 0)) continue;
        if (from === 0 && to === size - 1 && size > 1) continue;
        const quality = excess / Math.sqrt(variance + caution);
        if (quality <= parent.atLeast) continue;
        const parts = [...parent.parts, { column, from, to }];
        found.push({ parts, rows: count, excess, variance, z: excess / Math.sqrt(variance), quality });
      }
    }
  }
  return found;
}

/** Counts and sums by bin; scores are in the order of `rows`. */
function sumBins(bins: Uint8Array, scores: RowScores, rows: Uint32Array) {
  const counts = new Uint32Array(256);
  const excess = new Float64Array(256);
  const variance = new Float64Array(256);
  for (let at = 0; at < rows.length; at++) {
    const bin = bins[rows[at]!]!;
    counts[bin]! += 1;
    excess[bin]! += scores.excess[at]!;
    variance[bin]! += scores.variance[at]!;
  }
  return { counts, excess, variance };
}
