import { and, asc, eq, gte, inArray, isNull, sql } from 'drizzle-orm';
import type { LeadAnswer } from '../icp/leads/lead-standing.ts';
import { leadAnswers } from './schema/judgements.ts';
import type { Store } from './store.ts';

export type NewLeadAnswer = Omit<LeadAnswer, 'id' | 'undoneAt' | 'undoneBy'>;

/** Makes sure, until the end of the transaction, that nobody else answers the lead. */
export async function holdLead(transaction: Store, book: string, leadId: string): Promise<void> {
  await transaction.rows(
    sql`select 1 as held from (select pg_advisory_xact_lock(hashtext(${`lead ${book} ${leadId}`}))) as held`,
  );
}

export async function addLeadAnswer(store: Store, answer: NewLeadAnswer): Promise<number> {
  const [row] = await store.db
    .insert(leadAnswers)
    .values({ ...answer, at: new Date(answer.at) })
    .returning({ id: leadAnswers.id });
  if (row === undefined) throw new Error('an insert gave no id');
  return row.id;
}

/** Notes that an answer was taken back; false when it had been before. */
export async function undoLeadAnswer(store: Store, id: number, by: string, at: number): Promise<boolean> {
  const undone = await store.db
    .update(leadAnswers)
    .set({ undoneAt: new Date(at), undoneBy: by })
    .where(and(eq(leadAnswers.id, id), isNull(leadAnswers.undoneAt)))
    .returning({ id: leadAnswers.id });
  return undone.length > 0;
}

/** The answers to some leads of a book, in the order in which they were given, those that were taken back too. */
export async function answersToLeads(store: Store, book: string, leadIds: readonly string[]): Promise<LeadAnswer[]> {
  if (leadIds.length === 0) return [];
  return answersWhere(store, and(eq(leadAnswers.book, book), inArray(leadAnswers.leadId, [...leadIds])));
}

/** Every answer of a book since an instant, in the order in which they were given. */
export async function answersSince(store: Store, book: string, since: number): Promise<LeadAnswer[]> {
  return answersWhere(store, and(eq(leadAnswers.book, book), gte(leadAnswers.at, new Date(since))));
}

async function answersWhere(store: Store, where: ReturnType<typeof and>): Promise<LeadAnswer[]> {
  const rows = await store.db.select().from(leadAnswers).where(where).orderBy(asc(leadAnswers.id));
  return rows.map((row) => ({
    ...row,
    at: row.at.getTime(),
    undoneAt: row.undoneAt?.getTime() ?? null,
    tier: row.tier === 1 || row.tier === 2 || row.tier === 3 ? row.tier : null,
  }));
}

/** Whether an answer was typed at the command line: there is no column for it, and the name says so. */
export function wasViaCommandLine({ by, byName }: Pick<LeadAnswer, 'by' | 'byName'>): boolean {
  return /^via command line by /.test(by) || /, via command line by /.test(byName);
}
