import { z } from 'zod';
import type { CrmRecord, CrmValue } from '../crm.ts';
import { valueOfCell } from './cells.ts';
import { csvRows } from './csv-rows.ts';
import { SalesforceError } from './errors.ts';
import type { Session } from './session.ts';

const jobSchema = z.object({ id: z.string(), state: z.string(), errorMessage: z.string().nullish() });
type QueryJob = z.output<typeof jobSchema>;

/** States in which nothing is worked on any more. */
const over = ['JobComplete', 'Failed', 'Aborted'];

/** Rows that are handed on at once. */
const handful = 2_000;
/** A page whose table was cut is asked for this many times. */
const attempts = 4;
/** How long a query may take, in milliseconds. */
const longest = 3_600_000;

/**
 * Asks a query by a job, which costs a few calls however many records there are, and reads its pages one at a time.
 *
 * The order of the query is the order of the records. A page is held as text and counted against what Salesforce says it
 * has; one that is cut is read again from where it broke. However the reading ends, the job is tidied up: nobody comes back
 * to it, since a reading that goes on does so by its place in the order of change.
 *
 * @param types of the fields, so that the values are those that REST gives
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/queries.htm
 */
export async function* bulkQuery(
  session: Session,
  soql: string,
  options: { fields: readonly string[]; types: readonly string[]; all?: boolean; page?: number },
): AsyncGenerator<readonly CrmRecord[]> {
  let job = await session.ask(jobSchema, {
    ...{ method: 'POST', path: '/jobs/query' },
    body: { operation: options.all === true ? 'queryAll' : 'query', query: soql },
  });
  try {
    job = await ended(session, job.id);
    requireComplete(job);
    const base = `/jobs/query/${job.id}/results?maxRecords=${options.page ?? 50_000}`;
    let locator: string | null = null;
    do {
      const next: { locator: string | null } = { locator: null };
      const path = locator === null ? base : `${base}&locator=${encodeURIComponent(locator)}`;
      yield* readPage(session, path, options, next);
      locator = next.locator;
    } while (locator !== null);
  } finally {
    await tidyUp(session, job);
  }
}

/** Asks after a job until it is over, one way or another. */
async function ended({ ask, now, sleep }: Session, id: string): Promise<QueryJob> {
  const begun = now();
  for (let wait = 500; ; wait = Math.min(wait * 2, 30_000)) {
    await sleep(wait);
    const job = await ask(jobSchema, { path: `/jobs/query/${id}` });
    if (over.includes(job.state)) return job;
    if (now() - begun > longest)
      throw new SalesforceError('crm_retry', 'Salesforce has worked on a query for an hour; it is asked again later');
  }
}

function requireComplete({ state, errorMessage }: QueryJob): void {
  if (state === 'JobComplete') return;
  throw new SalesforceError(
    /timeout|timed out|try again/i.test(errorMessage ?? '') ? 'crm_retry' : 'crm_stop',
    `Salesforce could not finish a query (${errorMessage ?? state}); a person has to look at it if it stays so`,
  );
}

/**
 * Aborts a job that may still run and deletes one that was read; one that failed stays for a person to look at.
 *
 * Each is asked once. What stays nevertheless, as after a process that was killed, Salesforce deletes when it is seven days
 * old. It is not looked for: the list of jobs does not say what they ask, and others may sign in as our user.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_abort_job.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_delete_job.htm
 */
async function tidyUp({ ask, log }: Session, { id, state }: QueryJob): Promise<void> {
  const shared = { path: `/jobs/query/${id}`, again: 'never' } as const;
  try {
    if (!over.includes(state)) await ask(z.unknown(), { ...shared, method: 'PATCH', body: { state: 'Aborted' } });
    if (state !== 'Failed') await ask(z.unknown(), { ...shared, method: 'DELETE' });
  } catch (error) {
    log.debug({ job: id, reason: error instanceof Error ? error.message : 'unknown' }, 'a query job was left behind');
  }
}

/** Reads a page, again from where it broke where its table was cut. */
async function* readPage(
  session: Session,
  path: string,
  { fields, types }: { fields: readonly string[]; types: readonly string[] },
  next: { locator: string | null },
): AsyncGenerator<readonly CrmRecord[]> {
  let taken = 0;
  for (let attempt = 1; ; attempt += 1) {
    const { headers, body } = await session.raw(path);
    try {
      let seen = 0;
      for await (const records of recordsOf(body, fields, types)) {
        const fresh = records.slice(Math.max(0, taken - seen));
        seen += records.length;
        taken = Math.max(taken, seen);
        if (fresh.length > 0) yield fresh;
      }
      const said = headers.get('sforce-numberofrecords');
      if (said !== null && Number(said) !== seen)
        throw new SalesforceError(
          'crm_retry',
          `Salesforce said that a page has ${said} records and gave ${seen}; read again`,
        );
      const locator = headers.get('sforce-locator');
      next.locator = locator === null || locator === '' || locator === 'null' ? null : locator;
      return;
    } catch (error) {
      const isCut = error instanceof SalesforceError && error.code === 'crm_retry';
      if (!isCut || attempt >= attempts) throw error;
    }
  }
}

/** The records of a table by its header, which need not be in the order that was asked for. */
async function* recordsOf(
  csv: Buffer,
  fields: readonly string[],
  types: readonly string[],
): AsyncGenerator<readonly CrmRecord[]> {
  let columns: readonly number[] | null = null;
  let records: CrmRecord[] = [];
  for await (const row of csvRows(csv)) {
    if (columns === null) {
      columns = columnsOf(row, fields);
      continue;
    }
    const record: Record<string, CrmValue> = {};
    for (const [at, field] of fields.entries())
      record[field] = valueOfCell(row[columns[at] ?? -1] ?? '', types[at] ?? 'string');
    records.push(record);
    if (records.length === handful) {
      yield records;
      records = [];
    }
  }
  if (records.length > 0) yield records;
}

function columnsOf(header: readonly string[], fields: readonly string[]): readonly number[] {
  const names = header.map((name) => name.toLowerCase());
  return fields.map((field) => {
    const at = names.indexOf(field.toLowerCase());
    if (at < 0)
      throw new SalesforceError('crm_retry', `Salesforce gave a table without the column ${field}; read again`);
    return at;
  });
}
