import { sql } from 'drizzle-orm';
import { type LeadAnswer, leadStanding } from '../../icp/leads/lead-standing.ts';
import { reasonKind } from '../../icp/leads/reject-reason.ts';
import type { RecordOf } from '../../icp/records.ts';
import { type Book, latestImport } from '../../store/books.ts';
import { answersToLeads, wasViaCommandLine } from '../../store/lead-answers.ts';
import { leadsNow, type StoredLead } from '../../store/leads.ts';
import type { Store } from '../../store/store.ts';
import { writeRecords } from '../../store/write-records.ts';
import { rescoreAccounts } from '../rescore-accounts.ts';
import type { Fence } from '../with-lease.ts';

/** What a lead's row says of an answer that was given here. No column of a source has a name like these. */
const ours = { answer: 'lodestar:answer', via: 'lodestar:via', by: 'lodestar:by', words: 'lodestar:reason' } as const;

const label = 'answers of reps';

/** What a source says of a lead that it has not decided, with the answer that was given here where there is one. */
export function carryAnswer(stored: RecordOf<'lead'>, said: RecordOf<'lead'>): RecordOf<'lead'> {
  if (!isOurs(stored)) return said;
  const answer = Object.entries(stored.more).filter(([name]) => Object.values<string>(ours).includes(name));
  const { status, decidedAt, rejectReason } = stored;
  return { ...said, status, decidedAt, rejectReason, more: { ...said.more, ...Object.fromEntries(answer) } };
}

/** Whether the decision that a lead's row tells was given here, and not in the source that it came from. */
export function isOurs({ more }: Pick<RecordOf<'lead'>, 'more'>): boolean {
  return more[ours.answer] !== undefined;
}

/**
 * Brings the ledger to what people answered: each lead that stands otherwise gets a new version, all in one small import of
 * their own, and its account is scored anew. Answers that were taken back reopen their leads.
 *
 * What an earlier import saw stays as it was, so a receipt of yesterday knows nothing of the answers of today. It is safe to
 * call again at any time: a source that is read again and still says `open` does not undo an answer, and a decision of the
 * source itself goes before one that was given here. While an import is under way it does nothing, since what comes after an
 * unfinished import would show half of it.
 *
 * @param leadIds only these; absent: every lead that was ever answered here
 * @returns `null` when there was nothing to bring in, or when it has to wait
 */
export async function putAnswersInLedger(
  { store, now, fence }: { store: Store; now: () => number; fence?: Fence },
  book: Book,
  leadIds?: readonly string[],
): Promise<{ importId: number; leads: number } | null> {
  return store.transaction(async (tx) => {
    await fence?.(tx);
    // As every import: two that begin at once would otherwise take the same number.
    await tx.db.execute(sql`lock table imports in share row exclusive mode`);
    const [running] = await tx.rows(
      sql`select 1 as n from imports where book = ${book.name} and status = 'running' limit 1`,
    );
    const before = await latestImport(tx, book.name);
    if (running !== undefined || before === null) return null;
    const records = await answeredLeads(tx, book, await unsettledLeads(tx, book.name, before, leadIds));
    if (records.length === 0) return null;
    const importId = await beginOwnImport(tx, book.name, now());
    await writeRecords(tx, { book: book.name, importId, isFirst: false }, records);
    const accountIds = [...new Set(records.flatMap(({ accountId }) => accountId ?? []))];
    await rescoreAccounts(tx, book, { before, importId, accountIds });
    return { importId, leads: records.length };
  });
}

/** Leads whose latest version says otherwise than the answer that stands; all that were ever answered, or among some. */
export async function unsettledLeads(
  store: Store,
  book: string,
  importId: number,
  leadIds: readonly string[] | undefined,
): Promise<string[]> {
  if (leadIds?.length === 0) return [];
  const among = leadIds === undefined ? sql`` : sql`and lead_id in ${[...leadIds]}`;
  const rows = await store.rows<{ id: string }>(sql`
    with standing as (
      select lead_id, min(id) filter (where undone_at is null) as answer
      from lead_answers where book = ${book} ${among} group by lead_id),
    latest as (
      select distinct on (l.id) l.id, l.status, l.more ->> ${ours.answer} as written
      from leads l join standing s on s.lead_id = l.id
      where l.book = ${book} and l.import_id <= ${importId} order by l.id, l.import_id desc)
    select l.id from latest l join standing s on s.lead_id = l.id
    where case when s.answer is null then l.written is not null
      else (l.status = 'open' or l.written is not null) and l.written is distinct from s.answer::text end
    order by l.id collate "C"`);
  return rows.map(({ id }) => id);
}

async function answeredLeads(store: Store, book: Book, ids: readonly string[]): Promise<RecordOf<'lead'>[]> {
  const answers = Map.groupBy(await answersToLeads(store, book.name, ids), ({ leadId }) => leadId);
  return (await leadsNow(store, book.name, ids)).map((lead) =>
    leadAfter(lead, leadStanding(answers.get(lead.id) ?? []).answer, book),
  );
}

/** A lead's row with the answer that stands, or open again. */
function leadAfter({ account: _, more, ...lead }: StoredLead, answer: LeadAnswer | null, book: Book): RecordOf<'lead'> {
  const rest = Object.fromEntries(Object.entries(more).filter(([name]) => !Object.values<string>(ours).includes(name)));
  if (answer === null)
    return { kind: 'lead', ...lead, status: 'open', decidedAt: null, rejectReason: null, more: rest };
  return {
    ...{ kind: 'lead', ...lead, status: answer.answer, decidedAt: whenAnswered(answer, book) },
    rejectReason: answer.answer === 'rejected' ? reasonKind(answer.reason) : null,
    more: {
      ...rest,
      [ours.answer]: String(answer.id),
      [ours.via]: wasViaCommandLine(answer) ? 'command line' : 'slack',
      [ours.by]: answer.by,
      ...(answer.reason === null ? {} : { [ours.words]: answer.reason }),
    },
  };
}

/** The book's day, where its clock stands in the past; a book without dates has none. */
function whenAnswered({ at }: LeadAnswer, { clock, timeKind }: Book): number | null {
  return timeKind === 'order' ? null : Math.min(at, clock ?? at);
}

async function beginOwnImport(tx: Store, book: string, now: number): Promise<number> {
  const at = sql`${new Date(now).toISOString()}::timestamptz`;
  const [made] = await tx.rows<{ id: number }>(sql`
    insert into imports (id, book, label, content_hash, status, started_at, finished_at)
    select coalesce(max(id), 0) + 1, ${book}, ${label}, 'answers@' || (coalesce(max(id), 0) + 1), 'finished', ${at}, ${at}
    from imports returning id`);
  if (made === undefined) throw new Error('an insert gave no id');
  return made.id;
}
