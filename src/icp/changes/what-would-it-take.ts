import type { IcpModel } from '../model.ts';
import { type Scored, scoreAccount } from '../score-account.ts';
import type { FeatureValue } from '../types.ts';
import type { Changeable } from './changeable.ts';
import { type FactMove, factMoves } from './fact-moves.ts';

/** What would lift an account to a tier. */
export interface WhatWouldItTake {
  tier: 1 | 2 | 3;
  score: number;
  wanted: 1 | 2;
  /** Empty where it is there already, `null` where nothing that can be changed is enough. */
  changes: readonly FactMove[] | null;
  /** The score and tier with the changes made; where none are enough, with everything changed that helps. */
  reached: { score: number; tier: 1 | 2 | 3 };
  /** How many facts could be changed for the better. */
  changeable: number;
  /** Whether every smaller set was tried. If not, the set is a small one, and there may be a smaller. */
  smallest: boolean;
}

/** Sets that are scored before the search takes a short cut: a tenth of a second or so. */
const mostTries = 5_000;

type Read = (key: string) => FeatureValue;

/**
 * The smallest set of changeable facts that lifts an account to a tier.
 *
 * Tries one change, then two, then three and so on; of the smallest sets that are enough it takes the one that scores
 * highest. Every set is scored in full, so caps and the detractor count, and making the changes really brings the tier.
 *
 * @param read the account's value of a feature, by key
 * @param isChangeable facts that nobody can change, such as the industry or what has happened already, are left alone
 */
export function whatWouldItTake(model: IcpModel, read: Read, wanted: 1 | 2, isChangeable: Changeable): WhatWouldItTake {
  const now = scoreAccount(model, read);
  const groups = factMoves(model, now, isChangeable);
  const after = (set: readonly FactMove[]) => scoreAccount(model, withMoves(read, set));
  const standing = { tier: now.tier, score: now.score / 10, wanted, changeable: groups.length };
  if (now.tier <= wanted) return { ...standing, changes: [], reached: sideOf(now), smallest: true };

  const climbed = climb(groups, after);
  const nothing = { ...standing, changes: null, reached: sideOf(after(climbed)) };
  if (!isWithinReach(model, groups, after, wanted)) return { ...nothing, smallest: true };

  let tries = 0;
  for (let size = 1; size <= groups.length; size += 1) {
    let best: { set: readonly FactMove[]; scored: Scored } | null = null;
    for (const set of setsOf(groups, size, 0)) {
      tries += 1;
      if (tries > mostTries) break;
      const scored = after(set);
      if (scored.tier <= wanted && (best === null || scored.score > best.scored.score)) best = { set, scored };
    }
    const smallest = tries <= mostTries;
    if (best !== null) return { ...standing, changes: best.set, reached: sideOf(best.scored), smallest };
    if (!smallest) break;
  }
  const enough = shortest(climbed, after, wanted);
  return enough === null
    ? { ...nothing, smallest: tries <= mostTries }
    : { ...standing, changes: enough, reached: sideOf(after(enough)), smallest: false };
}

/** The account with some facts changed, for reading. */
export function withMoves(read: Read, set: readonly FactMove[]): Read {
  const values = new Map(set.flatMap((move) => Object.entries(move.values)));
  return (key) => (values.has(key) ? (values.get(key) ?? null) : read(key));
}

/** Whether the tier could be reached if the best points and the least likeness to who left came together. */
function isWithinReach(
  model: IcpModel,
  groups: readonly (readonly FactMove[])[],
  after: (set: readonly FactMove[]) => Scored,
  wanted: 1 | 2,
): boolean {
  const bestOf = (better: (a: FactMove, b: FactMove) => boolean, helps: (move: FactMove) => boolean) =>
    groups.map((moves) => moves.reduce((best, move) => (better(move, best) ? move : best))).filter(helps);
  const richest = after(
    bestOf(
      (a, b) => a.points > b.points,
      ({ points }) => points > 0,
    ),
  );
  const safest = after(
    bestOf(
      (a, b) => a.churn < b.churn,
      ({ churn }) => churn < 0,
    ),
  );
  const most = Math.floor((richest.positive * safest.multiplier) / 1000 + 0.5);
  if (wanted === 1) return most > model.cuts.primary * 10 && !safest.flagged;
  return most >= model.cuts.nurture * 10;
}

/** Every change that still helps, the one that helps most first. */
function climb(groups: readonly (readonly FactMove[])[], after: (set: readonly FactMove[]) => Scored): FactMove[] {
  const set: FactMove[] = [];
  const left = new Set(groups);
  for (;;) {
    const here = after(set);
    let best: { group: readonly FactMove[]; move: FactMove; score: number } | null = null;
    for (const group of left) {
      for (const move of group) {
        const { score, tier } = after([...set, move]);
        const helps = score > (best?.score ?? here.score) || (best === null && tier < here.tier);
        if (helps) best = { group, move, score };
      }
    }
    if (best === null) return set;
    set.push(best.move);
    left.delete(best.group);
  }
}

/** The shortest start of a climb that is enough. */
function shortest(
  climbed: readonly FactMove[],
  after: (set: readonly FactMove[]) => Scored,
  wanted: 1 | 2,
): readonly FactMove[] | null {
  for (let size = 1; size <= climbed.length; size += 1) {
    const set = climbed.slice(0, size);
    if (after(set).tier <= wanted) return set;
  }
  return null;
}

/** Every choice of so many criteria, with every choice of a change of each. */
function* setsOf(groups: readonly (readonly FactMove[])[], size: number, from: number): Generator<readonly FactMove[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let nth = from; nth <= groups.length - size; nth += 1)
    for (const move of groups[nth] ?? []) for (const rest of setsOf(groups, size - 1, nth + 1)) yield [move, ...rest];
}

function sideOf({ score, tier }: Scored): { score: number; tier: 1 | 2 | 3 } {
  return { score: score / 10, tier };
}
