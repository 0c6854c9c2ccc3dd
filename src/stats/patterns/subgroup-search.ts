/** Columns of bins: `columns[c][row]` is below `sizes[c]`, or `unknownBin`. Neighbouring bins of an ordered column may be joined. */
export interface SearchColumns {
  columns: readonly Uint8Array[];
  sizes: readonly number[];
  ordered: readonly boolean[];
}

/** The bin of a row that nothing is known of: no condition holds for it. */
export const unknownBin = 255;
/** The bin of a row whose value is known and in no bin of its own. */
export const otherBin = 254;

/** How much more happened in each row than was expected, and the variance that chance alone gives it. */
export interface RowScores {
  excess: Float64Array;
  variance: Float64Array;
}

/** One condition: the bin of a column lies from `from` to `to`, both included. */
export interface SubgroupPart {
  column: number;
  from: number;
  to: number;
}

export interface Subgroup {
  /** In the order of their columns. */
  parts: readonly SubgroupPart[];
  rows: number;
  excess: number;
  variance: number;
  /** `excess` over its standard error. */
  z: number;
  /** `z` held down for subgroups that little can be known of: what the search goes by. */
  quality: number;
}

export interface SearchOptions {
  /** Most conditions of a subgroup. */
  mostParts: number;
  /** How many subgroups of each length are extended further. */
  beam: number;
  /** A subgroup of fewer rows is none. */
  fewestRows: number;
  /** A subgroup of more rows says nothing in particular. */
  mostRows: number;
  /** Pairs are tried for every first condition, not only for the best: finds what neither condition tells alone. */
  allPairs?: boolean;
  /** A further condition must raise the quality by this much, 0 when absent. */
  gain?: number;
  /** Variance that every subgroup is given on top of its own, 0 when absent: small subgroups need more to stand out. */
  caution?: number;
}

/** A further condition that keeps more than this share of the rows parts nothing. */
const partsAtMost = 0.85;

/**
 * Subgroup discovery: the conjunctions of a few conditions whose rows have most excess for their number.
 *
 * A beam search. Each subgroup that is kept is extended by every condition on every other column; the rows of the subgroup
 * are gone through once a column, and all ranges of an ordered column are read off one table of sums. Best first; subgroups
 * that hold the same conditions appear once. Time grows with beam times rows times columns.
 *
 * @param rows the rows to search in
 * @see https://doi.org/10.1002/widm.1144 subgroup discovery, an overview
 */
export function searchSubgroups(
  x: SearchColumns,
  scores: RowScores,
  rows: Uint32Array,
  options: SearchOptions,
): Subgroup[] {
  const found = new Map<string, Subgroup>();
  const firsts = extendSubgroup(x, scores, { parts: [], rows, quality: Number.NEGATIVE_INFINITY }, options);
  let open = firsts;
  keep(found, open, x, options);
  for (let length = 2; length <= options.mostParts; length++) {
    const best = options.allPairs === true && length === 2 ? distinctFirsts(open, x) : bestOf(open, x, options.beam);
    const next = new Map<string, Subgroup>();
    for (const parent of best) {
      const members = rowsOfSubgroup(x, parent.parts, rows);
      const worth = options.allPairs === true && length === 2 ? Number.NEGATIVE_INFINITY : parent.quality;
      const quality = worth + (options.gain ?? 0);
      for (const child of extendSubgroup(x, scores, { parts: parent.parts, rows: members, quality }, options)) {
        next.set(keyOf(child.parts), child);
      }
    }
    open = bestOf([...next.values()], x, options.beam);
    keep(found, open, x, options);
  }
  return bestOf([...found.values()], x, options.beam);
}

/** The rows, of those given, for which every condition holds. */
export function rowsOfSubgroup(
  { columns }: Pick<SearchColumns, 'columns'>,
  parts: readonly SubgroupPart[],
  rows: Uint32Array,
): Uint32Array {
  let members = rows;
  for (const { column, from, to } of parts) {
    const bins = columns[column]!;
    members = members.filter((row) => bins[row]! >= from && bins[row]! <= to);
  }
  return members;
}

/** The sums of some rows as a subgroup of those conditions. */
export function sumSubgroup(
  parts: readonly SubgroupPart[],
  rows: Uint32Array,
  scores: RowScores,
  caution = 0,
): Subgroup {
  let excess = 0;
  let variance = 0;
  for (const row of rows) {
    excess += scores.excess[row]!;
    variance += scores.variance[row]!;
  }
  const z = variance > 0 ? excess / Math.sqrt(variance) : 0;
  const quality = variance > 0 ? excess / Math.sqrt(variance + caution) : 0;
  return { parts, rows: rows.length, excess, variance, z, quality };
}

/** A subgroup with one more condition, for every condition that raises its quality; on some columns only, where they are given. */
export function extendSubgroup(
  x: SearchColumns,
  scores: RowScores,
  parent: { parts: readonly SubgroupPart[]; rows: Uint32Array; quality: number },
  { fewestRows, mostRows, caution = 0 }: SearchOptions,
  columns: Iterable<number> = x.columns.keys(),
): Subgroup[] {
  const taken = new Set(parent.parts.map(({ column }) => column));
  const found: Subgroup[] = [];
  for (const column of columns) {
    if (taken.has(column)) continue;
    const sums = sumBins(x.columns[column]!, x.sizes[column]!, scores, parent.rows);
    for (let from = 0; from < sums.size; from++) {
      let count = 0;
      let excess = 0;
      let variance = 0;
      const last = x.ordered[column] === true ? sums.size - 1 : from;
      for (let to = from; to <= last; to++) {
        count += sums.counts[to]!;
        excess += sums.excess[to]!;
        variance += sums.variance[to]!;
        if (count < fewestRows || !(variance > 0)) continue;
        if (from === 0 && to === sums.size - 1 && x.ordered[column] === true) continue;
        const z = excess / Math.sqrt(variance);
        if (parent.parts.length > 0 && (count > mostRows || count > partsAtMost * parent.rows.length)) continue;
        const quality = excess / Math.sqrt(variance + caution);
        if (quality <= parent.quality) continue;
        const parts = [...parent.parts, { column, from, to }].sort((a, b) => a.column - b.column);
        found.push({ parts, rows: count, excess, variance, z, quality });
      }
    }
  }
  return found;
}

function sumBins(bins: Uint8Array, size: number, scores: RowScores, rows: Uint32Array) {
  const counts = new Uint32Array(256);
  const excess = new Float64Array(256);
  const variance = new Float64Array(256);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const bin = bins[row]!;
    counts[bin]! += 1;
    excess[bin]! += scores.excess[row]!;
    variance[bin]! += scores.variance[row]!;
  }
  return { size, counts, excess, variance };
}

/** First conditions to pair up: every level, and ranges open at one end; inner ranges come as the second of a pair. */
function distinctFirsts(open: readonly Subgroup[], { ordered, sizes }: SearchColumns): Subgroup[] {
  return open.filter(({ parts }) => {
    const part = parts[0];
    if (part === undefined) return false;
    return ordered[part.column] !== true || part.from === 0 || part.to === sizes[part.column]! - 1;
  });
}

function keep(
  found: Map<string, Subgroup>,
  open: readonly Subgroup[],
  x: SearchColumns,
  { mostRows, beam }: SearchOptions,
): void {
  const fitting = open.filter(({ rows }) => rows <= mostRows);
  for (const subgroup of bestOf(fitting, x, beam)) found.set(keyOf(subgroup.parts), subgroup);
}

/** The best subgroups; of those that differ only in where ranges begin and end, the best one. */
function bestOf(subgroups: readonly Subgroup[], x: SearchColumns, most: number): Subgroup[] {
  const sorted = subgroups
    .map((subgroup) => ({ subgroup, key: keyOf(subgroup.parts) }))
    .sort((a, b) => b.subgroup.quality - a.subgroup.quality || (a.key < b.key ? -1 : 1));
  const shapes = new Set<string>();
  const best: Subgroup[] = [];
  for (const { subgroup } of sorted) {
    const shape = subgroup.parts
      .map(({ column, from }) => (x.ordered[column] === true ? `${column}` : `${column}:${from}`))
      .join(' ');
    if (shapes.has(shape)) continue;
    shapes.add(shape);
    best.push(subgroup);
    if (best.length === most) break;
  }
  return best;
}

function keyOf(parts: readonly SubgroupPart[]): string {
  return parts.map(({ column, from, to }) => `${column}:${from}-${to}`).join(' ');
}
