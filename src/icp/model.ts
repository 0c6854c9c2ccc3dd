import type { Condition } from './patterns/condition.ts';
import type { Suspect, TrainingSet } from './training-set.ts';
import type { FeatureType, Instant, Layer, MilliLogits, Part, Rate, Stage, Tenths } from './types.ts';

/*
 * A model: a table of integers that anybody can add up.
 */

/** Which values a bin holds. Ranges are `from <= value < to`; `null` is an open end. */
export type BinMatch =
  | { kind: 'range'; from: number | null; to: number | null }
  | { kind: 'is'; values: readonly string[] }
  | { kind: 'other' }
  | { kind: 'unknown' };

export interface ModelBin {
  match: BinMatch;
  /** A sentence about an account in this bin: `Industry is logistics`, `No outreach sequencer`. */
  label: string;
  points: Tenths;
  /** Won among the touched accounts in this bin, `null` for a bin nobody was in or points given by hand. */
  rate: Rate | null;
  /** What the bin adds to each lever's logit. */
  levers: Readonly<Record<Stage, number>>;
  /** What the bin adds to the logit of churning after use. */
  churn: MilliLogits;
}

export type Strength = 'must' | 'strong' | 'bonus';

export type CausalVerdict = 'likely drives' | 'only goes along' | 'cannot tell' | 'structural' | 'not tested';

/** A published rule: a feature's bins with their points. A value in no bin adds nothing. */
export interface Criterion {
  key: string;
  label: string;
  layer: Layer;
  part: Part;
  type: FeatureType;
  field: string;
  unit?: string;
  /** Share of the total range of points; all weights of a model sum to 1.00. */
  weight: number;
  strength: Strength;
  causal: CausalVerdict;
  bins: readonly ModelBin[];
}

export interface Lever {
  estimable: boolean;
  /** Log-odds at zero points of every criterion, calibrated. */
  intercept: number;
  /** How much of it stands on the stage before it, 0 to 1. 1: wholly borrowed. */
  borrowedShare: number;
  events: number;
  rows: number;
}

export interface Detractor {
  intercept: MilliLogits;
  /** Odds of churning after use for the average customer. */
  baseOdds: number;
  baseRate: number;
  k: number;
  /** `match` at or above this flags the account. */
  flagAt: number;
  events: number;
  rows: number;
}

export const evidenceGrades = ['A', 'B', 'C', 'D'] as const;

export type EvidenceGrade = (typeof evidenceGrades)[number];

/** How far a model may be trusted. `hypothesis`: points by hand, nothing learnt yet. */
export type Standing = 'full' | 'provisional' | 'hypothesis';

/** What the published table reached on accounts it was not fitted on, later in time. */
export interface OutOfTime {
  from: Instant | null;
  n: number;
  events: number;
  logLoss: number;
  baseLogLoss: number;
  /** base minus model; clear of zero when `low > 0`. */
  gain: Rate;
  auc: Rate;
  topDecileLift: number;
  calibrationSlope: number;
  expectedCalibrationError: number;
}

/** A named set of conditions that an account may meet. */
export interface ModelRule {
  id: string;
  name: string;
  conditions: readonly Condition[];
}

export interface IcpModel {
  book: string;
  kind: 'learned' | 'points';
  standing: Standing;
  asOf: Instant;
  seed: number;
  base: Tenths;
  criteria: readonly Criterion[];
  /** Flags made of several: present when at least so many of `of` are. Only written models have them. */
  derived?: readonly { key: string; of: readonly string[]; atLeast: number }[];
  /** Kinds of company that buy readily, the first that holds names the account's segment. */
  segments?: readonly ModelRule[];
  /** Profiles that are hardly ever worth the while: an account that matches shows a red flag. */
  antiPatterns?: readonly (ModelRule & { winRate: Rate | null })[];
  /** Most that a layer may add, where a model has caps (the cold-start template does). */
  layerCaps: Readonly<Record<Layer, Tenths>> | null;
  /** Tier 1 above `primary`, tier 3 below `nurture`. */
  cuts: { primary: number; nurture: number };
  stageValues: Readonly<Record<Stage, number>>;
  levers: Readonly<Record<Stage, Lever>>;
  detractor: Detractor | null;
  counts: TrainingSet['counts'];
  historyDays: number | null;
  outOfTime: OutOfTime | null;
  suspects: readonly Suspect[];
  warnings: readonly string[];
}
