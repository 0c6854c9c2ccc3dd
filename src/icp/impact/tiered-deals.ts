import type { AnalysisSet } from '../analysis-set.ts';
import { daysBetween } from '../features/calendar.ts';
import type { Instant } from '../types.ts';
import type { LaterForecasts } from './later-forecasts.ts';

/** A deal for new business, with the tier that its account had the day before anybody spoke to it. */
export interface TieredDeal {
  accountId: string;
  tier: 1 | 2 | 3;
  outcome: 'won' | 'lost' | 'open';
  amount: number | null;
  openedAt: Instant | null;
  cycleDays: number | null;
}

/** New-business deals of all accounts that were forecast, lost and open ones among them. */
export function tieredDeals(set: AnalysisSet, forecasts: LaterForecasts): TieredDeal[] {
  const tiers = tierOfAccounts(set, forecasts);
  return set.accounts.flatMap(({ id, deals }) => {
    const tier = tiers.get(id);
    if (tier === undefined) return [];
    return deals
      .filter(({ type }) => type === 'new')
      .map(({ outcome, amount, createdAt, closedAt }): TieredDeal => {
        const isDated = set.training.timeKind === 'dates' && createdAt !== null;
        const cycleDays = isDated && outcome !== 'open' && closedAt !== null ? daysBetween(createdAt, closedAt) : null;
        return { accountId: id, tier, outcome, amount, openedAt: isDated ? createdAt : null, cycleDays };
      });
  });
}

/** The tier of every account that was forecast, as of the day before its first touch. */
export function tierOfAccounts({ training }: AnalysisSet, { rows, tier }: LaterForecasts): Map<string, 1 | 2 | 3> {
  return new Map(
    [...rows].map((row, at) => [training.fit.table.accountIds[row]!, tier[at] === 1 ? 1 : tier[at] === 2 ? 2 : 3]),
  );
}
