/** Rows as bins, one bin a feature; made by `binnedRows`. */
export interface BinnedRows {
  rows: number;
  /** Row after row, one cell a feature: the place of its bin among the bins of all features. */
  cells: Uint16Array | Uint32Array;
  /** How many bins each feature has. */
  sizes: readonly number[];
  /** How many leading bins of each feature lie in order, so that neighbours should be alike: 0 for categories. */
  ordered: readonly number[];
}

/**
 * Puts columns of bins into rows: `columns[f][row]` is the bin of feature `f`, below `sizes[f]`.
 *
 * Fitting reads row after row, so that a pass over the data touches every cell once, in the order in which it lies.
 *
 * @example binnedRows([Uint16Array.of(0, 1), Uint16Array.of(2, 0)], [2, 3], [0, 3]).cells; // => Uint16Array.of(0, 4, 1, 2)
 */
export function binnedRows(
  columns: readonly ArrayLike<number>[],
  sizes: readonly number[],
  ordered: readonly number[],
  rows = columns[0]?.length ?? 0,
): BinnedRows {
  const width = columns.length;
  const cells = emptyCells(binCount({ sizes }), rows * width);
  let first = 0;
  for (const [feature, column] of columns.entries()) {
    for (let row = 0, at = feature; row < rows; row++, at += width) cells[at] = first + column[row]!;
    first += sizes[feature]!;
  }
  return { rows, cells, sizes, ordered };
}

/** Bins of all features together. */
export function binCount({ sizes }: Pick<BinnedRows, 'sizes'>): number {
  return sizes.reduce((sum, bins) => sum + bins, 0);
}

/** Some of the rows, in the order given. */
export function pickRows(x: BinnedRows, rows: ArrayLike<number>): BinnedRows {
  const width = x.sizes.length;
  const cells = emptyCells(binCount(x), rows.length * width);
  for (let at = 0; at < rows.length; at++) {
    const from = rows[at]! * width;
    for (let f = 0; f < width; f++) cells[at * width + f] = x.cells[from + f]!;
  }
  return { ...x, rows: rows.length, cells };
}

/** The rows from `from` up to but not including `to`, without copying. */
export function sliceRows(x: BinnedRows, from: number, to: number): BinnedRows {
  const width = x.sizes.length;
  return { ...x, rows: to - from, cells: x.cells.subarray(from * width, to * width) };
}

/** How many rows each bin holds. */
export function countBins(x: BinnedRows): Float64Array {
  const counts = new Float64Array(binCount(x));
  const { cells } = x;
  for (let at = 0; at < cells.length; at++) counts[cells[at]!]! += 1;
  return counts;
}

function emptyCells(bins: number, length: number): Uint16Array | Uint32Array {
  return bins <= 0x10000 ? new Uint16Array(length) : new Uint32Array(length);
}
