import { sql } from 'drizzle-orm';
import type { Store } from '../../src/store/store.ts';

const tables = [
  ...['accounts', 'observations', 'contacts', 'leads', 'opportunities', 'customers', 'outcomes', 'departures'],
  ...['set_aside', 'sync_progress', 'overrides'],
];

/** Everything that a sync writes, row by row as text, in an order of its own. */
export async function syncTables(store: Store): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of tables) {
    const rows = await store.rows<{ row: string }>(
      sql`select (to_jsonb(t) - 'finished_at' - 'records' ${sql.raw(table === 'overrides' ? "- 'id'" : '')})::text as row from ${sql.raw(table)} t order by 1`,
    );
    all[table] = rows.map(({ row }) => row);
  }
  return all;
}
