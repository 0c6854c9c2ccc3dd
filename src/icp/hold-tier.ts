import type { Tenths } from './types.ts';

/** The tier that others are told of an account, and where its score leans meanwhile. */
export interface HeldTier {
  tier: 1 | 2 | 3;
  /** The tier that the score has had in the last `runs` runs; the same as `tier`, and 0, at rest. */
  leaning: 1 | 2 | 3;
  runs: number;
}

/** So far past a cut, in tenths of a point, a tier follows at once. */
const clearBy: Tenths = 20;
/** Nearer than that it follows when it has held for so many runs. */
const enoughRuns = 2;

/**
 * Whether the tier that others are told follows the score: at once when the score is two points past the cut, or when it has
 * had the new tier for two runs. A score that wavers about a cut would otherwise flicker in the CRM.
 *
 * @param before what was told; `null` for an account that is scored for the first time, whose tier is told as it is
 * @param now the score in tenths and the tier that it reads
 * @param cuts of the model in force, in points
 * @example holdTier({ tier: 2, leaning: 2, runs: 0 }, { score: 705, tier: 1 }, { primary: 70, nurture: 40 }); // => { tier: 2, leaning: 1, runs: 1 }
 * @example holdTier({ tier: 2, leaning: 1, runs: 1 }, { score: 705, tier: 1 }, { primary: 70, nurture: 40 }); // => { tier: 1, leaning: 1, runs: 0 }
 */
export function holdTier(
  before: HeldTier | null,
  now: { score: Tenths; tier: 1 | 2 | 3 },
  cuts: { primary: number; nurture: number },
): HeldTier {
  if (before === null || before.tier === now.tier) return { tier: now.tier, leaning: now.tier, runs: 0 };
  const runs = before.leaning === now.tier ? before.runs + 1 : 1;
  const isClear = pastCut(before.tier, now, cuts) >= clearBy;
  return isClear || runs >= enoughRuns
    ? { tier: now.tier, leaning: now.tier, runs: 0 }
    : { tier: before.tier, leaning: now.tier, runs };
}

/** How far the score is past the last cut between the two tiers. A tier that a rule gave, whatever the score, is past any. */
function pastCut(
  before: 1 | 2 | 3,
  { score, tier }: { score: Tenths; tier: 1 | 2 | 3 },
  { primary, nurture }: { primary: number; nurture: number },
): Tenths {
  const up = tier < before;
  const cut = 10 * (up ? (tier === 1 ? primary : nurture) : tier === 2 ? primary : nurture);
  const past = up ? score - cut : cut - score;
  return past < 0 ? Number.POSITIVE_INFINITY : past;
}
