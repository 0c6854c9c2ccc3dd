import type { BinnedFeature } from './fit-bins.ts';
import type { BinMatch } from './model.ts';

/** One row of numbers a bin: what it adds to each lever and to churning. */
export type BinEffects = readonly Float64Array[];

/** Neighbours are joined freely while it moves their rows by less than this, in logits, root mean square. */
const unnoticed = 0.025;
/** Past this many ranges they are joined as long as it moves their rows by less than `bearable`. */
const readable = 10;
const bearable = 0.08;

/**
 * Joins neighbouring ranges that say nearly the same, so that a person reads five lines and not twenty.
 *
 * Cheapest first: the cost of joining is how far it moves the rows of the two bins. `counts` are rows a bin; `effects`
 * are one array a lever, each with one number a bin. Joined bins get the average, weighted by rows; `into` says which bin each
 * one went into.
 */
export function mergeRanges(
  binned: BinnedFeature,
  counts: Float64Array,
  effects: BinEffects,
): { matches: BinMatch[]; effects: Float64Array[]; into: number[] } {
  const groups = binned.matches.map((match, bin) => ({
    match,
    count: counts[bin]!,
    effects: effects.map((lever) => lever[bin]!),
    isRange: bin < binned.ordered,
    bins: 1,
  }));
  for (;;) {
    let cheapest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at + 1 < groups.length; at++) {
      const [left, right] = [groups[at]!, groups[at + 1]!];
      if (!left.isRange || !right.isRange) continue;
      const gap = left.effects.reduce((widest, value, s) => Math.max(widest, Math.abs(value - right.effects[s]!)), 0);
      const both = left.count + right.count;
      const moved = both === 0 ? 0 : (gap * Math.sqrt(left.count * right.count)) / both;
      if (moved < least) [cheapest, least] = [at, moved];
    }
    const ranges = groups.filter(({ isRange }) => isRange).length;
    if (cheapest < 0 || least > (ranges > readable ? bearable : unnoticed)) break;
    const [left, right] = [groups[cheapest]!, groups[cheapest + 1]!];
    const count = left.count + right.count;
    const average = (a: number, b: number): number =>
      count === 0 ? (a + b) / 2 : (a * left.count + b * right.count) / count;
    groups.splice(cheapest, 2, {
      match: joined(left.match, right.match),
      count,
      effects: left.effects.map((value, s) => average(value, right.effects[s]!)),
      isRange: true,
      bins: left.bins + right.bins,
    });
  }
  return {
    matches: groups.map(({ match }) => match),
    effects: effects.map((_, s) => Float64Array.from(groups, (group) => group.effects[s]!)),
    into: groups.flatMap(({ bins }, group) => Array.from({ length: bins }, () => group)),
  };
}

function joined(left: BinMatch, right: BinMatch): BinMatch {
  if (left.kind !== 'range' || right.kind !== 'range') return left;
  return { kind: 'range', from: left.from, to: right.to };
}
