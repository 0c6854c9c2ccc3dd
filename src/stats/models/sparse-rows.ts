/**
 * A table of numbers that keeps only what is not zero: row `r` has `value[at]` in column `column[at]` for `at` from
 * `starts[r]` to `starts[r + 1]`, columns ascending. Yes-or-no columns are mostly zeros, and sums over rows are what costs.
 */
export interface SparseRows {
  rows: number;
  columns: number;
  starts: Int32Array;
  column: Int32Array;
  value: Float64Array;
}

/**
 * Packs columns of numbers as sparse rows.
 *
 * @throws {RangeError} when the columns are not of one length or hold something that is no finite number
 * @example sparseRows([[1, 1], [0, 5]]).column; // => Int32Array.of(0, 0, 1)
 */
export function sparseRows(columns: readonly ArrayLike<number>[]): SparseRows {
  const rows = columns[0]?.length ?? 0;
  const starts = new Int32Array(rows + 1);
  columns.forEach((column, place) => {
    if (column.length !== rows) {
      throw new RangeError(`sparseRows requires ${rows} numbers in each column, got ${column.length} in ${place}`);
    }
    for (let row = 0; row < rows; row += 1) {
      const value = column[row]!;
      if (!Number.isFinite(value)) {
        throw new RangeError(`sparseRows requires finite numbers, got ${value} in row ${row} of column ${place}`);
      }
      if (value !== 0) starts[row + 1]! += 1;
    }
  });
  for (let row = 0; row < rows; row += 1) starts[row + 1]! += starts[row]!;
  const next = starts.slice();
  const column = new Int32Array(starts[rows]!);
  const value = new Float64Array(starts[rows]!);
  columns.forEach((of, place) => {
    for (let row = 0; row < rows; row += 1) {
      if (of[row] === 0) continue;
      const at = next[row]!;
      next[row] = at + 1;
      column[at] = place;
      value[at] = of[row]!;
    }
  });
  return { rows, columns: columns.length, starts, column, value };
}

/**
 * What a row of the table gives under a coefficient a column.
 *
 * @example dotRow(sparseRows([[1, 1], [0, 5]]), 1, [2, 3]); // => 17
 */
export function dotRow({ starts, column, value }: SparseRows, row: number, coefficients: ArrayLike<number>): number {
  let sum = 0;
  for (let at = starts[row]!; at < starts[row + 1]!; at += 1) sum += value[at]! * coefficients[column[at]!]!;
  return sum;
}

/** Adds `weight` times the outer product of a row with itself to the lower half of a square matrix. */
export function addOuter(
  into: Float64Array,
  { columns, starts, column, value }: SparseRows,
  row: number,
  weight: number,
) {
  const from = starts[row]!;
  const to = starts[row + 1]!;
  for (let at = from; at < to; at += 1) {
    const base = column[at]! * columns;
    const scaled = weight * value[at]!;
    for (let other = from; other <= at; other += 1) into[base + column[other]!]! += scaled * value[other]!;
  }
}

/** Adds `weight` times a row to a vector. */
export function addRow(into: Float64Array, { starts, column, value }: SparseRows, row: number, weight: number): void {
  for (let at = starts[row]!; at < starts[row + 1]!; at += 1) into[column[at]!]! += weight * value[at]!;
}

/** The variance of each column, each row counted by its weight. */
export function columnVariances(table: SparseRows, weight: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(table.columns);
  const squares = new Float64Array(table.columns);
  let total = 0;
  for (let row = 0; row < table.rows; row += 1) {
    const share = weight[row]!;
    total += share;
    for (let at = table.starts[row]!; at < table.starts[row + 1]!; at += 1) {
      const place = table.column[at]!;
      sums[place]! += share * table.value[at]!;
      squares[place]! += share * table.value[at]! ** 2;
    }
  }
  return sums.map((sum, place) => Math.max(0, squares[place]! / total - (sum / total) ** 2));
}
