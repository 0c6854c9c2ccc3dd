import { sql } from 'drizzle-orm';
import { isHere } from './departures.ts';
import { accounts } from './schema/accounts.ts';
import type { Store } from './store.ts';

/** The names of some accounts, by id, as an import left them. One without a name goes by its id; one that had gone has none. */
export async function accountNames(
  store: Store,
  book: string,
  importId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await store.rows<{ id: string; name: string }>(sql`
    select id, coalesce(name, id) as name from (
      select distinct on (id) book, id, name, import_id from ${accounts}
      where book = ${book} and import_id <= ${importId} and id in ${[...ids]} order by id, import_id desc
    ) as latest where ${isHere('accounts', 'latest', importId)}`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
