import { solveLinear } from '../models/solve-linear.ts';
import { partsAtMost } from './extend-plain.ts';
import type { RowScores, SearchColumns, SearchOptions, Subgroup, SubgroupPart } from './subgroup.ts';
import { otherBin, unknownBin } from './subgroup.ts';

/**
 * A subgroup with one more condition, by what its rows have beyond what its conditions add one by one.
 *
 * The rows are counted once into cells: which of the conditions so far hold, by bin of the new column. From the cells' sums follows
 * the score test of the conjunction, adjusted for one effect a condition. Rows of which a condition is unknown are left
 * out.
 *
 * @see https://en.wikipedia.org/wiki/Score_test
 */
export function extendBeyond(
  x: SearchColumns,
  scores: RowScores,
  parent: { parts: readonly SubgroupPart[]; rows: Uint32Array; atLeast: number },
  { fewestRows, mostRows, caution = 0 }: SearchOptions,
  columns: Iterable<number> = x.columns.keys(),
): Subgroup[] {
  const taken = new Set(parent.parts.map(({ column }) => column));
  const { masks, known } = masksOf(x, parent.parts, parent.rows);
  const cells = 1 << parent.parts.length;
  const every = cells - 1;
  const found: Subgroup[] = [];
  for (const column of columns) {
    if (taken.has(column)) continue;
    const size = x.sizes[column]!;
    const table = countCells(x.columns[column]!, size, scores, known, masks, cells);
    const inParent = table.counts.subarray(every * (size + 1), (every + 1) * (size + 1)).reduce((a, b) => a + b, 0);
    const most = Math.min(mostRows, partsAtMost * inParent);
    for (let from = 0; from < size; from++) {
      const inside = { excess: new Float64Array(cells), variance: new Float64Array(cells) };
      let count = 0;
      const last = x.ordered[column] === true ? size - 1 : from;
      for (let to = from; to <= last; to++) {
        count += table.counts[every * (size + 1) + to]!;
        for (let cell = 0; cell < cells; cell++) {
          inside.excess[cell]! += table.excess[cell * (size + 1) + to]!;
          inside.variance[cell]! += table.variance[cell * (size + 1) + to]!;
        }
        if (count < fewestRows || count > most || (from === 0 && to === size - 1)) continue;
        const quality = scoreOfCells(table, inside, parent.parts.length, caution);
        if (quality <= parent.atLeast) continue;
        const [excess, variance] = [inside.excess[every]!, inside.variance[every]!];
        const z = variance > 0 ? excess / Math.sqrt(variance) : 0;
        found.push({ parts: [...parent.parts, { column, from, to }], rows: count, excess, variance, z, quality });
      }
    }
  }
  return found;
}

/** The rows whose conditions are all known, and for each which of them hold: bit by bit. */
function masksOf({ columns }: SearchColumns, parts: readonly SubgroupPart[], rows: Uint32Array) {
  const known = rows.filter((row) => parts.every(({ column }) => columns[column]![row] !== unknownBin));
  const masks = new Uint8Array(known.length);
  for (const [bit, { column, from, to }] of parts.entries()) {
    const bins = columns[column]!;
    for (let at = 0; at < known.length; at++) {
      const bin = bins[known[at]!]!;
      if (bin >= from && bin <= to) masks[at]! |= 1 << bit;
    }
  }
  return { known, masks };
}

interface CellTable {
  counts: Uint32Array;
  excess: Float64Array;
  variance: Float64Array;
  /** Per cell, over all bins of the column. */
  total: { excess: Float64Array; variance: Float64Array };
}

function countCells(
  bins: Uint8Array,
  size: number,
  scores: RowScores,
  known: Uint32Array,
  masks: Uint8Array,
  cells: number,
): CellTable {
  const width = size + 1;
  const counts = new Uint32Array(cells * width);
  const excess = new Float64Array(cells * width);
  const variance = new Float64Array(cells * width);
  for (let at = 0; at < known.length; at++) {
    const row = known[at]!;
    const bin = bins[row]!;
    if (bin === unknownBin) continue;
    const cell = masks[at]! * width + (bin === otherBin ? size : bin);
    counts[cell]! += 1;
    excess[cell]! += scores.excess[row]!;
    variance[cell]! += scores.variance[row]!;
  }
  const total = { excess: new Float64Array(cells), variance: new Float64Array(cells) };
  for (let at = 0; at < counts.length; at++) {
    const cell = Math.floor(at / width);
    total.excess[cell]! += excess[at]!;
    total.variance[cell]! += variance[at]!;
  }
  return { counts, excess, variance, total };
}

/**
 * The score of the conjunction given an intercept and one effect for each of the conditions so far (bits of the cell) and
 * for the new one (inside or not).
 */
function scoreOfCells(
  { total }: CellTable,
  inside: { excess: Float64Array; variance: Float64Array },
  bits: number,
  caution: number,
): number {
  const width = bits + 2;
  const gradient = new Float64Array(width);
  const curvature = Array.from({ length: width }, () => new Float64Array(width));
  const add = (cell: number, isInside: boolean, excess: number, variance: number): void => {
    const has = (at: number): boolean => at === 0 || (at <= bits ? (cell & (1 << (at - 1))) !== 0 : isInside);
    for (let at = 0; at < width; at++) {
      if (!has(at)) continue;
      gradient[at]! += excess;
      for (let other = 0; other < width; other++) if (has(other)) curvature[at]![other]! += variance;
    }
  };
  for (let cell = 0; cell < total.excess.length; cell++) {
    add(cell, true, inside.excess[cell]!, inside.variance[cell]!);
    add(cell, false, total.excess[cell]! - inside.excess[cell]!, total.variance[cell]! - inside.variance[cell]!);
  }
  const every = total.excess.length - 1;
  const own = inside.variance[every]!;
  const cross = new Float64Array(width).fill(own);
  const explained = solveLinear(curvature, cross, width);
  let score = inside.excess[every]!;
  let variance = own;
  for (let at = 0; at < width; at++) {
    score -= explained[at]! * gradient[at]!;
    variance -= explained[at]! * own;
  }
  return variance > 1e-6 * Math.max(own, 1) ? score / Math.sqrt(variance + caution) : 0;
}
