import type { Instant, Rate } from '../types.ts';
import type { Condition } from './condition.ts';

export type PatternKind = 'loss' | 'churn' | 'low win rate' | 'long cycle';

/** Conditions under which things go wrong more often than they should, and what usually comes of them. */
export interface Pattern {
  id: string;
  kind: PatternKind;
  name: string;
  description: string;
  conditions: readonly Condition[];
  /** Deals, customers or accounts that meet all of them and whose end is known. */
  n: number;
  /** How often it goes wrong among these (for `long cycle`: how often it takes longer than three deals in four do). */
  rate: Rate;
  overallRate: Rate;
  /** Won among these: of the deals that have closed, or of the touched accounts. */
  winRate: Rate | null;
  overallWinRate: Rate | null;
  /** Days from opening to closing. */
  cycle: { median: number; p75: number; n: number } | null;
  overallCycle: { median: number; p75: number; n: number } | null;
  /** Lost without a word, or open far beyond the usual; `null` where nothing would say so. */
  goneDark: Rate | null;
  /** Won for what share of the price first quoted, in the middle; `null` where no price is quoted. */
  priceRealised: { median: number; n: number } | null;
  /** In the later part, which was not looked at: adjusted p-value. */
  heldOut: { rate: Rate; overall: Rate; pValue: number };
  recommendation: { act: 'filter' | 'playbook'; text: string };
}

export interface PatternFindings {
  asOf: Instant;
  losses: readonly Pattern[];
  churn: readonly Pattern[];
  anti: readonly Pattern[];
  counts: { deals: number; lost: number; customers: number; churned: number; accounts: number };
  /** Per family, why nothing is claimed; `null` where something is. */
  verdicts: { losses: string | null; churn: string | null; anti: string | null };
}
