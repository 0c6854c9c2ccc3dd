import type { FeatureCatalogue } from './features/feature-rule.ts';
import { createFeatureReader } from './features/read-features.ts';
import type { AccountHistory } from './history.ts';
import type { FeatureValue, Instant } from './types.ts';

/** A closed deal as a row to learn from: the account as it was before the deal was opened, and how the deal ended. */
export interface DealRow {
  id: string;
  at: Instant;
  values: readonly FeatureValue[];
  won: 0 | 1;
}

/**
 * Collects deals for the book in which accounts cannot be told apart by winning, because nearly every one of them was won
 * sooner or later: a reseller's customers order again and again, and lose as often. There the deal is what is won or lost.
 *
 * @param before how long before its opening a deal's account is read, in milliseconds
 */
export function createDealRows(catalogue: FeatureCatalogue, asOf: Instant, before: number) {
  const reader = createFeatureReader(catalogue);
  const rows: DealRow[] = [];
  const counts = { won: 0, lost: 0 };
  return {
    counts: counts as Readonly<typeof counts>,
    add(history: AccountHistory): void {
      for (const { createdAt, closedAt, outcome } of history.opportunities) {
        const at = createdAt ?? closedAt;
        if (outcome === 'open' || at === null || (closedAt ?? at) > asOf) continue;
        counts[outcome] += 1;
        rows.push({
          id: history.id,
          at,
          values: reader.values(history, at - before, 'fit'),
          won: outcome === 'won' ? 1 : 0,
        });
      }
    },
    finish: (): readonly DealRow[] => rows.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
  };
}
