import { sql } from 'drizzle-orm';
import type { Store } from '../../../src/store/store.ts';

const keys: Record<string, string> = {
  books: 'name',
  accounts: 'book, import_id, id',
  observations: 'book, import_id, account_id, slot',
  contacts: 'book, import_id, id',
  leads: 'book, import_id, id',
  opportunities: 'book, import_id, id',
  customers: 'book, import_id, account_id, started_at',
  outcomes: 'book, account_id, kind, occurred_at, source',
  signals: 'book, account_id, kind, observed_at, source, digest',
  usage: 'book, import_id, account_id, metric, period_start',
  people: 'email',
  fields: 'book, field',
  import_files: 'import_id, file',
  set_aside: 'import_id, file, nth',
};

/** Every table that an import writes, as text, in a fixed order; of the imports themselves all but their times. */
export async function tablesOf(store: Store): Promise<Record<string, string>> {
  const tables: Record<string, string> = {};
  for (const [table, key] of Object.entries(keys)) {
    tables[table] = JSON.stringify(await store.rows(sql.raw(`select * from ${table} order by ${key}`)));
  }
  const imports = sql`select id, book, label, content_hash, status from imports order by id`;
  tables.imports = JSON.stringify(await store.rows(imports));
  return tables;
}

export async function countOf(store: Store, table: string, where = 'true'): Promise<number> {
  const [row] = await store.rows<{ n: number }>(sql.raw(`select count(*)::int as n from ${table} where ${where}`));
  return row?.n ?? 0;
}
