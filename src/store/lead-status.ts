import { sql } from 'drizzle-orm';
import type { LeadAnswer } from '../icp/leads/lead-standing.ts';
import { answersToLeads } from './lead-answers.ts';
import type { Store } from './store.ts';

/** What is done once for each answer is claimed as lists are: by a name and the answer's number. */
export const leadStatusList = 'lead status';

/** The answers that stand, were given within a time, and of which the CRM's lead was not settled yet; oldest first. */
export async function answersToWrite(
  store: Store,
  book: string,
  { from, until, most }: { from: number; until: number; most: number },
): Promise<LeadAnswer[]> {
  const at = (instant: number) => sql`${new Date(instant).toISOString()}::timestamptz`;
  const rows = await store.rows<{ id: number; lead: string }>(sql`
    select a.id, a.lead_id as lead from lead_answers a
    where a.book = ${book} and a.undone_at is null and a.at >= ${at(from)} and a.at < ${at(until)}
      and not exists (select from lead_answers b where b.book = a.book and b.lead_id = a.lead_id
        and b.undone_at is null and b.id < a.id)
      and not exists (select from told_lists t where t.book = a.book and t.list = ${leadStatusList} and t.week = a.id::text)
    order by a.id limit ${most}`);
  const wanted = new Set(rows.map(({ id }) => id));
  const answers = await answersToLeads(
    store,
    book,
    rows.map(({ lead }) => lead),
  );
  return answers.filter(({ id }) => wanted.has(id));
}
