import type { Database } from '../org/database.ts';

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** A job of Bulk API 2.0, as it is kept. */
export interface Job {
  id: string;
  kind: 'ingest' | 'query';
  object: string;
  operation: string;
  state: JobState;
  /** Milliseconds since 1970. */
  created: number;
  changed: number;
  /** Results are read with the version that the job was made with. */
  version: string;
  lineEnding: 'LF' | 'CRLF';
  columnDelimiter: string;
  externalId: string | null;
  query: string | null;
  uploaded: boolean;
  /** The header of the CSV, in the words of the client. */
  columns: string[];
  /** Rows that were worked on, failed ones too. */
  processed: number;
  failed: number;
  errorMessage: string | null;
  workedMs: number;
}

export interface ResultRow {
  place: number;
  id: string;
  created: boolean;
  /** `null`: written. */
  error: string | null;
  /** The row as it was sent, as a line of CSV. */
  cells: string;
}

/** The jobs of the org and what came of their rows. They outlive the process, for seven days. */
export interface JobStore {
  get(id: string): Job | undefined;
  list(kind: Job['kind']): Job[];
  save(job: Job): void;
  remove(id: string): void;
  upload(id: string, body: Buffer): void;
  body(id: string): Uint8Array;
  addResult(jobId: string, row: ResultRow): void;
  /** Lines of results, a few thousand in memory at a time. Failed ones come in another order than they were sent. */
  results(jobId: string, which: 'successful' | 'failed'): Generator<ResultRow>;
}

const WEEK = 7 * 86_400_000;
const PIECE = 2000;

/**
 * Opens the jobs of the database; those over seven days old are gone.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_bulkapi.htm
 */
export function openJobStore({ sql }: Database, clock: () => number): JobStore {
  const jobs = new Map<string, Job>();
  for (const { job } of sql.prepare('SELECT job FROM local_job ORDER BY place').all()) {
    const known: Job = JSON.parse(String(job));
    jobs.set(known.id, known);
  }
  const write = sql.prepare(`INSERT INTO local_job (id, place, job) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET job = excluded.job`);
  const add = sql.prepare('INSERT OR REPLACE INTO local_result VALUES (?, ?, ?, ?, ?, ?)');

  function remove(id: string): void {
    jobs.delete(id);
    sql.prepare('DELETE FROM local_result WHERE job = ?').run(id);
    sql.prepare('DELETE FROM local_upload WHERE job = ?').run(id);
    sql.prepare('DELETE FROM local_job WHERE id = ?').run(id);
  }
  function get(id: string): Job | undefined {
    const job = jobs.get(id);
    if (job === undefined || clock() - job.created <= WEEK) return job;
    remove(id);
    return undefined;
  }

  return {
    get,
    remove,
    list: (kind) => [...jobs.values()].filter((job) => job.kind === kind && get(job.id) !== undefined),
    save(job) {
      jobs.set(job.id, job);
      write.run(job.id, jobs.size, JSON.stringify(job));
    },
    upload: (id, body) => void sql.prepare('INSERT OR REPLACE INTO local_upload VALUES (?, ?)').run(id, body),
    body(id) {
      const found = sql.prepare('SELECT body FROM local_upload WHERE job = ?').get(id);
      return found?.body instanceof Uint8Array ? found.body : new Uint8Array();
    },
    addResult: (jobId, { place, id, created, error, cells }) =>
      void add.run(jobId, place, id, created ? 1 : 0, error, cells),
    *results(jobId, which) {
      const failed = which === 'failed';
      const [word, order, beyond] = failed ? ['IS NOT NULL', 'DESC', '<'] : ['IS NULL', 'ASC', '>'];
      const page = sql.prepare(`SELECT * FROM local_result WHERE job = ? AND place ${beyond} ? AND error ${word}
        ORDER BY place ${order} LIMIT ${PIECE}`);
      let at = failed ? Number.MAX_SAFE_INTEGER : -1;
      for (let rows = page.all(jobId, at); rows.length > 0; rows = page.all(jobId, at)) {
        for (const row of rows) {
          const error = row.error === null ? null : String(row.error);
          at = Number(row.place);
          yield { place: at, id: String(row.id), created: row.created === 1, error, cells: String(row.cells) };
        }
      }
    },
  };
}
