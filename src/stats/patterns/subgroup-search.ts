import { extendBeyond } from './extend-beyond.ts';
import { extendPlain } from './extend-plain.ts';
import { rowsOfSubgroup } from './rows-of-subgroup.ts';
import {
  inOrder,
  keyOf,
  type RowScores,
  type SearchColumns,
  type SearchOptions,
  type Subgroup,
  type SubgroupPart,
} from './subgroup.ts';

/**
 * Subgroup discovery: the conjunctions of a few conditions whose rows have most excess for their number.
 *
 * A beam search. Each subgroup that is kept is extended by every condition on every other column, and all ranges of an ordered
 * column are read off one table of sums. Best first; of subgroups that differ only in where ranges begin and end there is
 * one. Time grows with beam times rows times columns.
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
  const anything = Number.NEGATIVE_INFINITY;
  const found: Subgroup[] = [];
  let open = extendPlain(x, scores, { parts: [], rows, atLeast: anything }, options).filter(
    ({ parts: [first] }) => first !== undefined && (options.mayBegin?.(first) ?? true),
  );
  if (options.beyondParts !== true) found.push(...fitting(open, options));
  for (let length = 2; length <= options.mostParts; length++) {
    const allPairs = options.beyondParts === true && length === 2;
    const parents = allPairs ? openRanges(open, x) : bestOf(open, x, options.beam);
    open = bestOf(
      parents.flatMap((parent) => {
        const atLeast = allPairs ? anything : parent.quality + (options.gain ?? 0);
        return extendSubgroup(x, scores, rows, { parts: parent.parts, atLeast }, options);
      }),
      x,
      options.beam,
    );
    found.push(...fitting(open, options));
  }
  return bestOf(found, x, options.beam);
}

/** A subgroup with one more condition, for every condition that brings its quality above a level; on some columns only, where they are given. */
export function extendSubgroup(
  x: SearchColumns,
  scores: RowScores,
  rows: Uint32Array,
  { parts, atLeast }: { parts: readonly SubgroupPart[]; atLeast: number },
  options: SearchOptions,
  columns?: readonly number[],
): Subgroup[] {
  if (options.beyondParts === true && parts.length > 0) {
    return extendBeyond(x, scores, { parts, rows, atLeast }, options, columns);
  }
  return extendPlain(x, scores, { parts, rows: rowsOfSubgroup(x, parts, rows), atLeast }, options, columns);
}

function fitting(subgroups: readonly Subgroup[], { mostRows }: SearchOptions): Subgroup[] {
  return subgroups.filter(({ rows }) => rows <= mostRows);
}

/** First conditions to pair up: every level, and ranges open at one end; inner ranges come as the second of a pair. */
function openRanges(open: readonly Subgroup[], { ordered, sizes }: SearchColumns): Subgroup[] {
  return open.filter(({ parts }) => {
    const part = parts[0];
    if (part === undefined) return false;
    return ordered[part.column] !== true || part.from === 0 || part.to === sizes[part.column]! - 1;
  });
}

/** The best subgroups; of those that differ only in where ranges begin and end, the best one. */
function bestOf(subgroups: readonly Subgroup[], x: SearchColumns, most: number): Subgroup[] {
  const keyed = subgroups.map((subgroup) => ({ subgroup, key: keyOf(subgroup) }));
  keyed.sort((a, b) => b.subgroup.quality - a.subgroup.quality || (a.key < b.key ? -1 : 1));
  const shapes = new Set<string>();
  const best: Subgroup[] = [];
  for (const { subgroup } of keyed) {
    const shape = inOrder(subgroup)
      .map(({ column, from }) => (x.ordered[column] === true ? `${column}` : `${column}:${from}`))
      .join(' ');
    if (shapes.has(shape)) continue;
    shapes.add(shape);
    best.push(subgroup);
    if (best.length === most) break;
  }
  return best;
}
