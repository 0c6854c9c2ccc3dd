import type { FeatureTable, Instant, Stage, TimeKind } from './types.ts';

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
