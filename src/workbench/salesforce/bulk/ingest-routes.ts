import { SalesforceError } from '../api-error.ts';
import { type Answer, csvAnswer, emptyAnswer, jsonAnswer } from '../rest/answer.ts';
import type { Api, ApiRequest } from '../rest/context.ts';
import { notAllowed } from '../rest/query.ts';
import { readJson } from '../rest/read-json.ts';
import { quoted } from '../soql/show-rows.ts';
import { listJobs, requestedJob, showJob, wrongState } from './job-answer.ts';
import type { Job, JobStore } from './job-store.ts';
import { endOf, isDelimiter, lineOf, readRows } from './read-rows.ts';

/** 150 MB after base64 encoding, which adds a third. */
const MOST_BYTES = 112_500_000;
const operations = ['insert', 'update', 'upsert', 'delete', 'hardDelete'];

export interface IngestRoutes {
  store: JobStore;
  /** Has a job worked on, in its own time. */
  start: (id: string) => void;
}

/**
 * `jobs/ingest`: make a job, send its rows once, close it, ask how it goes, read what came of every row.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/walkthrough_upload_data.htm
 */
export function answerIngest({ store, start }: IngestRoutes, api: Api, request: ApiRequest): Answer {
  const { method, path, body } = request;
  const [, , id, resource] = path;
  if (id === undefined) {
    if (method === 'GET') return listJobs(api, store, 'ingest');
    if (method === 'POST') return createJob(api, store, request);
    throw notAllowed(method);
  }
  const job = requestedJob(store, 'ingest', request);
  switch (`${method} ${resource ?? ''}`.trim()) {
    case 'GET':
      return jsonAnswer(showJob(api, job, true));
    case 'PUT batches':
      return upload(api, store, job, request);
    case 'PATCH': {
      const { state } = readJson(body);
      if (state === 'Aborted') return abort(api, store, job);
      if (state !== 'UploadComplete')
        throw new SalesforceError(400, 'INVALIDJOBSTATE', `Unknown state: ${String(state)}`);
      if (job.state !== 'Open') throw wrongState(job, 'closed');
      store.save({ ...job, state, changed: api.clock() });
      start(job.id);
      return jsonAnswer(showJob(api, store.get(job.id) ?? job, false));
    }
    case 'DELETE':
      // "To delete a job, its state must be UploadComplete, JobComplete, Aborted, or Failed."
      if (job.state === 'Open' || job.state === 'InProgress') throw wrongState(job, 'deleted');
      store.remove(job.id);
      return emptyAnswer();
    case 'GET successfulResults':
      return csvAnswer(resultLines(store, ended(job), 'successful'));
    case 'GET failedResults':
      return csvAnswer(resultLines(store, ended(job), 'failed'));
    case 'GET unprocessedrecords':
      return csvAnswer(unprocessedLines(store, ended(job)));
    default:
      throw notAllowed(method);
  }
}

function createJob(api: Api, store: JobStore, request: ApiRequest): Answer {
  const said = readJson(request.body);
  const object = api.schema.get(String(said.object ?? '').toLowerCase());
  const operation = String(said.operation ?? '');
  const { contentType = 'CSV', lineEnding = 'LF', columnDelimiter = 'COMMA', externalIdFieldName = null } = said;
  if (object === undefined || !object.writable || !object.allowed.read) {
    throw new SalesforceError(400, 'INVALIDENTITY', `Unable to find object: ${String(said.object)}`);
  }
  if (!operations.includes(operation)) throw invalid(`unknown operation: ${operation}`);
  if (contentType !== 'CSV') throw invalid(`unsupported content type: ${String(contentType)}`);
  if (lineEnding !== 'LF' && lineEnding !== 'CRLF') throw invalid(`unknown line ending: ${String(lineEnding)}`);
  if (!isDelimiter(String(columnDelimiter))) throw invalid(`unknown column delimiter: ${String(columnDelimiter)}`);
  if (operation === 'upsert' && externalIdFieldName === null)
    throw invalid('externalIdFieldName is required for upsert');
  const job: Job = {
    ...{ id: api.database.nextId('750'), kind: 'ingest', object: object.name, operation, state: 'Open', lineEnding },
    ...{
      created: api.clock(),
      changed: api.clock(),
      version: request.version,
      columnDelimiter: String(columnDelimiter),
    },
    ...{ externalId: externalIdFieldName === null ? null : String(externalIdFieldName), query: null, uploaded: false },
    ...{ columns: [], processed: 0, failed: 0, errorMessage: null, workedMs: 0 },
  };
  api.database.transaction(() => store.save(job));
  return jsonAnswer(showJob(api, job, false));
}

function invalid(message: string): SalesforceError {
  return new SalesforceError(400, 'INVALIDJOB', message);
}

/**
 * One upload a job, of at most 150 MB in base64.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/walkthrough_upload_data.htm
 */
function upload(api: Api, store: JobStore, job: Job, { headers, body }: ApiRequest): Answer {
  if (job.state !== 'Open') throw wrongState(job, 'given rows');
  if (!String(headers['content-type'] ?? '').startsWith('text/csv')) {
    throw new SalesforceError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content-Type must be text/csv');
  }
  if (job.uploaded) {
    const message = `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`;
    throw new SalesforceError(400, 'CLIENTINPUTERROR', message);
  }
  if (body.length > MOST_BYTES)
    throw new SalesforceError(400, 'CLIENTINPUTERROR', 'The upload is larger than 150 MB in base64');
  store.upload(job.id, body);
  store.save({ ...job, uploaded: true, changed: api.clock() });
  return emptyAnswer(201);
}

/**
 * Nothing more of the job is worked on; what was written stays.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/abort_job.htm
 */
function abort(api: Api, store: JobStore, job: Job): Answer {
  if (!['Open', 'UploadComplete', 'InProgress'].includes(job.state)) throw wrongState(job, 'aborted');
  const aborted: Job = { ...job, state: 'Aborted', changed: api.clock() };
  store.save(aborted);
  return jsonAnswer(showJob(api, aborted, false));
}

function ended(job: Job): Job {
  if (['JobComplete', 'Failed', 'Aborted'].includes(job.state)) return job;
  throw wrongState(job, 'read: its results are not there yet');
}

/**
 * A result file: the id, what came of it, and the row as it was sent.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/get_job_failed_results.htm
 */
function* resultLines(store: JobStore, job: Job, which: 'successful' | 'failed'): Generator<string> {
  const end = endOf(job);
  yield lineOf(job, ['sf__Id', which === 'failed' ? 'sf__Error' : 'sf__Created', ...job.columns]) + end;
  for (const { id, created, error, cells } of store.results(job.id, which)) {
    yield `${lineOf(job, [id, which === 'failed' ? (error ?? '') : String(created)])}${separatorOf(job)}${cells}${end}`;
  }
}

/** What lies between two cells, taken from a line of two empty ones. */
function separatorOf(job: Job): string {
  return lineOf(job, ['', '']).slice(quoted('').length, -quoted('').length);
}

/** The rows behind the last one that was worked on, read from the upload again. */
async function* unprocessedLines(store: JobStore, job: Job): AsyncGenerator<string> {
  const end = endOf(job);
  let at = -1;
  for await (const cells of readRows(job, store.body(job.id))) {
    if (at < 0 || at >= job.processed) yield lineOf(job, cells) + end;
    at += 1;
  }
}
