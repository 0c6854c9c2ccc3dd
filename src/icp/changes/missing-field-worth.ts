import { createRandom } from '../../stats/random.ts';
import { compileTable } from '../compile-table.ts';
import type { Criterion, IcpModel } from '../model.ts';
import { scoreAccount } from '../score-account.ts';
import type { FeatureValue, Layer } from '../types.ts';
import { enrichableFields } from './enrichable-fields.ts';

/** What it is worth to find out a field of one account. */
export interface FieldWorth {
  field: string;
  label: string;
  layer: Layer;
  /** By how many points the score would move, up or down, on average over what the field may turn out to be. */
  meanChange: number;
  /** How likely it is that the tier would be another. */
  tierFlip: number;
  /** The lowest and the highest score that came out. */
  lowest: number;
  highest: number;
  /** Touched accounts with a known value, by which it is told what it may turn out to be. */
  n: number;
}

export interface MissingFieldWorth {
  score: number;
  tier: 1 | 2 | 3;
  /** Fields of which nothing is known, the most worth first. */
  fields: readonly FieldWorth[];
  /** Fields of which nobody's value is known: nothing can be said about them. */
  cannotTell: readonly string[];
}

const draws = 1_000;

/**
 * Which unknown field of an account it would be worth most to find out.
 *
 * What a field may turn out to be is told by the touched accounts whose value is known: each bin comes up as often as they
 * are in it. A field that several criteria read is drawn criterion by criterion, as if they had nothing to do with each other.
 *
 * @param read the account's value of a feature, by key
 * @see https://en.wikipedia.org/wiki/Expected_value_of_perfect_information for the idea
 */
export function missingFieldWorth(
  model: IcpModel,
  read: (key: string) => FeatureValue,
  { seed }: { seed: number },
): MissingFieldWorth {
  const now = scoreAccount(model, read);
  const table = compileTable(model);
  const bins = now.hits.map(({ criterion, bin }) =>
    bin === null ? criterion.bins.length : criterion.bins.indexOf(bin),
  );
  const columns = bins.map((bin) => new Uint16Array(draws).fill(bin));
  const fields: FieldWorth[] = [];
  const cannotTell: string[] = [];
  for (const { field, label, layer, at } of enrichableFields(model)) {
    if (at.some((nth) => now.hits[nth]?.value !== null)) continue;
    const known = at.map((nth) => knownBins(model.criteria[nth]));
    const n = Math.min(...known.map(({ total }) => total));
    if (n === 0) {
      cannotTell.push(field);
      continue;
    }
    const random = createRandom(seed).fork(field);
    const drawn = [...columns];
    for (const [place, nth] of at.entries()) {
      const { places, weights } = known[place] ?? { places: [], weights: [] };
      drawn[nth] = Uint16Array.from({ length: draws }, () => random.weighted(places, weights));
    }
    const { score, tier } = table.score({ rows: draws, columns: drawn });
    const moved = score.reduce((sum, one) => sum + Math.abs(one - now.score), 0);
    const flips = tier.reduce((count, one) => count + (one === now.tier ? 0 : 1), 0);
    fields.push({
      ...{ field, label, layer, n },
      ...{ meanChange: Math.round(moved / draws) / 10, tierFlip: flips / draws },
      ...{ lowest: Math.min(...score) / 10, highest: Math.max(...score) / 10 },
    });
  }
  fields.sort((a, b) => b.tierFlip - a.tierFlip || b.meanChange - a.meanChange || (a.field < b.field ? -1 : 1));
  return { score: now.score / 10, tier: now.tier, fields, cannotTell: cannotTell.sort() };
}

/** The bins that a criterion may turn out to be in, by their place, as often as touched accounts are. */
function knownBins(criterion: Criterion | undefined): { places: number[]; weights: number[]; total: number } {
  const places: number[] = [];
  const weights: number[] = [];
  for (const [place, { match, rate }] of (criterion?.bins ?? []).entries()) {
    if (match.kind === 'unknown' || rate === null) continue;
    places.push(place);
    weights.push(rate.n);
  }
  return { places, weights, total: weights.reduce((sum, weight) => sum + weight, 0) };
}
