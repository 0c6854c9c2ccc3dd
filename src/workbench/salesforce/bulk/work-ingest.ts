import type { Faults } from '../faults/faults.ts';
import type { Operation, SaveResult } from '../org/save.ts';
import type { Api } from '../rest/context.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import { objectOf } from '../schema/schema.ts';
import type { Job, JobStore } from './job-store.ts';
import { endsAsSaid, lineOf, readRows } from './read-rows.ts';

/** Triggers run over so many rows at once. */
const CHUNK = 200;
/** "Bulk API 2.0 creates a separate batch for every 10,000 records". */
const BATCH = 10_000;

export interface IngestWork {
  api: Api;
  store: JobStore;
  jobs: Faults['jobs'];
  stopped: AbortSignal;
}

/**
 * Works on a job that was closed, 200 rows at a time, and goes on where it was after a restart.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_prepare_csv.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_bulkapi.htm
 */
export async function workIngest(work: IngestWork, id: string): Promise<void> {
  const { api, store, jobs, stopped } = work;
  const current = (): Job | undefined => (stopped.aborted ? undefined : store.get(id));
  const job = current();
  if (job === undefined || !['UploadComplete', 'InProgress'].includes(job.state)) return;
  const object = objectOf(api.schema, job.object);
  const began = performance.now();
  const end = (state: Job['state'], errorMessage: string | null = null): void => {
    const now = current();
    if (now === undefined || now.state === 'Aborted') return;
    const workedMs = Math.round(performance.now() - began);
    store.save({ ...now, state, errorMessage, changed: api.clock(), workedMs });
  };
  const body = store.body(id);
  store.save({ ...job, state: 'InProgress', changed: api.clock() });
  if (!endsAsSaid(job, body)) {
    const setting = `Current LineEnding setting is ${job.lineEnding}`;
    return end('Failed', `ClientInputError : LineEnding is invalid on user data. ${setting}`);
  }
  const stopAt = jobs.takeFailure() ?? Number.POSITIVE_INFINITY;
  let columns: string[] | null = null;
  let seen = 0;
  let chunk: string[][] = [];
  const flush = (): void => {
    if (chunk.length > 0) workChunk(work, current(), object, columns ?? [], chunk);
    chunk = [];
  };
  for await (const cells of readRows(job, body)) {
    if (current()?.state !== 'InProgress') return;
    if (columns === null) {
      columns = cells;
      const unknown = unknownColumn(object, job, cells);
      store.save({ ...(current() ?? job), columns });
      if (unknown !== null) return end('Failed', unknown);
      continue;
    }
    seen += 1;
    if (seen <= job.processed) continue;
    if (seen > stopAt) {
      flush();
      return end('Failed', 'InternalServerError : the batch was retried too often');
    }
    chunk.push(cells);
    if (chunk.length < CHUNK) continue;
    flush();
    await pause(seen % BATCH === 0 ? jobs.batchDelayMs : 0);
    while (jobs.isHeld() && current()?.state === 'InProgress') await pause(10);
  }
  if (current()?.state !== 'InProgress') return;
  flush();
  while (jobs.isHeld() && current()?.state === 'InProgress') await pause(10);
  if (columns === null) return end('Failed', 'InvalidBatch : The CSV has no header');
  end('JobComplete');
}

function workChunk(
  { api, store }: IngestWork,
  job: Job | undefined,
  object: ObjectSchema,
  columns: readonly string[],
  chunk: readonly string[][],
): void {
  if (job === undefined) return;
  api.database.transaction(() => {
    const rows = chunk.map((cells) => Object.fromEntries(columns.map((name, at) => [name, cellValue(cells[at])])));
    const shared = {
      object,
      operation: operationOf(job.operation),
      user: api.ids.integrationUser,
      allOrNone: false,
      rows,
    };
    const results = api.save(job.externalId === null ? shared : { ...shared, externalId: job.externalId });
    for (const [index, result] of results.entries()) {
      const cells = lineOf(job, chunk[index] ?? []);
      const place = job.processed + index;
      const id = result.id ?? '';
      store.addResult(job.id, { place, id, created: result.created, error: errorOf(result), cells });
    }
    const failed = results.filter(({ success }) => !success).length;
    store.save({ ...job, processed: job.processed + chunk.length, failed: job.failed + failed, changed: api.clock() });
  });
}

/**
 * An empty cell leaves the field as it is; `#N/A` clears it.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_prepare_csv.htm
 */
function cellValue(cell: string | undefined): string | null | undefined {
  if (cell === undefined || cell === '') return undefined;
  return cell === '#N/A' ? null : cell;
}

function errorOf({ errors }: SaveResult): string | null {
  const [error] = errors;
  return error === undefined ? null : `${error.statusCode}:${error.message}:${error.fields.join(', ')} --`;
}

function operationOf(operation: string): Operation {
  if (operation === 'hardDelete') return 'delete';
  return operation === 'insert' || operation === 'upsert' || operation === 'delete' ? operation : 'update';
}

function unknownColumn(object: ObjectSchema, job: Job, columns: readonly string[]): string | null {
  const unknown = columns.find((name) => object.fields.get(name.toLowerCase())?.readable !== true);
  if (unknown !== undefined) return `InvalidBatch : Field name not found : ${unknown}`;
  const needsId = ['update', 'delete', 'hardDelete'].includes(job.operation);
  const hasId = columns.some((name) => name.toLowerCase() === 'id');
  return needsId && !hasId ? `InvalidBatch : Field name not found : Id` : null;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (ms > 0) setTimeout(resolve, ms);
    else setImmediate(resolve);
  });
}
