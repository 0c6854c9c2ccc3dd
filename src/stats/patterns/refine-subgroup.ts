import {
  keyOf,
  type RowScores,
  type SearchColumns,
  type SearchOptions,
  type Subgroup,
  type SubgroupPart,
} from './subgroup.ts';
import { extendSubgroup } from './subgroup-search.ts';

const mostRounds = 8;
/** A condition that the subgroup is hardly worse without is dropped: shorter is easier to read. */
const worthKeeping = 0.2;

/**
 * A subgroup with its conditions moved, dropped and added one at a time, as long as that helps.
 *
 * The beam of a search sees the ranges of one column at a time, in some of the data; this settles them against each other.
 */
export function refineSubgroup(
  x: SearchColumns,
  scores: RowScores,
  rows: Uint32Array,
  start: Subgroup,
  options: SearchOptions,
): Subgroup {
  const anything = Number.NEGATIVE_INFINITY;
  const extend = (parts: readonly SubgroupPart[], atLeast: number, columns?: readonly number[]): Subgroup[] =>
    extendSubgroup(x, scores, rows, { parts, atLeast }, options, columns);
  const again = extend(start.parts.slice(0, -1), anything, [start.parts.at(-1)!.column]);
  let best = again.find((one) => keyOf(one) === keyOf(start)) ?? start;
  for (let round = 0; round < mostRounds; round++) {
    const before = best;
    for (const part of before.parts) {
      const others = best.parts.filter(({ column }) => column !== part.column);
      if (others.length === best.parts.length || others.length === 0) continue;
      if (others.length > 1) {
        const last = others.at(-1)!;
        const shorter = extend(others.slice(0, -1), best.quality - worthKeeping, [last.column]).find(
          (one) => keyOf(one) === keyOf({ parts: others }),
        );
        if (shorter !== undefined) {
          best = shorter;
          continue;
        }
      }
      for (const moved of extend(others, best.quality, [part.column])) if (moved.quality > best.quality) best = moved;
    }
    if (best.parts.length < options.mostParts) {
      for (const longer of extend(best.parts, best.quality + (options.gain ?? 0))) {
        if (longer.quality > best.quality) best = longer;
      }
    }
    if (keyOf(best) === keyOf(before)) break;
  }
  return best;
}
