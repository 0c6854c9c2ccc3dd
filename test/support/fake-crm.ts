import type {
  Crm,
  CrmField,
  CrmJob,
  CrmMissing,
  CrmOrg,
  CrmRecord,
  CrmResult,
  CrmUpdate,
  CrmValue,
  ScoredObject,
} from '../../src/connectors/crm.ts';
import { IcpError } from '../../src/errors.ts';
import { type PublishedField, publishedFields } from '../../src/icp/publishing/published-fields.ts';

type Operation =
  | 'org'
  | 'describe'
  | 'snapshot'
  | 'byId'
  | 'missing'
  | 'budget'
  | 'update'
  | 'create'
  | 'upload'
  | 'close'
  | 'state'
  | 'results'
  | 'abort'
  | 'open';

interface FakeJob extends CrmJob {
  object: ScoredObject;
  openedAt: number;
  rows: CrmUpdate[] | null;
  looks: number;
  results: CrmResult[];
  unprocessed: string[];
}

export interface FakeCrm extends Crm {
  records: Record<ScoredObject, Map<string, Record<string, CrmValue>>>;
  /** How often each record was written, refusals not counted: a trigger's counter. */
  written: Map<string, number>;
  jobs: Map<string, FakeJob>;
  calls: Operation[];
  orgNow: CrmOrg;
  /** Rows that are locked the next so many times. */
  locked: Map<string, number>;
  /** Rows that are refused, with the code. */
  refused: Map<string, string>;
  missingNow: CrmMissing[];
  left: number;
  /** What happens before the work of a call: throw, and it is not done. */
  before: (operation: Operation) => void;
  /** After it: throw, and the answer is lost. */
  after: (operation: Operation) => void;
  /** So many looks until a job is done. */
  looksUntilDone: number;
  /** A job that is aborted while it is worked on has done so many rows of it by then. */
  doneAtAbort: number;
  /** A job fails when so many rows of it are done; the rest is unprocessed. */
  failAfter: number | null;
  /** Leaves so many rows out of the results of a job, though it did them. */
  leaveOut: number;
}

/** Somebody edits a record by hand. */
export function edit(crm: FakeCrm, object: ScoredObject, id: string, values: Record<string, CrmValue>): void {
  const record = crm.records[object].get(id);
  if (record === undefined) throw new Error(`no ${object} ${id}`);
  Object.assign(record, values);
}

const most = 100_000;

/** A CRM in memory that does what the real one does, faults too. */
export function createFakeCrm(now: () => number): FakeCrm {
  let nextJob = 1;
  const call = <Result>(operation: Operation, work: () => Result): Result => {
    crm.calls.push(operation);
    crm.left--;
    crm.before(operation);
    const result = work();
    crm.after(operation);
    return result;
  };

  const write = (object: ScoredObject, { id, values }: CrmUpdate): CrmResult => {
    const fail = (code: string, kind: 'retry' | 'set aside', fields: string[] = []): CrmResult => ({
      id,
      failure: { code, message: `${code} of ${id}`, fields, kind },
    });
    const locks = crm.locked.get(id) ?? 0;
    if (locks > 0) {
      crm.locked.set(id, locks - 1);
      return fail('UNABLE_TO_LOCK_ROW', 'retry');
    }
    const refused = crm.refused.get(id);
    if (refused !== undefined) return fail(refused, 'set aside');
    const record = crm.records[object].get(id);
    if (record === undefined) return fail('ENTITY_IS_DELETED', 'set aside');
    if (record.IsConverted === true) return fail('CANNOT_UPDATE_CONVERTED_LEAD', 'set aside');
    for (const field of publishedFields as readonly PublishedField[]) {
      const value = values[field.name];
      if (field.kind.type === 'text' && typeof value === 'string' && value.length > field.kind.length)
        return fail('STRING_TOO_LONG', 'set aside', [field.name]);
    }
    for (const [name, value] of Object.entries(values)) record[name] = keptAs(name, value);
    record.SystemModstamp = new Date(now()).toISOString();
    crm.written.set(id, (crm.written.get(id) ?? 0) + 1);
    return { id, failure: null };
  };

  const work = (job: FakeJob): void => {
    if (job.state !== 'working' || ++job.looks < crm.looksUntilDone) return;
    const rows = job.rows ?? [];
    const until = crm.failAfter ?? rows.length;
    for (const row of rows.slice(0, until)) job.results.push(write(job.object, row));
    job.unprocessed = rows.slice(until).map(({ id }) => id);
    job.processed = Math.min(until, rows.length);
    job.failed = job.results.filter(({ failure }) => failure !== null).length;
    job.state = job.unprocessed.length === 0 ? 'complete' : 'failed';
    job.message = job.state === 'failed' ? 'InternalServerError : the batch took too long' : null;
    crm.failAfter = null;
  };
  const jobOf = (id: string): FakeJob => {
    const job = crm.jobs.get(id);
    if (job === undefined) throw new IcpError('crm_stop', `the CRM knows no job ${id}`);
    return job;
  };

  const picked = (record: Record<string, CrmValue>, fields: readonly string[]): CrmRecord => ({
    Id: record.Id ?? '',
    SystemModstamp: record.SystemModstamp ?? null,
    ...Object.fromEntries(fields.map((field) => [field, record[field] ?? null])),
  });

  const crm: FakeCrm = {
    records: { Account: new Map(), Lead: new Map(), Contact: new Map() },
    ...{ written: new Map(), jobs: new Map(), calls: [], locked: new Map(), refused: new Map(), missingNow: [] },
    orgNow: { id: '00D000000000001EAA', name: 'Northwind', setting: 'local', url: 'http://127.0.0.1' },
    ...{ left: most, before: () => {}, after: () => {}, looksUntilDone: 2, failAfter: null, leaveOut: 0 },
    doneAtAbort: 0,
    org: async () => call('org', () => crm.orgNow),
    ourId: async () => '005000000000000AAA',
    reader: {
      describe: async () => call('describe', () => new Map<string, CrmField>()),
      async *changed() {},
      async *deleted() {},
      lastAccountChanges: async () => new Map(),
      count: async (object) =>
        crm.records[object === 'Lead' ? 'Lead' : object === 'Contact' ? 'Contact' : 'Account'].size,
      async *ids() {},
      async *snapshot(object, fields) {
        call('snapshot', () => null);
        const all = [...crm.records[object].values()];
        for (let from = 0; from < all.length; from += 10_000)
          yield all.slice(from, from + 10_000).map((record) => picked(record, fields));
      },
      byId: async (object, ids, fields) =>
        call(
          'byId',
          () =>
            new Map(
              ids.flatMap((id) => {
                const record = crm.records[object].get(id);
                return record === undefined ? [] : [[id, picked(record, fields)] as const];
              }),
            ),
        ),
    },
    writer: {
      missing: async () => call('missing', () => crm.missingNow),
      budget: async () => call('budget', () => ({ most, left: crm.left })),
      calls: () => crm.calls.length,
      update: async (object, rows) => {
        if (rows.length > 200) throw new Error(`EXCEEDED_ID_LIMIT: ${rows.length} rows in one call`);
        return call('update', () => rows.map((row) => write(object, row)));
      },
      jobs: {
        create: async (object) =>
          call('create', () => {
            const id = `750${String(nextJob++).padStart(12, '0')}AAA`;
            const job: FakeJob = {
              ...{ id, object, state: 'open', processed: 0, failed: 0, message: null, openedAt: now() },
              ...{ rows: null, looks: 0, results: [], unprocessed: [] },
            };
            crm.jobs.set(id, job);
            return { ...job };
          }),
        upload: async (id, _fields, rows) =>
          call('upload', () => {
            const job = jobOf(id);
            if (job.state !== 'open' || job.rows !== null)
              throw new IcpError('crm_stop', `the job ${id} is ${job.state} and has its rows`);
            job.rows = [...rows];
          }),
        close: async (id) =>
          call('close', () => {
            const job = jobOf(id);
            if (job.state !== 'open') throw new IcpError('crm_stop', `the job ${id} is ${job.state}, not open`);
            if (job.rows === null) throw new IcpError('crm_stop', `the job ${id} has no rows`);
            job.state = 'working';
          }),
        state: async (id) =>
          call('state', () => {
            const job = crm.jobs.get(id);
            if (job === undefined) return { id, state: 'gone', processed: 0, failed: 0, message: null };
            work(job);
            const { state, processed, failed, message } = job;
            return { id, state, processed, failed, message };
          }),
        results: async (id) =>
          call('results', () => {
            const job = jobOf(id);
            if (job.state !== 'complete' && job.state !== 'failed')
              throw new IcpError('crm_stop', `the job ${id} is ${job.state} and has no results`);
            return { results: job.results.slice(crm.leaveOut), unprocessed: job.unprocessed };
          }),
        abort: async (id) =>
          call('abort', () => {
            const job = jobOf(id);
            if (job.state === 'complete' || job.state === 'failed')
              throw new IcpError('crm_stop', `the job ${id} is ${job.state} and cannot be aborted`);
            const done = job.state === 'working' ? (job.rows ?? []).slice(0, crm.doneAtAbort) : [];
            for (const row of done) write(job.object, row);
            job.processed += done.length;
            job.state = 'aborted';
          }),
        open: async (since, object) =>
          call('open', () =>
            [...crm.jobs.values()]
              .filter((job) => job.state === 'open' && job.openedAt >= since && job.object === (object ?? job.object))
              .map(({ id, state, processed, failed, message }) => ({ id, state, processed, failed, message })),
          ),
      },
      setLeadStatus: async (leadId) => ({ id: leadId, failure: null }),
    },
  };
  return crm;
}

/** As Salesforce keeps it and gives it out again by REST. */
function keptAs(name: string, value: CrmValue): CrmValue {
  const field = (publishedFields as readonly PublishedField[]).find((one) => one.name === name);
  if (field === undefined) return value;
  if (field.kind.type === 'checkbox') return value === true;
  if (value === null || value === '') return null;
  if (field.kind.type === 'number') return Number(Number(value).toFixed(field.kind.scale));
  if (field.kind.type === 'datetime') return `${new Date(String(value)).toISOString().slice(0, 19)}.000+0000`;
  return String(value).trim();
}
