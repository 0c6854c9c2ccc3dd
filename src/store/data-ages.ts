import { sql } from 'drizzle-orm';
import type { SourceSpan } from '../icp/data-quality.ts';
import type { Instant } from '../icp/types.ts';
import { instantOf } from './instants.ts';
import type { Store } from './store.ts';

/** What is seen from: a book up to an import, as of an instant. */
interface Seen {
  book: string;
  importId: number;
  asOf: Instant;
}

/** How much of one kind of data a source has brought, on how many days, and when first and last. */
export interface SourceAge {
  kind: 'attributes' | 'signals' | 'usage' | 'leads' | 'deals';
  source: string;
  rows: number;
  days: number;
  first: Instant;
  last: Instant;
}

/** How many signals of a kind there are, and how many are young enough to count. */
export interface SignalAge {
  kind: string;
  rows: number;
  live: number;
  last: Instant;
}

/** On how many accounts a field is known with a date, and how old the younger half of that is at most, in days. */
export interface FieldAge {
  field: string;
  accounts: number;
  medianDays: number;
}

const at = (instant: Instant) => sql`${new Date(instant).toISOString()}::timestamptz`;

/** When each source last brought anything; only what has a date counts. */
export async function sourceAges(store: Store, { book, importId, asOf }: Seen): Promise<SourceAge[]> {
  const dated = sql`
    select 'attributes' as kind, source, observed_at as day from observations where book = ${book} and import_id <= ${importId}
    union all select 'signals', source, observed_at from signals where book = ${book} and import_id <= ${importId}
    union all select 'usage', 'usage figures', period_start from usage where book = ${book} and import_id <= ${importId}
    union all select 'leads', 'the CRM', created_at from leads where book = ${book} and import_id <= ${importId}
    union all select 'deals', 'the CRM', least(created_at, closed_at) from opportunities where book = ${book} and import_id <= ${importId}
    union all select 'deals', 'the CRM', closed_at from opportunities where book = ${book} and import_id <= ${importId}`;
  const rows = await store.rows<{ kind: SourceAge['kind']; source: string } & Record<string, number | string>>(sql`
    select kind, source, count(*)::int as rows, count(distinct date_trunc('day', day))::int as days,
      ${instantOf(sql`min(day)`)} as first, ${instantOf(sql`max(day)`)} as last
    from (${dated}) as dated where day <= ${at(asOf)} group by kind, source order by kind, source collate "C"`);
  return rows.map(({ kind, source, ...row }) => ({
    ...{ kind, source, rows: Number(row.rows), days: Number(row.days) },
    ...{ first: Number(row.first), last: Number(row.last) },
  }));
}

/** From when to when each source has observed accounts; what has no date is not counted. */
export async function observedSpans(store: Store, { book, importId, asOf }: Seen): Promise<SourceSpan[]> {
  const rows = await store.rows<{ source: string; first: number; last: number }>(sql`
    select source, ${instantOf(sql`min(observed_at)`)} as first, ${instantOf(sql`max(observed_at)`)} as last
    from observations where book = ${book} and import_id <= ${importId} and observed_at <= ${at(asOf)}
    group by source order by source collate "C"`);
  return rows.map(({ source, first, last }) => ({ source, first: Number(first), last: Number(last) }));
}

/** @param expiryDays after how many days a signal of a kind is too old to count */
export async function signalAges(
  store: Store,
  { book, importId, asOf }: Seen,
  expiryDays: (kind: string) => number,
): Promise<SignalAge[]> {
  const kinds = await store.rows<{ kind: string }>(
    sql`select distinct kind from signals where book = ${book} and import_id <= ${importId}`,
  );
  const cuts = kinds.map(({ kind }) => ({ kind, cut: new Date(asOf - expiryDays(kind) * 86_400_000).toISOString() }));
  const rows = await store.rows<{ kind: string } & Record<string, number | string>>(sql`
    select s.kind, count(*)::int as rows, count(*) filter (where s.observed_at >= c.cut)::int as live,
      ${instantOf(sql`max(s.observed_at)`)} as last
    from signals s join jsonb_to_recordset(${JSON.stringify(cuts)}::jsonb) as c(kind text, cut timestamptz) on c.kind = s.kind
    where s.book = ${book} and s.import_id <= ${importId} and s.observed_at <= ${at(asOf)}
    group by s.kind order by s.kind collate "C"`);
  return rows.map(({ kind, rows: count, live, last }) => ({
    ...{ kind, rows: Number(count), live: Number(live), last: Number(last) },
  }));
}

/** How old what is known of each of some fields is: the age of an account's youngest dated value, over the accounts. */
export async function fieldAges(
  store: Store,
  { book, importId, asOf }: Seen,
  fields: readonly string[],
): Promise<FieldAge[]> {
  const rows = await store.rows<{ field: string } & Record<string, number | string>>(sql`
    with youngest as (
      select f.field, o.account_id, max(o.observed_at) as seen
      from observations o join jsonb_array_elements_text(${JSON.stringify(fields)}::jsonb) as f(field)
        on o.values ? f.field and o.values -> f.field <> 'null'::jsonb
      where o.book = ${book} and o.import_id <= ${importId} and o.observed_at <= ${at(asOf)}
      group by f.field, o.account_id)
    select field, count(*)::int as accounts,
      (percentile_cont(0.5) within group (order by extract(epoch from ${at(asOf)} - seen) / 86400))::float8 as days
    from youngest group by field order by field collate "C"`);
  return rows.map(({ field, accounts, days }) => ({
    ...{ field, accounts: Number(accounts), medianDays: Math.floor(Number(days)) },
  }));
}
