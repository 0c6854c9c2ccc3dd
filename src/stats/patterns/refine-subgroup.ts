import {
  extendSubgroup,
  type RowScores,
  rowsOfSubgroup,
  type SearchColumns,
  type SearchOptions,
  type Subgroup,
  sumSubgroup,
} from './subgroup-search.ts';

const mostRounds = 8;
/** A condition that the subgroup is hardly worse without is dropped: shorter is easier to read. */
const worthKeeping = 0.2;

/**
 * A subgroup with its conditions moved, dropped and added one at a time, as long as that helps.
 *
 * The beam of a search sees the ranges of one column at a time, in half of the data; this settles them against each other.
 */
export function refineSubgroup(
  x: SearchColumns,
  scores: RowScores,
  rows: Uint32Array,
  start: Subgroup,
  options: SearchOptions,
): Subgroup {
  const { caution = 0, gain = 0 } = options;
  const sumOf = (parts: Subgroup['parts']): Subgroup =>
    sumSubgroup(parts, rowsOfSubgroup(x, parts, rows), scores, caution);
  let best = sumOf(start.parts);
  for (let round = 0; round < mostRounds; round++) {
    const before = best;
    for (const part of before.parts) {
      const others = best.parts.filter(({ column }) => column !== part.column);
      if (others.length === best.parts.length) continue;
      const parent = sumOf(others);
      if (others.length > 1 && parent.rows <= options.mostRows && parent.quality > best.quality - worthKeeping) {
        best = parent;
        continue;
      }
      const wanted = { parts: others, rows: rowsOfSubgroup(x, others, rows), quality: best.quality };
      for (const moved of extendSubgroup(x, scores, wanted, options, [part.column])) {
        if (moved.quality > best.quality) best = moved;
      }
    }
    if (best.parts.length < options.mostParts) {
      const wanted = { parts: best.parts, rows: rowsOfSubgroup(x, best.parts, rows), quality: best.quality + gain };
      for (const longer of extendSubgroup(x, scores, wanted, options)) if (longer.quality > best.quality) best = longer;
    }
    if (best === before || best.quality <= before.quality - 1) break;
    if (keyOf(best) === keyOf(before)) break;
  }
  return best;
}

function keyOf({ parts }: Subgroup): string {
  return parts.map(({ column, from, to }) => `${column}:${from}-${to}`).join(' ');
}
