import type { WatchedGroup } from './watched-book.ts';

/**
 * Share of two-year watches that may give any alarm by chance, and what each family of monitors spends of it.
 *
 * Not all of it is spent: the lines are simulated, forecasts are not perfect, and the promise is "at most".
 */
export const falseAlarmBudget = { all: 0.05, rates: 0.02, churn: 0.006, features: 0.004 } as const;

export const budgetWeeks = 104;

/** How a family splits its budget over kinds of groups. What a company sells to by name gets the most. */
const byKind: Readonly<Record<WatchedGroup['kind'] | 'slope', number>> = {
  segment: 0.4,
  criterion: 0.35,
  tier: 0.12,
  all: 0.08,
  slope: 0.05,
};

/**
 * Head starts of monitors: the log of how many times the average share of the budget each of them has.
 *
 * A kind's share is split evenly among its monitors; what an absent kind would have goes to the others.
 */
export function headStarts(kinds: readonly (WatchedGroup['kind'] | 'slope')[]): number[] {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const total = [...new Set(kinds)].reduce((sum, kind) => sum + byKind[kind], 0);
  return kinds.map((kind) => Math.log((byKind[kind] / total / counts.get(kind)!) * kinds.length));
}

/** What a family may spend in so many weeks: its share for two years, in proportion. */
export function spendable(share: number, weeks: number): number {
  return share * (weeks / budgetWeeks);
}
