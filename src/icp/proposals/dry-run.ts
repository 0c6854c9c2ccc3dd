import type { ScoreSupport } from '../score-support.ts';
import type { Rate } from '../types.ts';

export type Tier = 1 | 2 | 3;

/** An account that would change its tier. */
export interface MovedAccount {
  id: string;
  name: string;
  ownerEmail: string | null;
  from: Tier;
  to: Tier;
  before: number;
  /** What stands behind the score of today, where it is low evidence; absent is enough, or what was not looked at. */
  support?: ScoreSupport;
  after: number;
}

/** How well tier 1 would have sorted accounts that were first met lately: how many of them it holds, and how many of those were won. */
export interface ReachAndPrecision {
  /** Share of the accounts that tier 1 holds. */
  reach: Rate | null;
  /** Won, of those in tier 1. */
  precision: Rate | null;
}

/**
 * What a change would do, worked out by scoring every account with and without it.
 *
 * Really applying it and scoring as of the same day on the same data gives the same numbers.
 */
export interface DryRun {
  asOf: string;
  importId: number;
  accounts: number;
  /** Accounts that change their tier, by from and to; pairs that nobody takes are left out. */
  moves: readonly { from: Tier; to: Tier; accounts: number }[];
  byOwner: readonly { owner: string | null; up: number; down: number }[];
  byRegion: readonly { region: string | null; up: number; down: number }[];
  /** The ten whose score moves furthest, of those that change their tier. */
  up: readonly MovedAccount[];
  down: readonly MovedAccount[];
  /** Open deals of the accounts that move. */
  pipeline: { up: { accounts: number; amount: number }; down: { accounts: number; amount: number } };
  /** Accounts that are no customers, tier by tier. */
  tam: readonly { tier: Tier; before: number; after: number; shareBefore: number; shareAfter: number }[];
  /** What tier 1 may hold of them without an alarm; `shrink` is the share that it may lose at once, a quarter when absent. */
  band: { low: number; high: number; most: number; shrink?: number };
  /** Said aloud where tier 1 would leave its band, or leaves it by this change. */
  alarms: readonly string[];
  /**
   * On accounts that were first met between one and three years ago, scored as of the day before: what tier 1 would have held,
   * and how much of that was won within a year. The table may have learnt from them.
   */
  tested: {
    accounts: number;
    won: number;
    before: ReachAndPrecision;
    after: ReachAndPrecision;
    /** Won, of the best so many: where a list of that length would stand. */
    curve: readonly { share: number; before: number; after: number }[];
  };
  /** Fields of the CRM that would read otherwise, and of how many accounts. */
  writes: { accounts: number; fields: Readonly<Record<string, number>> };
}
