import type { AccountFacts } from './account-facts.ts';
import { dayMs } from './features/calendar.ts';
import type { Instant } from './types.ts';

const yearMs = 365 * dayMs;
/** A customer of fewer days counts as one of so many when its year is made up. */
const fewestDays = 30;

interface Span {
  from: Instant;
  to: Instant;
  /** Price of a year. */
  yearly: number;
}

/**
 * What an account paid within a span of time, in the currency of the source: 0 for who never bought, `null` for who bought at
 * prices that nobody knows.
 *
 * A contract counts by the days that it ran, at its yearly price, and a won expansion goes on as long as the contract. Where
 * the source has no contracts, each won deal pays for a year.
 */
export function revenueWithin(facts: AccountFacts, from: Instant, to: Instant): number | null {
  const since = facts.customerSince ?? facts.reachedAt.won;
  if (since === null || since > to) return 0;
  const spans = spansOf(facts, to);
  if (spans.length === 0) return null;
  return spans.reduce((sum, span) => sum + (span.yearly * overlap(span, from, to)) / yearMs, 0);
}

/**
 * What an account pays in a year, by the twelve months before an instant: who left pays for the days before that only, and of
 * who bought within the year a whole year is made up.
 */
export function yearlyRevenue(facts: AccountFacts, asOf: Instant): number | null {
  const since = facts.customerSince ?? facts.reachedAt.won;
  const paid = revenueWithin(facts, asOf - yearMs, asOf);
  if (paid === null || paid === 0 || since === null || !facts.isCustomer) return paid;
  return paid / Math.min(1, Math.max(fewestDays * dayMs, asOf - since) / yearMs);
}

function spansOf(facts: AccountFacts, to: Instant): Span[] {
  const contracts = facts.customers.flatMap(({ startedAt, endedAt, arr }): Span[] =>
    arr === null ? [] : [{ from: startedAt, to: endedAt ?? to, yearly: arr }],
  );
  const deals = facts.deals.flatMap(({ type, outcome, amount, closedAt, createdAt }): Span[] => {
    const at = closedAt ?? createdAt;
    if (outcome !== 'won' || amount === null || at === null || at > to) return [];
    if (contracts.length === 0) return [{ from: at, to: at + yearMs, yearly: amount }];
    if (type !== 'expansion') return [];
    const end = contracts.find((contract) => contract.from <= at && at <= contract.to)?.to;
    return [{ from: at, to: end ?? at + yearMs, yearly: amount }];
  });
  return [...contracts, ...deals];
}

function overlap(span: Span, from: Instant, to: Instant): number {
  return Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
}
