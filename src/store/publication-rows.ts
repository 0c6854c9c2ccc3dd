import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { type CrmCell, publicationRows } from './schema/crm.ts';
import type { Store } from './store.ts';

const chunkRows = 2_000;

export type PublicationRow = typeof publicationRows.$inferSelect;
export type RowState = PublicationRow['state'];
export type Values = Readonly<Record<string, CrmCell>>;

/** A row before it is kept. */
export type PlanRow = Pick<PublicationRow, 'object' | 'recordId' | 'nth' | 'accountId' | 'before' | 'after'> & {
  state?: Extract<RowState, 'waiting' | 'changed since'>;
  reason?: string | null;
};

/** What became of a row. */
export interface RowSettled {
  recordId: string;
  state: RowState;
  code?: string | null;
  reason?: string | null;
  /** One more time that it was sent and answered. */
  attempted?: boolean;
}

export async function insertPlanRows(store: Store, publicationId: string, rows: readonly PlanRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += chunkRows) {
    const chunk = rows.slice(from, from + chunkRows).map((row) => ({
      ...{ publication_id: publicationId, object: row.object, record_id: row.recordId, nth: row.nth },
      ...{ account_id: row.accountId, before: row.before, after: row.after, state: row.state ?? 'waiting' },
      ...{ job_nth: null, attempts: 0, code: null, reason: row.reason ?? null },
    }));
    await store.rows(
      sql`insert into publication_rows (publication_id, object, record_id, nth, account_id, before, after, state, job_nth, attempts, code, reason)
          select publication_id, object, record_id, nth, account_id, before, after, state, job_nth, attempts, code, reason
          from jsonb_populate_recordset(null::publication_rows, ${JSON.stringify(chunk)}::jsonb)`,
    );
  }
}

/** Every row of a publication in the order of sending, in chunks. */
export async function* rowsInOrder(store: Store, publicationId: string): AsyncGenerator<PublicationRow[]> {
  let after = -1;
  for (;;) {
    const chunk = await store.db
      .select()
      .from(publicationRows)
      .where(and(eq(publicationRows.publicationId, publicationId), gt(publicationRows.nth, after)))
      .orderBy(asc(publicationRows.nth))
      .limit(chunkRows);
    const last = chunk.at(-1);
    if (last === undefined) return;
    yield chunk;
    after = last.nth;
  }
}

/** Which rows of a publication are meant. */
export interface RowsWanted {
  object?: string;
  states?: readonly RowState[];
  /** With which job they went; `null` for those that went by the call. */
  jobNth?: number | null;
  /** Only those up to this place. */
  upTo?: number;
  /** A sample of about so many, from all over. */
  spread?: number;
}

function meant(publicationId: string, { object, states, jobNth, upTo, spread }: RowsWanted) {
  return and(
    eq(publicationRows.publicationId, publicationId),
    object === undefined ? undefined : eq(publicationRows.object, object),
    states === undefined ? undefined : inArray(publicationRows.state, [...states]),
    jobNth === undefined
      ? undefined
      : jobNth === null
        ? sql`${publicationRows.jobNth} is null`
        : eq(publicationRows.jobNth, jobNth),
    upTo === undefined ? undefined : sql`${publicationRows.nth} <= ${upTo}`,
    spread === undefined ? undefined : spreadOver(publicationId, object, spread),
  );
}

/** Every so many rows of an object, by their place. */
function spreadOver(publicationId: string, object: string | undefined, rows: number) {
  return sql`${publicationRows.nth} % (select greatest(1, count(*) / ${rows}) from publication_rows
    where publication_id = ${publicationId} and object = ${object ?? null}) = 0`;
}

/** Where the rows of an object begin; `null` where there are none. */
export async function firstPlace(store: Store, publicationId: string, object: string): Promise<number | null> {
  const [row] = await store.db
    .select({ first: sql<number | null>`min(${publicationRows.nth})::int` })
    .from(publicationRows)
    .where(meant(publicationId, { object }));
  return row?.first ?? null;
}

/** Rows of a publication; those that were sent the fewest times first, then in the order of sending. */
export async function rowsOf(
  store: Store,
  publicationId: string,
  wanted: RowsWanted & { limit?: number },
): Promise<PublicationRow[]> {
  const query = store.db
    .select()
    .from(publicationRows)
    .where(meant(publicationId, wanted))
    .orderBy(asc(publicationRows.attempts), asc(publicationRows.nth));
  return wanted.limit === undefined ? query : query.limit(wanted.limit);
}

/** Only what is sent of rows: the whole of many would not fit. */
export async function updatesOf(
  store: Store,
  publicationId: string,
  { limit, ...wanted }: RowsWanted & { limit?: number },
): Promise<{ id: string; values: Values }[]> {
  const query = store.db
    .select({ id: publicationRows.recordId, values: publicationRows.after })
    .from(publicationRows)
    .where(meant(publicationId, wanted))
    .orderBy(asc(publicationRows.attempts), asc(publicationRows.nth));
  return limit === undefined ? query : query.limit(limit);
}

/** How many bytes the widest waiting row of an object takes, with the names of its fields. */
export async function widestRow(store: Store, publicationId: string, object: string): Promise<number> {
  const [row] = await store.db
    .select({ bytes: sql<number>`coalesce(max(octet_length(${publicationRows.after}::text)), 1)::int` })
    .from(publicationRows)
    .where(meant(publicationId, { object, states: ['waiting'] }));
  return row?.bytes ?? 1;
}

/** Rows of a job that was never worked on wait again. */
export async function giveBackRows(
  store: Store,
  publicationId: string,
  { object, jobNth }: { object: string; jobNth: number },
): Promise<void> {
  await store.db
    .update(publicationRows)
    .set({ state: 'waiting', jobNth: null })
    .where(meant(publicationId, { object, jobNth, states: ['sent'] }));
}

export async function countRows(store: Store, publicationId: string, wanted: RowsWanted = {}): Promise<number> {
  const [row] = await store.db
    .select({ n: sql<number>`count(*)::int` })
    .from(publicationRows)
    .where(meant(publicationId, wanted));
  return row?.n ?? 0;
}

/** How many rows of each object are in each state. */
export async function rowCounts(
  store: Store,
  publicationId: string,
): Promise<{ object: string; state: RowState; rows: number; last: number }[]> {
  return store.db
    .select({
      object: publicationRows.object,
      state: publicationRows.state,
      rows: sql<number>`count(*)::int`,
      last: sql<number>`max(${publicationRows.nth})::int`,
    })
    .from(publicationRows)
    .where(eq(publicationRows.publicationId, publicationId))
    .groupBy(publicationRows.object, publicationRows.state);
}

/** How many records of each object have lost their score by a publication. */
export async function clearedRows(store: Store, publicationId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await store.rows<{ object: string; rows: number }>(sql`
    select object, count(*)::int as rows from publication_rows
    where publication_id = ${publicationId} and state = 'written' and after ->> 'ICP_Score__c' is null group by object`);
  return new Map(rows.map(({ object, rows: cleared }) => [object, cleared]));
}

/** Rows that were set aside, by what the CRM said, the most frequent first. */
export async function failuresOf(
  store: Store,
  publicationId: string,
): Promise<{ code: string; reason: string; rows: number; examples: string[] }[]> {
  return store.rows(sql`
    select coalesce(code, 'UNKNOWN') as code, min(reason) as reason, count(*)::int as rows,
      to_jsonb((array_agg(object || ' ' || record_id order by nth))[1:3]) as examples
    from publication_rows where publication_id = ${publicationId} and state = 'set aside'
    group by coalesce(code, 'UNKNOWN') order by count(*) desc, 1`);
}

/** Marks rows as sent: whatever comes of that, it is known that it was tried. */
export async function markSent(
  store: Store,
  publicationId: string,
  object: string,
  { recordIds, jobNth }: { recordIds: readonly string[]; jobNth: number | null },
): Promise<void> {
  for (let from = 0; from < recordIds.length; from += chunkRows)
    await store.rows(sql`
      update publication_rows set state = 'sent', job_nth = ${jobNth}
      where publication_id = ${publicationId} and object = ${object}
        and record_id in (select jsonb_array_elements_text(${JSON.stringify(recordIds.slice(from, from + chunkRows))}::jsonb))`);
}

/** Writes down what became of rows that were sent. Those that were settled before stay as they are. */
export async function settleRows(
  store: Store,
  publicationId: string,
  object: string,
  settled: readonly RowSettled[],
): Promise<void> {
  for (let from = 0; from < settled.length; from += chunkRows) {
    const chunk = settled.slice(from, from + chunkRows).map(({ recordId, state, code, reason, attempted }) => ({
      ...{ record_id: recordId, state, code: code ?? null, reason: reason ?? null, tries: attempted === true ? 1 : 0 },
    }));
    await store.rows(sql`
      update publication_rows r set state = s.state, code = s.code, reason = s.reason, attempts = r.attempts + s.tries
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as s(record_id text, state text, code text, reason text, tries int)
      where r.publication_id = ${publicationId} and r.object = ${object} and r.record_id = s.record_id and r.state = 'sent'`);
  }
}

/** Rows that were sent, and of which nobody will find out what became. */
export async function giveUpSent(store: Store, publicationId: string, reason: string): Promise<void> {
  await store.db
    .update(publicationRows)
    .set({ state: 'set aside', code: 'NOT_KNOWN', reason })
    .where(and(eq(publicationRows.publicationId, publicationId), eq(publicationRows.state, 'sent')));
}

/** What was never sent, and will not be. */
export async function leaveOutWaiting(store: Store, publicationId: string, reason: string): Promise<void> {
  await store.db
    .update(publicationRows)
    .set({ state: 'left out', reason })
    .where(and(eq(publicationRows.publicationId, publicationId), eq(publicationRows.state, 'waiting')));
}
