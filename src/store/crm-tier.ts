import { sql } from 'drizzle-orm';
import type { Store } from './store.ts';

/** The tier that the CRM has of an account as far as we wrote it; `null` where we wrote none, or it is no number. */
export async function crmTierOf(store: Store, book: string, accountId: string): Promise<1 | 2 | 3 | null> {
  const [row] = await store.rows<{ tier: string | null }>(sql`
    select r.after ->> 'ICP_Tier__c' as tier
    from publication_rows r join publications p on p.id = r.publication_id
    where r.account_id = ${accountId} and r.object = 'Account' and r.state = 'written' and p.book = ${book}
    order by p.planned_at desc limit 1`);
  return row?.tier === '1' ? 1 : row?.tier === '2' ? 2 : row?.tier === '3' ? 3 : null;
}
