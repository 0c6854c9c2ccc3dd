import { type SQL, sql } from 'drizzle-orm';
import type { Store } from './store.ts';

export type DepartureKind = 'accounts' | 'contacts' | 'leads' | 'opportunities';

/** A record that is gone: deleted, merged into another, or found missing. */
export interface Departure {
  id: string;
  goneAt: number;
  mergedInto: string | null;
}

/**
 * Keeps out what had gone by an import. What was read again since is there again: its version is a later one.
 *
 * @param row the alias of a row of that kind: the latest version that the import sees
 */
export function isHere(kind: DepartureKind, row: string, importId: number): SQL {
  const of = sql.raw(row);
  return sql`not exists (select from departures gone where gone.book = ${of}.book and gone.kind = ${kind}
    and gone.id = ${of}.id and gone.import_id >= ${of}.import_id and gone.import_id <= ${importId}::int)`;
}

/** Whether anything of a book had gone by an import: mostly nothing has, and then nothing has to be looked up. */
export async function hasDepartures(store: Store, book: string, importId: number): Promise<boolean> {
  const [row] = await store.rows(
    sql`select 1 as n from departures where book = ${book} and import_id <= ${importId}::int limit 1`,
  );
  return row !== undefined;
}

/**
 * Notes that records of a book are gone, and says which of them it did not know of. One that the book never had is not noted,
 * nor one that is noted already: what came back after it went has gone earlier than it was said to have gone before.
 */
export async function addDepartures(
  store: Store,
  { book, importId }: { book: string; importId: number },
  kind: DepartureKind,
  list: readonly Departure[],
): Promise<string[]> {
  if (list.length === 0) return [];
  const rows = list.map(({ id, goneAt, mergedInto }) => ({
    id,
    gone: new Date(goneAt).toISOString(),
    merged: mergedInto,
  }));
  const noted = await store.rows<{ id: string }>(sql`
    insert into departures (book, kind, id, import_id, gone_at, merged_into)
    select distinct on (r.id) ${book}, ${kind}, r.id, ${importId}::int, r.gone, r.merged
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, gone timestamptz, merged text)
    where exists (select from ${sql.raw(kind)} t where t.book = ${book} and t.id = r.id and t.import_id <= ${importId}::int)
      and not exists (select from departures d where d.book = ${book} and d.kind = ${kind} and d.id = r.id and d.gone_at >= r.gone)
    order by r.id, r.gone desc
    on conflict do nothing returning id`);
  return noted.map(({ id }) => id);
}

/** Accounts that were merged away by an import, each with the one that stands for it now, however often that was merged since. */
export async function mergedAccounts(
  store: Store,
  book: string,
  importId: number,
): Promise<ReadonlyMap<string, string>> {
  const rows = await store.rows<{ id: string; into: string }>(sql`
    select distinct on (id) id, merged_into as "into" from departures
    where book = ${book} and kind = 'accounts' and import_id <= ${importId}::int and merged_into is not null
    order by id, import_id desc`);
  const next = new Map(rows.map(({ id, into }) => [id, into]));
  const last = (id: string): string => {
    let at = id;
    for (let steps = 0; steps < rows.length && next.has(at); steps++) at = next.get(at) ?? at;
    return at;
  };
  return new Map(rows.map(({ id }) => [id, last(id)]));
}
