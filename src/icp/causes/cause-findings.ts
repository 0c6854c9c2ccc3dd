import type { CausalVerdict } from '../model.ts';
import type { Instant, Layer, Rate } from '../types.ts';

/** A verdict is on one of these: that customers expand, or that touched accounts are won. */
export const causeOutcomes = ['expansion', 'winning'] as const;
export type CauseOutcome = (typeof causeOutcomes)[number];

/** Why a verdict is what it is. */
export const causeReasons = [
  'holds up',
  'explained by the rest',
  'no clear difference',
  'only after adjusting',
  'interval too wide',
  'too few',
  'no overlap',
  'depends on the order',
  'fails a check',
  'weak against hidden factors',
  'cannot be fitted',
  'nobody can change it',
  'sign of a purchase under way',
  'not recorded',
] as const;
export type CauseReason = (typeof causeReasons)[number];

/** A difference of two shares with its 95 % interval and how surprising it would be if there were none. */
export interface Difference {
  v: number;
  low: number;
  high: number;
  /** Accounts that it was read off. */
  n: number;
  /** Benjamini-Hochberg q-value over everything judged on the same outcome. */
  q: number;
}

export const refutationNames = [
  'placebo outcome',
  'placebo treatment',
  'random common cause',
  'subsets',
  'recorded only',
] as const;
export type RefutationName = (typeof refutationNames)[number];

export interface Refutation {
  name: RefutationName;
  passed: boolean;
  /** What the check found, as a share, and its interval where it has one; `null` where it could not be made. */
  v: number | null;
  low: number | null;
  high: number | null;
  /** The field that the check is about, where it is about one. */
  about: string | null;
}

export interface Sensitivity {
  /** Rate with over rate without, all else equal. */
  ratio: number;
  eValue: number;
  /** The same for the end of the interval nearest to no effect; 1 where the interval includes none. */
  eValueOfLimit: number;
  /** What was adjusted for that could by itself explain most of a ratio, and how much of one. */
  strongestRecorded: { label: string; ratio: number } | null;
}

/** What was found of one criterion and one outcome. */
export interface Cause {
  outcome: CauseOutcome;
  verdict: CausalVerdict;
  reason: CauseReason;
  /** Which accounts were compared with which; `null` where nothing was. */
  contrast: { with: string; without: string } | null;
  /** Accounts on both sides, and those of which nobody knows. */
  counts: { with: number; without: number; unknown: number };
  rates: { with: Rate; without: Rate } | null;
  raw: Difference | null;
  /** Everything recorded of earlier layers and alongside held equal. */
  adjusted: Difference | null;
  /** Only what comes before it held equal; looked at where the adjusted difference is clear. */
  earlierOnly: Omit<Difference, 'q'> | null;
  /** Share of accounts that have counterparts, and how many plain comparisons the thinner side is worth. */
  overlap: { kept: number; low: number; high: number; effective: number } | null;
  sensitivity: Sensitivity | null;
  /** Only those that came as far as this were put to them. */
  refutations: readonly Refutation[];
  /** Labels of what was held equal. */
  heldEqual: readonly string[];
}

/** One field or criterion, and the verdict that a person sees. */
export interface JudgedCause {
  key: string;
  label: string;
  field: string;
  layer: Layer;
  /** Whether the model gives points for it. */
  inModel: boolean;
  verdict: CausalVerdict;
  /** The outcome that the verdict stands on. */
  standsOn: CauseOutcome | null;
  expansion: Cause;
  winning: Cause;
}

/** Who a verdict is about. */
export interface CausePopulation {
  accounts: number;
  /** Share of them with the outcome. */
  rate: Rate | null;
  /** Accounts that were read: all with the outcome and a sample of the others, each counted for those it stands for. */
  read: number;
}

export interface CauseFindings {
  asOf: Instant;
  seed: number;
  expansion: CausePopulation;
  winning: CausePopulation;
  judged: readonly JudgedCause[];
}
