import type { AccountFacts } from '../account-facts.ts';
import type { ExpansionKind } from '../expansion-kind.ts';
import { dayMs } from '../features/calendar.ts';
import type { FieldValue, Instant } from '../types.ts';
import { type GrowthSign, growthSigns } from './growth-signs.ts';
import { usageSeries } from './usage-series.ts';

/** A customer that bought more: when, how much of what, and what went before it. */
export interface BoughtMore {
  id: string;
  name: string;
  at: Instant;
  amount: number | null;
  kind: ExpansionKind | null;
  /** What was added and what set it off, in the words of the source; `null` where it does not say. */
  products: string | null;
  trigger: string | null;
  /** Signs of growth in its use on the day before. */
  signs: readonly GrowthSign[];
}

/** The columns of a deal that say what set an expansion off, in the order in which they are asked. */
const triggerColumns = ['expansion_trigger', 'trigger', 'expansion_reason'];
const productColumns = ['products', 'products_added', 'product'];

/** Who bought more after one instant and up to another, the latest first. */
export function boughtMore(
  accounts: readonly Pick<AccountFacts, 'id' | 'name' | 'outcomes' | 'deals' | 'usage' | 'events'>[],
  { after, upTo }: { after: Instant; upTo: Instant },
): BoughtMore[] {
  return accounts
    .flatMap(({ id, name, outcomes, deals, usage, events = [] }) => {
      const series = usageSeries(
        usage,
        events.map(({ on }) => on),
      );
      return outcomes
        .filter(({ kind, occurredAt }) => kind === 'expanded' && occurredAt > after && occurredAt <= upTo)
        .map(({ occurredAt: at, expansion, reason }): BoughtMore => {
          const deal = deals.find((one) => one.outcome === 'won' && one.closedAt === at) ?? null;
          return {
            ...{ id, name, at, amount: deal?.amount ?? null, kind: expansion ?? null },
            products: said(deal?.more, productColumns),
            trigger: said(deal?.more, triggerColumns) ?? reason,
            signs: growthSigns(series, at - dayMs),
          };
        });
    })
    .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
}

function said(more: Readonly<Record<string, FieldValue>> | undefined, columns: readonly string[]): string | null {
  for (const column of columns) {
    const value = more?.[column] ?? null;
    const text = Array.isArray(value) ? value.join(', ') : String(value ?? '').trim();
    if (text !== '') return text;
  }
  return null;
}
