/**
 * The nouns of the house, as types. `README.md` beside this file has the same words in prose.
 *
 * Everything here is plain, JSON-safe data: a model can be stored, compared, shown and replayed next year. Absent is
 * `undefined`, unknown is `null`.
 */

/** Milliseconds since 1970, UTC. Pure code knows no other clock. */
export type Instant = number;

/** A whole number of tenths of a point: 83 is 8.3 points. Sums of these are exact. */
export type Tenths = number;

/** A whole number of thousandths of a logit. Sums of these are exact. */
export type MilliLogits = number;

export const layers = ['firmographic', 'technographic', 'behavioural', 'pain'] as const;
/** Firmographic and technographic say whether it is the right kind of company; behavioural and pain, whether it is moving. */
export type Layer = (typeof layers)[number];

export const outcomeKinds = ['accepted', 'rejected', 'qualified', 'won', 'lost', 'expanded', 'churned'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

export const stages = ['accepted', 'qualified', 'won', 'expanded'] as const;
/** What a lever predicts: the stages that an account may reach, in the order of their worth. */
export type Stage = (typeof stages)[number];

/** How a book's source tells time: by date, or only by the order of its rows (then no date of it is ever shown). */
export type TimeKind = 'dates' | 'order';

export const roles = ['rep', 'leader', 'revops', 'cs', 'admin'] as const;
export type Role = (typeof roles)[number];

export interface Person {
  email: string;
  slackId: string | null;
  name: string;
  role: Role;
}

/** Why only one of fit and timing: fit is learnt at an account's first touch, timing at monthly landmarks. */
export type Part = 'fit' | 'timing';

export type FeatureType = 'number' | 'category' | 'flag';

/** A value as a source holds it. `null` is asked and left blank; a list is a set of names (technologies). */
export type FieldValue = string | number | boolean | null | readonly string[];

/** A model input: a number, a category's level, `'present'` or `'absent'` for a flag; `null` is unknown. */
export type FeatureValue = number | string | null;

export interface Feature {
  /** Stable name in tables and exports, e.g. `industry`, `tech_hubspot`, `growth_velocity`. */
  key: string;
  /** In words, e.g. `Industry`, `Uses HubSpot`, `Headcount growth in a year`. */
  label: string;
  layer: Layer;
  part: Part;
  type: FeatureType;
  /** The field that it is read or derived from, e.g. `technologies`. */
  field: string;
  /** Levels of a category, most frequent first; a level that is not here is `other`. Absent for other types. */
  levels?: readonly string[];
  /** For numbers: how a value is written, e.g. `employees`, `%`, `days`. */
  unit?: string;
}

/** Rows of features, column by column: `columns[f][row]` belongs to `features[f]` and `accountIds[row]`. */
export interface FeatureTable {
  features: readonly Feature[];
  accountIds: readonly string[];
  columns: readonly (readonly FeatureValue[])[];
}

/** A rate never travels without its support: `v` successes in `n`, with a 95 % interval. */
export interface Rate {
  v: number;
  low: number;
  high: number;
  n: number;
}

// ---------------------------------------------------------------------------------------------------------------
// The history of an account: what happened, dated, from where. Features are read off it as of an instant.

/** Values that one source gave for one account at one time. `observedAt` is `null` where the source has no date. */
export interface Observation {
  values: Readonly<Record<string, FieldValue>>;
  observedAt: Instant | null;
  source: string;
}

export interface Outcome {
  kind: OutcomeKind;
  occurredAt: Instant;
  source: string;
  reason: string | null;
}

export interface Lead {
  id: string;
  createdAt: Instant | null;
  source: string | null;
  status: 'open' | 'accepted' | 'rejected';
  decidedAt: Instant | null;
  rejectReason: string | null;
  ownerEmail: string | null;
}

export interface Opportunity {
  id: string;
  createdAt: Instant | null;
  closedAt: Instant | null;
  outcome: 'open' | 'won' | 'lost';
  amount: number | null;
  type: 'new' | 'expansion' | 'renewal';
  closeDate: Instant | null;
  budgetConfirmed: boolean | null;
  nextStep: string | null;
  lossReason: string | null;
  source: string | null;
  stakeholders: number | null;
  /** Any further column of the source, e.g. products. */
  more: Readonly<Record<string, FieldValue>>;
}

export interface Customer {
  startedAt: Instant;
  endedAt: Instant | null;
  churnReason: string | null;
  arr: number | null;
  renewalOn: Instant | null;
  csOwnerEmail: string | null;
}

export interface Signal {
  kind: string;
  observedAt: Instant;
  value: number | null;
  source: string;
  text: string | null;
}

export interface Usage {
  periodStart: Instant;
  metric: string;
  value: number;
}

export interface Contact {
  id: string;
  email: string | null;
  title: string | null;
  seniority: string | null;
}

export interface AccountHistory {
  book: string;
  id: string;
  name: string;
  domain: string | null;
  ownerEmail: string | null;
  observations: readonly Observation[];
  outcomes: readonly Outcome[];
  leads: readonly Lead[];
  opportunities: readonly Opportunity[];
  customers: readonly Customer[];
  signals: readonly Signal[];
  usage: readonly Usage[];
  contacts: readonly Contact[];
}

// ---------------------------------------------------------------------------------------------------------------
// What a model is fitted on.

/** How long after the first touch each stage may take, in days (30, 90, 365, 730 by default). */
export type Horizons = Record<Stage, number>;

export interface TrainingSet {
  book: string;
  asOf: Instant;
  timeKind: TimeKind;
  /** What a row of `fit` is: an account when absent, or a closed deal where nearly every account was won sooner or later. */
  unit?: 'deals';
  /** Every touched account once, as of the day before its first touch, in order of touch. Fit features only. */
  fit: {
    table: FeatureTable;
    touchedAt: readonly Instant[];
    /** 1 reached within the horizon, 0 not, `null` too young to tell (left out, never a negative). */
    reached: Readonly<Record<Stage, readonly (0 | 1 | null)[]>>;
    /** Customers: 1 churned after use, 0 not; `null` for accounts that are no customers or are too young. */
    churned: readonly (0 | 1 | null)[];
  };
  /** The same accounts at monthly landmarks before they were won; timing features only. */
  timing: {
    table: FeatureTable;
    /** Row of `fit` that each landmark belongs to. */
    fitRow: readonly number[];
    landmarkAt: readonly Instant[];
    /** 1 where the account was won within 90 days of the landmark. */
    won: readonly (0 | 1)[];
  };
  /** Accounts that are not customers, as of `asOf`: fit and timing features together. Points mean "against these". */
  reference: FeatureTable;
  counts: {
    accounts: number;
    touched: number;
    won: number;
    lost: number;
    churnedAfterUse: number;
    expanded: number;
  };
  /** Days between the first and the last outcome; `null` where the source has no dates. */
  historyDays: number | null;
  /** Columns set aside before any fit, by name. */
  suspects: readonly Suspect[];
}

/** A column that is not used because it looks as if the outcome wrote it. A person may allow it. */
export interface Suspect {
  field: string;
  /** In words: `predicts winning with AUC 0.99 on its own, and has no date`. */
  reason: string;
}

// ---------------------------------------------------------------------------------------------------------------
// A model: a table of integers that anybody can add up.

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
