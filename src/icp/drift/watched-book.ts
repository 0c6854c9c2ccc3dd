import type { Instant } from '../types.ts';

/** Accounts that are watched together. */
export interface WatchedGroup {
  id: string;
  /** In words: `Industry is logistics`, `Tier 1`, the name of a segment. */
  label: string;
  kind: 'all' | 'tier' | 'segment' | 'criterion';
  /** Keys of the criteria that it stands on; a segment or a tier stands on several, and names none. */
  criteria: readonly string[];
  /** Share of tier 1 that belongs to it; `null` where nobody is in tier 1. */
  tierOneShare: number | null;
}

export interface WatchedDeal {
  closedAt: Instant;
  won: boolean;
  /** What a table learnt before the watch gives, as log-odds of winning. */
  logOdds: number;
  /** Places in `groups`. */
  groups: readonly number[];
}

export interface WatchedTenure {
  startedAt: Instant;
  /** When it left after use; `null` while it stays, and for whom the watch only lost sight of. */
  leftAt: Instant | null;
  /** Until when it could have been seen leaving. */
  seenUntil: Instant;
  groups: readonly number[];
}

/** A criterion's bins among accounts by when they were first touched. */
export interface WatchedTrait {
  key: string;
  label: string;
  bins: readonly string[];
  /** Accounts by bin, for every thirteen weeks; the first four lie before the watch. */
  quarters: readonly (readonly number[])[];
}

/** What drift is looked for in: deals, customers and traits, with the groups that they belong to. */
export interface WatchedBook {
  seed: number;
  /** Start of the watch; what is earlier is the reference. */
  since: Instant;
  until: Instant;
  /** `all` is the first. */
  groups: readonly WatchedGroup[];
  /** In order of their close. */
  deals: readonly WatchedDeal[];
  customers: readonly WatchedTenure[];
  traits: readonly WatchedTrait[];
}

/** Features are compared by quarters of thirteen weeks, each with the four before it. */
export const quarterWeeks = 13;
export const quartersBefore = 4;

export const weekMs = 7 * 86_400_000;

/** Whole weeks that the watch has lasted. */
export function watchedWeeks({ since, until }: Pick<WatchedBook, 'since' | 'until'>): number {
  return Math.max(0, Math.floor((until - since) / weekMs));
}

/** The week of an instant: 0 is the first of the watch, and whatever was earlier is -1. */
export function weekOf(at: Instant, since: Instant): number {
  return Math.max(-1, Math.floor((at - since) / weekMs));
}
