import type { AccountFacts } from '../account-facts.ts';
import { dayMs } from '../features/calendar.ts';
import type { Instant } from '../types.ts';
import { type UsageSeries, usageSeries } from './usage-series.ts';

/** One stretch of an account as a customer, from its start to its end or to now. */
export interface CustomerLife {
  /** Place of the account among the accounts that have a life: rows of one account go together. */
  account: number;
  facts: AccountFacts;
  startedAt: Instant;
  /** `null` for a customer of today. */
  endedAt: Instant | null;
  /** Whether it left after meaningful use; false for who stayed, and for who never got going. */
  churnedAfterUse: boolean;
  reason: string | null;
  /** When it bought more, ascending. */
  expandedAt: readonly Instant[];
  arr: number | null;
  renewalOn: Instant | null;
  csOwnerEmail: string | null;
  usage: UsageSeries;
}

/** The lives of all customers, past and present, in the order of their accounts. */
export function customerLives(accounts: readonly AccountFacts[]): CustomerLife[] {
  return accounts
    .filter(({ customerSince }) => customerSince !== null)
    .flatMap((facts, account) => {
      const usage = usageSeries(
        facts.usage,
        (facts.events ?? []).map(({ on }) => on),
      );
      const expansions = facts.outcomes.filter(({ kind }) => kind === 'expanded').map(({ occurredAt }) => occurredAt);
      const starts = startsOfLives(facts);
      if (starts.length === 0 && facts.customerSince !== null) starts.push(facts.customerSince);
      return starts.map((startedAt, nth): CustomerLife => {
        const next = starts[nth + 1] ?? Number.POSITIVE_INFINITY;
        const rows = facts.customers.filter((row) => row.startedAt >= startedAt && row.startedAt < next);
        const row = rows.find(({ endedAt }) => endedAt === null) ?? rows.at(-1);
        const churn = facts.churns.find(({ at }) => at > startedAt && at < next);
        const endedAt = churn?.at ?? row?.endedAt ?? null;
        return {
          ...{ account, facts, startedAt, endedAt, usage },
          churnedAfterUse: churn?.afterUse === true,
          reason: churn?.reason ?? row?.churnReason ?? null,
          expandedAt: expansions.filter((at) => at > startedAt && at < next),
          arr: row?.arr ?? null,
          renewalOn: endedAt === null ? (row?.renewalOn ?? null) : null,
          csOwnerEmail: row?.csOwnerEmail ?? null,
        };
      });
    });
}

/** A row that starts before the life has ended is of that life: two sources may tell of one customer. */
function startsOfLives({ customers, churns }: Pick<AccountFacts, 'customers' | 'churns'>): Instant[] {
  const ends = [...churns.map(({ at }) => at), ...customers.flatMap(({ endedAt }) => endedAt ?? [])];
  const starts: Instant[] = [];
  for (const start of customers.map(({ startedAt }) => startedAt).sort((a, b) => a - b)) {
    const before = starts.at(-1);
    if (before === undefined || ends.some((at) => at > before && at <= start)) starts.push(start);
  }
  return starts;
}

/** Whether a life was lived at an instant. */
export function livesAt({ startedAt, endedAt }: CustomerLife, at: Instant): boolean {
  return startedAt <= at && (endedAt === null || endedAt > at);
}

/**
 * When a customer comes up for renewal next: the day its record gives where that still lies ahead, and else the next
 * anniversary of its start.
 */
export function nextRenewal({ startedAt, renewalOn }: CustomerLife, at: Instant): Instant {
  return renewalOn !== null && renewalOn >= at ? renewalOn : nextAnniversary(startedAt, at);
}

/**
 * The next anniversary of a start: what a past snapshot may know of a renewal, since a record keeps the latest date only.
 *
 * @example nextAnniversary(0, 86400000); // => 31536000000
 */
export function nextAnniversary(startedAt: Instant, at: Instant): Instant {
  const year = 365 * dayMs;
  return startedAt + Math.max(1, Math.ceil((at - startedAt) / year)) * year;
}
