import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { AccountEvent } from '../icp/history.ts';
import { instantOf } from './instants.ts';
import { imports } from './schema/imports.ts';
import { companyEvents } from './schema/judgements.ts';
import type { Store } from './store.ts';

/** What happened to an account, or to our own company (`accountId` is `null`), as a person recorded it. */
export interface CompanyEvent {
  id: number;
  book: string;
  accountId: string | null;
  kind: string;
  on: number;
  note: string | null;
  by: string;
  byName: string;
  recordedAt: number;
  endedAt: number | null;
  endedBy: string | null;
}

/** The label of imports that bring no rows, only events. */
export const eventsLabel = 'events that people recorded';

/**
 * Makes an import without rows, from which on an event is seen, or seen no more: what was asked as of an earlier import keeps
 * its answer. Call it in the transaction that writes the event, with the instant that it gives.
 */
export async function beginEvents(store: Store, book: string, at: number): Promise<{ importId: number; at: number }> {
  await store.db.execute(sql`lock table imports in share row exclusive mode`);
  const [last] = await store.rows<{ id: number; at: number | null }>(
    sql`select coalesce((select max(id) from imports), 0) as id,
      (select ${instantOf(sql.raw('max(finished_at)'))} from imports where book = ${book}) as at`,
  );
  // A clock that was set back must not put the event before an import that did not know it.
  const after = last?.at == null ? at : Math.max(at, last.at + 1);
  const importId = (last?.id ?? 0) + 1;
  const when = new Date(after);
  await store.db.insert(imports).values({
    ...{ id: importId, book, label: eventsLabel, contentHash: `events at import ${importId}` },
    ...{ status: 'finished', startedAt: when, finishedAt: when },
  });
  return { importId, at: after };
}

export async function addEvent(
  store: Store,
  event: Omit<CompanyEvent, 'id' | 'endedAt' | 'endedBy'>,
): Promise<CompanyEvent> {
  const [row] = await store.db
    .insert(companyEvents)
    .values({ ...event, on: new Date(event.on), recordedAt: new Date(event.recordedAt) })
    .returning();
  if (row === undefined) throw new Error('an insert gave no row');
  return asEvent(row);
}

/** Ends an event; false when it had ended before. */
export async function endEvent(store: Store, id: number, by: string, at: number): Promise<boolean> {
  const ended = await store.db
    .update(companyEvents)
    .set({ endedAt: new Date(at), endedBy: by })
    .where(and(eq(companyEvents.id, id), isNull(companyEvents.endedAt)))
    .returning({ id: companyEvents.id });
  return ended.length > 0;
}

export async function eventOf(store: Store, id: number): Promise<CompanyEvent | null> {
  const [row] = await store.db.select().from(companyEvents).where(eq(companyEvents.id, id));
  return row === undefined ? null : asEvent(row);
}

/** The events of a book that stand now, by their day. */
export async function standingEvents(store: Store, book: string): Promise<CompanyEvent[]> {
  const rows = await store.db
    .select()
    .from(companyEvents)
    .where(and(eq(companyEvents.book, book), isNull(companyEvents.endedAt)))
    .orderBy(asc(companyEvents.on), asc(companyEvents.id));
  return rows.map(asEvent);
}

/** The events of our own company that were recorded by an instant and stood then, by their day. */
export async function ourEvents(store: Store, book: string, at: number): Promise<CompanyEvent[]> {
  const when = new Date(at);
  const rows = await store.db
    .select()
    .from(companyEvents)
    .where(
      and(
        eq(companyEvents.book, book),
        isNull(companyEvents.accountId),
        lte(companyEvents.recordedAt, when),
        or(isNull(companyEvents.endedAt), gt(companyEvents.endedAt, when)),
      ),
    )
    .orderBy(asc(companyEvents.on), asc(companyEvents.id));
  return rows.map(asEvent);
}

/** The events of a book that an import sees, by their day. */
export async function eventsAt(store: Store, book: string, importId: number): Promise<CompanyEvent[]> {
  const known = sql`(select max(finished_at) from imports where book = ${book} and id <= ${importId}::int)`;
  const rows = await store.db
    .select()
    .from(companyEvents)
    .where(
      and(
        eq(companyEvents.book, book),
        sql`${companyEvents.recordedAt} <= ${known}`,
        sql`(${companyEvents.endedAt} is null or ${companyEvents.endedAt} > ${known})`,
      ),
    )
    .orderBy(asc(companyEvents.on), asc(companyEvents.id));
  return rows.map(asEvent);
}

/** Those of accounts, as histories have them. */
export async function accountEventsAt(
  store: Store,
  book: string,
  importId: number,
): Promise<(AccountEvent & { accountId: string })[]> {
  const events = await eventsAt(store, book, importId);
  return events.flatMap(({ accountId, kind, on, note, byName }) =>
    accountId === null ? [] : [{ accountId, kind, on, note, source: byName }],
  );
}

/**
 * Of the accounts that an import knows to have been touched by a day, how many were first touched before another day.
 */
export async function touchedBefore(
  store: Store,
  { book, importId, asOf }: { book: string; importId: number; asOf: number },
  before: number,
): Promise<{ earlier: number; all: number }> {
  const iso = (at: number) => new Date(at).toISOString();
  const of = sql`book = ${book} and import_id <= ${importId}::int and account_id is not null`;
  const [row] = await store.rows<{ earlier: number; all: number }>(sql`
    with touches as (
      select account_id, coalesce(created_at, decided_at) as at from leads where ${of}
      union all select account_id, created_at from opportunities where ${of}
      union all select account_id, occurred_at from outcomes where ${of}
      union all select account_id, started_at from customers where ${of}
    ), firsts as (
      select account_id, min(at) as at from touches where at <= ${iso(asOf)}::timestamptz group by account_id
    )
    select count(*) filter (where at < ${iso(before)}::timestamptz)::int as earlier, count(*)::int as all from firsts`);
  return row ?? { earlier: 0, all: 0 };
}

function asEvent(row: typeof companyEvents.$inferSelect): CompanyEvent {
  return {
    ...row,
    on: row.on.getTime(),
    recordedAt: row.recordedAt.getTime(),
    endedAt: row.endedAt?.getTime() ?? null,
  };
}
