import { sql } from 'drizzle-orm';
import { createFeatureReader } from '../../icp/features/read-features.ts';
import type { RejectionsToJudge } from '../../icp/leads/systematic-rejections.ts';
import type { FeatureValue } from '../../icp/types.ts';
import { type Book, latestImport } from '../../store/books.ts';
import { readHistories } from '../../store/histories.ts';
import { answersSince } from '../../store/lead-answers.ts';
import { takenAccounts } from '../../store/leads.ts';
import { activeModel } from '../../store/models.ts';
import type { Store } from '../../store/store.ts';

const dayMs = 86_400_000;
const answerDays = 90;
/** Accounts whose leads were taken on within so many days are what the turned down are compared with. */
const comparedDays = 365;
const mostCompared = 2_000;

/**
 * What `systematicRejections` needs, from the store; `null` where there is no model to propose a change to.
 *
 * @param now when it is asked: answers are dated by the clock, also in a book whose own clock stands
 */
export async function rejectionsToJudge(store: Store, book: Book, now: number): Promise<RejectionsToJudge | null> {
  const importId = await latestImport(store, book.name);
  const active = await activeModel(store, book.name);
  if (importId === null || active === null) return null;
  const asOf = book.clock ?? now;
  const answers = await answersSince(store, book.name, now - answerDays * dayMs);
  const since = asOf - comparedDays * dayMs;
  const accepted = await takenAccounts(store, book.name, { importId, since, most: mostCompared });
  const accountIds = [...new Set([...answers.flatMap(({ accountId }) => accountId ?? []), ...accepted])];
  const { model, catalogue } = active;
  const reader = createFeatureReader(catalogue);
  const features = catalogue.features.filter(({ part }) => part === 'fit');
  const ids: string[] = [];
  const columns: FeatureValue[][] = features.map(() => []);
  for await (const histories of readHistories(store, book.name, { importId, accountIds })) {
    for (const history of histories) {
      ids.push(history.id);
      const values = reader.values(history, asOf, 'fit');
      for (const [nth, column] of columns.entries()) column.push(values[nth] ?? null);
    }
  }
  const table = { accountIds: ids, features, columns };
  return { answers, cited: await citedAnswers(store, book.name), accepted, table, model, now };
}

/** The answers that a change stands on which somebody has approved or rejected; one that nobody decided is proposed again. */
async function citedAnswers(store: Store, book: string): Promise<Set<number>> {
  const rows = await store.rows<{ id: number }>(sql`
    select distinct (answer ->> 'answerId')::int as id
    from proposal_changes c join proposals p on p.id = c.proposal_id
    cross join lateral jsonb_array_elements(c.change -> 'because' -> 'answers') as answer
    where p.book = ${book} and exists (select from proposal_events e where e.proposal_id = c.proposal_id
        and e.change = c.number and e.kind in ('approved', 'rejected'))
      and jsonb_typeof(c.change -> 'because' -> 'answers') = 'array'`);
  return new Set(rows.map(({ id }) => id));
}
