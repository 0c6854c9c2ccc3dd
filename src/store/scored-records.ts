import { sql } from 'drizzle-orm';
import { accounts, contacts } from './schema/accounts.ts';
import { leads } from './schema/outcomes.ts';
import type { Store } from './store.ts';

/** Which accounts some leads or contacts belong to, by record, as an import left them. */
export async function accountsOfRecords(
  store: Store,
  kind: 'Lead' | 'Contact',
  { book, importId, ids }: { book: string; importId: number; ids: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const table = kind === 'Lead' ? leads : contacts;
  const rows = await store.rows<{ id: string; account_id: string | null }>(sql`
    select distinct on (id) id, account_id from ${table}
    where book = ${book} and import_id <= ${importId}
      and id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
    order by id, import_id desc`);
  return new Map(rows.flatMap(({ id, account_id }) => (account_id === null ? [] : [[id, account_id] as const])));
}

/** Whether a book has records of a kind that belong to an account. */
export async function hasRecords(store: Store, kind: 'Account' | 'Lead' | 'Contact', book: string): Promise<boolean> {
  const wanted =
    kind === 'Account'
      ? sql`select 1 from ${accounts} where book = ${book}`
      : sql`select 1 from ${kind === 'Lead' ? leads : contacts} where book = ${book} and account_id is not null`;
  const rows = await store.rows(sql`${wanted} limit 1`);
  return rows.length > 0;
}
