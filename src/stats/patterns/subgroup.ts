/** Columns of bins: `columns[c][row]` is below `sizes[c]`, or one of the two below. Neighbouring bins of an ordered column may be joined. */
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
  parts: readonly SubgroupPart[];
  rows: number;
  excess: number;
  variance: number;
  /** `excess` over its standard error. */
  z: number;
  /** What the search goes by: like `z`, held down for subgroups that little can be known of. */
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
  /**
   * Count only what rows that meet all conditions have beyond what each condition adds by itself. Pairs are then tried for
   * every first condition, as neither may tell anything alone.
   */
  beyondParts?: boolean;
  /** Whether a subgroup may begin with this condition; any may when absent. */
  mayBegin?: (part: SubgroupPart) => boolean;
  /** A further condition must raise the quality by this much, 0 when absent. */
  gain?: number;
  /** Variance that every subgroup is given on top of its own, 0 when absent: small subgroups need more to stand out. */
  caution?: number;
}

/** The same for subgroups of the same conditions, in whatever order. */
export function keyOf(subgroup: Pick<Subgroup, 'parts'>): string {
  return inOrder(subgroup)
    .map(({ column, from, to }) => `${column}:${from}-${to}`)
    .join(' ');
}

/** Conditions in the order of their columns. */
export function inOrder({ parts }: Pick<Subgroup, 'parts'>): SubgroupPart[] {
  return parts.toSorted((a, b) => a.column - b.column);
}
