import { createRandom, type Random } from '../../stats/random.ts';
import { permutationPValue } from '../../stats/tests/permutation.ts';
import { rateOf } from '../rates.ts';
import type { Rate } from '../types.ts';

export interface SegmentCount {
  label: string;
  n: number;
  won: number;
}

export interface SegmentSplit {
  overall: Rate;
  groups: readonly { label: string; share: number; rate: Rate }[];
  /** How likely groups of this size differ so much by chance. */
  pValue: number;
  beyondChance: boolean;
  /** In words, without figures: what the total hides, or that it hides nothing that could be told from chance. */
  verdict: string;
}

const draws = 999;

/**
 * What a total hides: the rate of every group beside the rate of all, with a test of whether they differ beyond chance.
 *
 * Three per cent may be twelve in one group and nothing in the rest. The test draws, with the group sizes as they are, as many
 * winners at random as there were, and compares chi-square; groups of nobody are left out.
 *
 * @see https://en.wikipedia.org/wiki/Pearson%27s_chi-squared_test
 * @returns `null` when there is nobody
 * @example readBySegment([{ label: 'a', n: 237, won: 28 }, { label: 'b', n: 763, won: 2 }], 1); // => { beyondChance: true, pValue: 0.001 }
 */
export function readBySegment(counts: readonly SegmentCount[], seed: number): SegmentSplit | null {
  const groups = counts.filter(({ n }) => n > 0);
  const n = groups.reduce((sum, group) => sum + group.n, 0);
  const won = groups.reduce((sum, group) => sum + group.won, 0);
  const overall = rateOf(won, n);
  if (overall === null) return null;
  const sizes = groups.map((group) => group.n);
  const seen = apart(
    groups.map((group) => group.won),
    sizes,
    overall.v,
  );
  const random = createRandom(seed).fork('by segment');
  const few = Math.min(won, n - won);
  const chance = Array.from({ length: draws }, () => {
    const hits = drawAmong(sizes, few, random);
    return apart(few === won ? hits : hits.map((missed, at) => sizes[at]! - missed), sizes, overall.v);
  });
  const pValue = permutationPValue(seen - 1e-9, chance);
  const beyondChance = groups.length > 1 && pValue <= 0.05;
  const rated = groups.map((group) => ({ label: group.label, share: group.n / n, rate: rateOf(group.won, group.n)! }));
  return {
    overall,
    groups: rated.sort((a, b) => b.rate.v - a.rate.v || (a.label < b.label ? -1 : 1)),
    pValue,
    beyondChance,
    verdict: beyondChance
      ? 'the groups differ beyond chance: read them one by one, the total describes none of them'
      : 'the groups cannot be told apart from chance: the total is the better guess for each',
  };
}

/** Into which groups so many rows fall, drawn without putting back. */
function drawAmong(sizes: readonly number[], count: number, random: Random): number[] {
  const left = [...sizes];
  const hits = sizes.map(() => 0);
  let rows = sizes.reduce((sum, size) => sum + size, 0);
  for (let draw = 0; draw < count; draw++, rows--) {
    let at = 0;
    for (let place = random.integer(0, rows - 1); place >= left[at]!; at++) place -= left[at]!;
    left[at]! -= 1;
    hits[at]! += 1;
  }
  return hits;
}

function apart(hits: readonly number[], sizes: readonly number[], rate: number): number {
  if (rate === 0 || rate === 1) return 0;
  return sizes.reduce((sum, size, at) => sum + (hits[at]! - size * rate) ** 2 / (size * rate * (1 - rate)), 0);
}
