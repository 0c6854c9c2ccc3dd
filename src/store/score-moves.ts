import { sql } from 'drizzle-orm';
import { accountNames } from './account-names.ts';
import type { Values } from './publication-rows.ts';
import type { Store } from './store.ts';

/** The accounts whose score a publication moved furthest; those that had none before are not among them. */
export async function largestScoreMoves(
  store: Store,
  { id, book, importId }: { id: string; book: string; importId: number },
  most: number,
): Promise<{ name: string; before: Values; after: Values }[]> {
  const number = (side: string) =>
    sql.raw(
      `case when jsonb_typeof(${side} -> 'ICP_Score__c') = 'number' then (${side} ->> 'ICP_Score__c')::float8 end`,
    );
  const rows = await store.rows<{ recordId: string; accountId: string | null; before: Values; after: Values }>(sql`
    select record_id as "recordId", account_id as "accountId", before, after from (
      select *, abs(${number('after')} - ${number('before')}) as moved from publication_rows
      where publication_id = ${id} and object = 'Account' and state = 'written') as written
    where moved > 0 order by moved desc, record_id collate "C" limit ${most}`);
  const ids = rows.flatMap(({ accountId }) => accountId ?? []);
  const names = await accountNames(store, book, importId, ids);
  return rows.map(({ recordId, accountId, before, after }) => ({
    ...{ name: names.get(accountId ?? recordId) ?? recordId, before, after },
  }));
}
