import type { BinMatch, Criterion, Detractor, IcpModel, ModelBin } from './model.ts';
import type { FeatureValue, Layer, MilliLogits, Stage, Tenths } from './types.ts';
import { layers, stages } from './types.ts';

/** A score with everything that made it, in whole tenths and thousandths: nothing is rounded after this. */
export interface Scored {
  /** One entry a criterion of the model; `bin` is `null` when the value is in none and adds nothing. */
  hits: readonly { criterion: Criterion; value: FeatureValue; bin: ModelBin | null }[];
  /** What the clamp to 0..100, and the caps of the layers where the model has them, took or gave. */
  clamp: Tenths;
  positive: Tenths;
  /** What each layer gave: the sum of its points, held down to its cap where the model has caps. */
  layers: Readonly<Record<Layer, Tenths>>;
  /** Probability of churning after use; `null` where the model cannot estimate it. */
  churn: number | null;
  /** Detractor match in thousandths. */
  match: number;
  flagged: boolean;
  /** Thousandths. */
  multiplier: number;
  score: Tenths;
  tier: 1 | 2 | 3;
  tierRule: string | null;
  levers: Readonly<Record<Stage, number | null>>;
}

export const mostPoints: Tenths = 1000;

/**
 * The score of one account: its values looked up in the model's table, added up, and multiplied by the detractor.
 *
 * `base + points + clamp = positive`, `score = positive x multiplier` rounded half up to one decimal, and the tier reads
 * that score. A flagged account is at most tier 2, by a rule that is said and does not touch the score.
 *
 * @param read the account's value of a feature, by key; `null` is unknown
 */
export function scoreAccount(model: IcpModel, read: (key: string) => FeatureValue): Scored {
  const hits = model.criteria.map((criterion) => {
    const value = readDerived(model, criterion.key, read);
    return { criterion, value, bin: findBin(criterion, value) };
  });

  const sums: Record<Layer, Tenths> = { firmographic: 0, technographic: 0, behavioural: 0, pain: 0 };
  let points = 0;
  let churnLogit: MilliLogits = model.detractor?.intercept ?? 0;
  const logits = Object.fromEntries(stages.map((stage) => [stage, model.levers[stage].intercept]));
  for (const { criterion, bin } of hits) {
    if (bin === null) continue;
    points += bin.points;
    sums[criterion.layer] += bin.points;
    churnLogit += bin.churn;
    for (const stage of stages) logits[stage] = (logits[stage] ?? 0) + bin.levers[stage];
  }

  const byLayer = capLayers(model, sums);
  const given = layers.reduce((sum, layer) => sum + byLayer[layer], 0);
  const positive = Math.min(mostPoints, Math.max(0, model.base + given));
  const { churn, match } = detractorMatch(model, churnLogit);
  const multiplier = Math.round(1000 - (model.detractor?.k ?? 0) * match);
  const score = Math.floor((positive * multiplier) / 1000 + 0.5);
  const flagged = model.detractor !== null && match >= Math.round(model.detractor.flagAt * 1000);
  const tier = tierOf(model, score, flagged);
  const heldBack = flagged && tier !== tierOf(model, score, false);
  return {
    hits,
    clamp: positive - model.base - points,
    positive,
    layers: byLayer,
    churn,
    match,
    flagged,
    multiplier,
    score,
    tier,
    tierRule: heldBack ? 'flagged as a detractor match: tier 2 at most' : null,
    levers: {
      accepted: leverOf(model, 'accepted', logits),
      qualified: leverOf(model, 'qualified', logits),
      won: leverOf(model, 'won', logits),
      expanded: leverOf(model, 'expanded', logits),
    },
  };
}

/** A flag made of several is present when enough of them are, absent when enough cannot be, and else unknown. */
export function readDerived(model: IcpModel, key: string, read: (key: string) => FeatureValue): FeatureValue {
  const derived = model.derived?.find((candidate) => candidate.key === key);
  if (derived === undefined) return read(key);
  const values = derived.of.map(read);
  const present = values.filter((value) => value === 'present').length;
  const unknown = values.filter((value) => value === null).length;
  if (present >= derived.atLeast) return 'present';
  return present + unknown < derived.atLeast ? 'absent' : null;
}

/** The bin of a criterion that holds a value, or `null`: an unseen level without an `other` bin adds nothing. */
export function findBin(criterion: Criterion, value: FeatureValue): ModelBin | null {
  let other: ModelBin | null = null;
  for (const bin of criterion.bins) {
    if (holds(bin.match, value)) return bin;
    if (bin.match.kind === 'other' && value !== null) other = bin;
  }
  return other;
}

function holds(match: BinMatch, value: FeatureValue): boolean {
  switch (match.kind) {
    case 'unknown':
      return value === null;
    case 'is':
      return typeof value === 'string' && match.values.includes(value);
    case 'range':
      return (
        typeof value === 'number' &&
        (match.from === null || value >= match.from) &&
        (match.to === null || value < match.to)
      );
    case 'other':
      return false;
  }
}

function capLayers({ layerCaps }: IcpModel, sums: Readonly<Record<Layer, Tenths>>): Readonly<Record<Layer, Tenths>> {
  if (layerCaps === null) return sums;
  return {
    firmographic: Math.min(sums.firmographic, layerCaps.firmographic),
    technographic: Math.min(sums.technographic, layerCaps.technographic),
    behavioural: Math.min(sums.behavioural, layerCaps.behavioural),
    pain: Math.min(sums.pain, layerCaps.pain),
  };
}

/** How much more churn-like than the average customer: 0 for no more, towards 1 for like nothing else. Thousandths. */
function detractorMatch(model: IcpModel, logit: MilliLogits): { churn: number | null; match: number } {
  if (model.detractor === null) return { churn: null, match: 0 };
  const odds = Math.exp(logit / 1000);
  return { churn: odds / (1 + odds), match: matchOf(model.detractor, odds) };
}

/** Detractor match at such odds of churning after use, in thousandths. */
export function matchOf({ baseOdds }: Detractor, odds: number): number {
  return Math.max(0, Math.round((1000 * (odds - baseOdds)) / (odds + baseOdds)));
}

/** The tier of a score: a flagged account is at most in tier 2. */
export function tierOf({ cuts: { primary, nurture } }: IcpModel, score: Tenths, flagged: boolean): 1 | 2 | 3 {
  if (score > primary * 10) return flagged ? 2 : 1;
  return score >= nurture * 10 ? 2 : 3;
}

function leverOf(model: IcpModel, stage: Stage, logits: Readonly<Record<string, number>>): number | null {
  if (!model.levers[stage].estimable) return null;
  return 1 / (1 + Math.exp(-(logits[stage] ?? 0)));
}
