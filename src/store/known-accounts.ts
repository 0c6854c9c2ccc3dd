import { type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../icp/types.ts';
import { isHere } from './departures.ts';
import type { Store } from './store.ts';

/** What is seen from: a book up to an import, as of an instant. */
interface Seen {
  book: string;
  importId: number;
  asOf: Instant;
}

const at = (instant: Instant) => sql`${new Date(instant).toISOString()}::timestamptz`;

/** The accounts of a book as an import left them. */
function here({ book, importId }: Seen): SQL {
  return sql`select id from (select distinct on (id) book, id, import_id from accounts
    where book = ${book} and import_id <= ${importId} order by id, import_id desc) as latest where ${isHere('accounts', 'latest', importId)}`;
}

/** How many accounts a book has. */
export async function countAccounts(store: Store, seen: Seen): Promise<number> {
  const [row] = await store.rows<{ n: number }>(sql`select count(*)::int as n from (${here(seen)}) as here`);
  return Number(row?.n ?? 0);
}

/** Of how many accounts each of some fields is known, by the latest version of what each source said. */
export async function accountsKnown(
  store: Store,
  seen: Seen,
  fields: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (fields.length === 0) return new Map();
  const { book, importId, asOf } = seen;
  const rows = await store.rows<{ field: string; n: number }>(sql`
    with here as (${here(seen)}),
    asked as (select field from jsonb_array_elements_text(${JSON.stringify(fields)}::jsonb) as f(field)),
    said as (
      select distinct on (account_id, slot) account_id, observed_at, "values" from observations
      where book = ${book} and import_id <= ${importId} order by account_id, slot, import_id desc)
    select asked.field, count(distinct said.account_id)::int as n
    from asked left join said on said."values" ? asked.field
      and said."values" -> asked.field not in ('null'::jsonb, '""'::jsonb, '[]'::jsonb)
      and (said.observed_at is null or said.observed_at <= ${at(asOf)}) and said.account_id in (select id from here)
    group by asked.field`);
  return new Map(rows.map(({ field, n }) => [field, Number(n)]));
}

/** How many accounts have a signal of some kinds. */
export async function accountsWithSignals(store: Store, seen: Seen, kinds: readonly string[]): Promise<number> {
  const { book, importId, asOf } = seen;
  const [row] = await store.rows<{ n: number }>(sql`
    select count(distinct account_id)::int as n from signals
    where book = ${book} and import_id <= ${importId} and observed_at <= ${at(asOf)} and kind in ${[...kinds]}
      and account_id in (${here(seen)})`);
  return Number(row?.n ?? 0);
}
