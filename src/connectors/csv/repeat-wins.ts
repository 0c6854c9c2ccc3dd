import type { RecordOf } from '../../icp/records.ts';
import type { Instant } from '../../icp/types.ts';

/** The first won opportunity of every account. */
export type FirstWins = ReadonlyMap<string, { id: string; closedAt: Instant }>;

/** Finds the first win of every account: the earliest close, of equal ones the first in the file. */
export async function findFirstWins(opportunities: AsyncIterable<RecordOf<'opportunity'>>): Promise<FirstWins> {
  const first = new Map<string, { id: string; closedAt: Instant }>();
  for await (const { id, accountId, closedAt, outcome } of opportunities) {
    if (outcome !== 'won' || accountId === null || closedAt === null) continue;
    const known = first.get(accountId);
    if (known === undefined || closedAt < known.closedAt) first.set(accountId, { id, closedAt });
  }
  return first;
}

/**
 * What kind of deal an opportunity is where the source does not say: the first win makes the customer, whatever is won
 * after it, or was begun after it, is an expansion.
 */
export function typeByWins(opportunity: RecordOf<'opportunity'>, firstWins: FirstWins): 'new' | 'expansion' {
  const first = opportunity.accountId === null ? undefined : firstWins.get(opportunity.accountId);
  if (first === undefined || first.id === opportunity.id) return 'new';
  if (opportunity.outcome === 'won') return 'expansion';
  return opportunity.createdAt !== null && opportunity.createdAt > first.closedAt ? 'expansion' : 'new';
}
