import { dayMs } from '../features/calendar.ts';
import type { RecordOf } from '../records.ts';
import type { FieldValue, Instant } from '../types.ts';
import { parseCrmInstant } from './crm-values.ts';
import type { CrmMapping } from './mapping-schema.ts';

type Deal = Pick<RecordOf<'opportunity'>, 'closedAt' | 'outcome' | 'type' | 'amount' | 'lossReason'>;
type Customer = RecordOf<'customer'>;

/** A contract or an asset: until when it runs. */
export interface CrmTerm {
  startedAt: Instant | null;
  endsAt: Instant;
}

interface End {
  at: Instant;
  reason: string | null;
  /** It ends a customer even where a deal was won soon after. */
  isSaid: boolean;
}

/**
 * Since when an account has been a customer and until when, in turns: from the first won deal to what ended it.
 *
 * It ends on the churn date that the account says, with a renewal that was lost, or when the last contract has run out; where
 * a deal is won within the days of grace, it has not ended. Whether it had used the product for long enough to learn from is
 * judged elsewhere, by the tenure.
 *
 * @param from.account values of the account, by the CRM's names
 * @param from.ended when other sources say that it left
 * @param now the contract that runs out later has not ended anything
 */
export function deriveCustomers(
  accountId: string,
  from: {
    deals: readonly Deal[];
    terms: readonly CrmTerm[];
    account: Readonly<Record<string, FieldValue>>;
    ended?: readonly { at: Instant; reason: string | null }[];
  },
  { customer }: CrmMapping,
  now: Instant,
): readonly Customer[] {
  const won = from.deals.flatMap((deal) =>
    deal.outcome === 'won' && deal.closedAt !== null ? [{ ...deal, at: deal.closedAt }] : [],
  );
  const wins = [...won].sort((a, b) => a.at - b.at);
  const said = (field: string | null) => (field === null ? null : (from.account[field] ?? null));
  const dateOf = (field: string | null) => parseCrmInstant(String(said(field) ?? ''));
  const grace = customer.graceDays * dayMs;
  const ends = endsOf(from, {
    churnedAt: dateOf(customer.churnDate),
    reason: textOf(said(customer.churnReason)),
    grace,
    now,
  });
  const starts = [...wins.map(({ at }) => at), ...from.terms.flatMap(({ startedAt }) => startedAt ?? [])]
    .filter((at) => at <= now)
    .sort((a, b) => a - b);
  const customers: Customer[] = [];
  for (let start = starts[0]; start !== undefined; ) {
    const begun: Instant = start;
    const end = ends.find(
      ({ at, isSaid }) =>
        at > begun && (isSaid || !starts.some((other) => other > begun && other >= at - dayMs && other <= at + grace)),
    );
    const until = end?.at ?? Number.POSITIVE_INFINITY;
    const later = starts.find((at) => at > until);
    const isLast = later === undefined;
    customers.push({
      ...{ kind: 'customer', accountId, startedAt: begun, endedAt: end?.at ?? null },
      churnReason: end === undefined ? null : (end.reason ?? textOf(said(customer.churnReason))),
      arr: (isLast ? numberOf(said(customer.arr)) : null) ?? arrOf(wins.filter(({ at }) => at >= begun && at <= until)),
      renewalOn: isLast && end === undefined ? (dateOf(customer.renewalOn) ?? lastOf(from.terms)) : null,
      csOwnerEmail: textOf(said(customer.csOwnerEmail)),
      more: {},
    });
    start = later;
  }
  return customers;
}

function endsOf(
  { deals, terms, ended = [] }: Pick<Parameters<typeof deriveCustomers>[1], 'deals' | 'terms' | 'ended'>,
  { churnedAt, reason, grace, now }: { churnedAt: Instant | null; reason: string | null; grace: number; now: Instant },
): readonly End[] {
  const ends: End[] = ended.map((end) => ({ ...end, isSaid: true }));
  if (churnedAt !== null) ends.push({ at: churnedAt, reason, isSaid: true });
  for (const { closedAt, outcome, type, lossReason } of deals)
    if (type === 'renewal' && outcome === 'lost' && closedAt !== null)
      ends.push({ at: closedAt, reason: lossReason, isSaid: false });
  // A contract that is followed by another within the grace has not ended anything.
  for (const { endsAt } of terms) {
    const isFollowed = terms.some((other) => other.endsAt > endsAt && (other.startedAt ?? endsAt) <= endsAt + grace);
    if (!isFollowed && endsAt + grace < now) ends.push({ at: endsAt, reason: null, isSaid: false });
  }
  return ends.sort((a, b) => a.at - b.at);
}

/** What the last deal for new business or a renewal brought, and what was bought on top since. */
function arrOf(wins: readonly (Deal & { at: Instant })[]): number | null {
  const last = wins.findLastIndex(({ type }) => type !== 'expansion');
  const amounts = wins.slice(Math.max(0, last)).flatMap(({ amount }) => amount ?? []);
  return amounts.length === 0 ? null : amounts.reduce((sum, amount) => sum + amount, 0);
}

function lastOf(terms: readonly CrmTerm[]): Instant | null {
  return terms.length === 0 ? null : Math.max(...terms.map(({ endsAt }) => endsAt));
}

function textOf(value: FieldValue): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOf(value: FieldValue): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
