import { z } from 'zod';
import type { CrmJob, CrmResult, CrmWriter } from '../crm.ts';
import { csvOfRows } from './csv-of-rows.ts';
import { csvRows } from './csv-rows.ts';
import { SalesforceError } from './errors.ts';
import { complaintOfCell, rowFailure } from './row-failure.ts';
import type { Session } from './session.ts';

const jobSchema = z.object({
  id: z.string(),
  state: z.string(),
  object: z.string().optional(),
  operation: z.string().optional(),
  createdById: z.string().optional(),
  createdDate: z.string().optional(),
  numberRecordsProcessed: z.number().catch(0),
  numberRecordsFailed: z.number().catch(0),
  errorMessage: z.string().nullish(),
});
const listSchema = z.object({ records: z.array(jobSchema), done: z.boolean(), nextRecordsUrl: z.string().nullish() });

const states: Readonly<Record<string, CrmJob['state']>> = {
  Open: 'open',
  UploadComplete: 'working',
  InProgress: 'working',
  JobComplete: 'complete',
  Failed: 'failed',
  Aborted: 'aborted',
};

const path = '/jobs/ingest';

/**
 * Update jobs of Bulk API 2.0, a call a step: nothing is worked on before `close`, and nothing is ever deleted.
 *
 * jsforce's own deletes the job when it has polled for 30 seconds, and takes the columns from the first row only.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/bulk_api_2_0_ingest.htm
 */
export function bulkJobs(session: Session): CrmWriter['jobs'] {
  const { ask } = session;
  const state = async (jobId: string): Promise<CrmJob> => {
    try {
      return jobOf(await ask(jobSchema, { path: `${path}/${idOf(jobId)}` }));
    } catch (error) {
      if (!(error instanceof SalesforceError) || error.status !== 404) throw error;
      return { id: jobId, state: 'gone', processed: 0, failed: 0, message: null };
    }
  };
  return {
    // A second create whose first answer was lost would leave an orphan behind, so only a refusal is tried again.
    create: async (object) =>
      jobOf(
        await ask(jobSchema, {
          ...{ method: 'POST', path, again: 'when refused' },
          body: { object, operation: 'update', contentType: 'CSV', lineEnding: 'LF', columnDelimiter: 'COMMA' },
        }),
      ),
    async upload(jobId, fields, rows) {
      const sent = session.calls();
      try {
        await ask(z.unknown(), {
          method: 'PUT',
          path: `${path}/${idOf(jobId)}/batches`,
          body: csvOfRows(fields, rows),
        });
      } catch (error) {
        // Told that the rows are there already: they are ours where an earlier answer to this very upload was lost.
        const isThere =
          error instanceof SalesforceError && error.status === 400 && /multiple contents|already/i.test(error.message);
        if (!isThere || session.calls() - sent < 2) throw error;
      }
    },
    close: (jobId) =>
      moveTo('UploadComplete', jobId, (now) => now === 'working' || now === 'complete' || now === 'failed'),
    abort: (jobId) => moveTo('Aborted', jobId, (now) => now === 'aborted' || now === 'gone'),
    state,
    async results(jobId) {
      const base = `${path}/${idOf(jobId)}`;
      const written = await resultFile(
        `${base}/successfulResults`,
        ({ sf__Id: id = '' }): CrmResult => ({ id, failure: null }),
      );
      const failed = await resultFile(`${base}/failedResults`, ({ sf__Id, sf__Error = '', Id = '' }): CrmResult => {
        return { id: sf__Id || Id, failure: rowFailure(complaintOfCell(sf__Error)) };
      });
      const unprocessed = await resultFile(`${base}/unprocessedrecords`, ({ Id = '' }) => Id);
      return { results: [...written, ...failed], unprocessed };
    },
    async open(since, object) {
      const { userId } = await session.identity();
      const found: CrmJob[] = [];
      let next: string | null = `${path}?jobType=V2Ingest`;
      while (next !== null) {
        const page: z.output<typeof listSchema> = await ask(listSchema, { path: next });
        for (const job of page.records) {
          // Others may sign in as our user: a job that is not as we make them is none of ours.
          const isMeant = (object === undefined || job.object === object) && job.operation === 'update';
          const isOurs = isMeant && (job.createdById ?? '').slice(0, 15) === userId.slice(0, 15);
          if (job.state === 'Open' && isOurs && Date.parse(job.createdDate ?? '') >= since) found.push(jobOf(job));
        }
        next = page.done ? null : (page.nextRecordsUrl ?? null);
      }
      return found;
    },
  };

  /** Asks for a state. Where the answer to an earlier asking was lost, the job is there already and that is as good. */
  async function moveTo(wanted: string, jobId: string, isThere: (now: CrmJob['state']) => boolean): Promise<void> {
    try {
      await ask(z.unknown(), { method: 'PATCH', path: `${path}/${idOf(jobId)}`, body: { state: wanted } });
    } catch (error) {
      const wasRefused = error instanceof SalesforceError && (error.status === 400 || error.status === 404);
      if (!wasRefused || !isThere((await state(jobId)).state)) throw error;
    }
  }

  /** A result file, again when it was cut. */
  async function resultFile<Row>(
    file: string,
    read: (cells: Readonly<Record<string, string>>) => Row,
    attempt = 1,
  ): Promise<Row[]> {
    const { body } = await session.raw(file);
    const rows: Row[] = [];
    let header: readonly string[] | null = null;
    try {
      for await (const row of csvRows(body)) {
        if (header === null) header = row.map((name) => (name.toLowerCase() === 'id' ? 'Id' : name));
        else rows.push(read(Object.fromEntries(header.map((name, at) => [name, row[at] ?? '']))));
      }
    } catch (error) {
      if (attempt >= 4) throw error;
      return await resultFile(file, read, attempt + 1);
    }
    return rows;
  }
}

function jobOf(job: z.output<typeof jobSchema>): CrmJob {
  return {
    ...{ id: job.id, state: states[job.state] ?? 'working' },
    ...{ processed: job.numberRecordsProcessed, failed: job.numberRecordsFailed, message: job.errorMessage ?? null },
  };
}

/** An id is part of an address. @throws {SalesforceError} `crm_stop` for what is none */
export function idOf(id: string): string {
  if (/^[A-Za-z0-9]{15,18}$/.test(id)) return id;
  throw new SalesforceError(
    'crm_stop',
    `Salesforce needs an id of 15 or 18 letters and digits, got ${JSON.stringify(id)}`,
  );
}
