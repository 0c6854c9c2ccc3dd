import { SalesforceError } from '../api-error.ts';
import { type Answer, csvAnswer, emptyAnswer, jsonAnswer } from '../rest/answer.ts';
import type { Api, ApiRequest } from '../rest/context.ts';
import { notAllowed } from '../rest/query.ts';
import { readJson } from '../rest/read-json.ts';
import { type CompiledQuery, compileSoql } from '../soql/compile-soql.ts';
import { type Key, readPage } from '../soql/read-page.ts';
import { headerOf, lineOf } from '../soql/show-rows.ts';
import { listJobs, requestedJob, showJob, wrongState } from './job-answer.ts';
import type { Job, JobStore } from './job-store.ts';
import { endOf } from './read-rows.ts';

/**
 * `jobs/query`: a query that is run in its own time and read in pages of CSV.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/queries.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_abort_job.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_delete_job.htm
 */
export function answerQueryJobs(
  { store, start }: { store: JobStore; start: (id: string) => void },
  api: Api,
  request: ApiRequest,
): Answer {
  const { method, path, body } = request;
  const [, , id, resource] = path;
  if (id === undefined) {
    if (method === 'GET') return listJobs(api, store, 'query');
    if (method === 'POST') return createJob({ store, start }, api, request);
    throw notAllowed(method);
  }
  const job = requestedJob(store, 'query', request);
  switch (`${method} ${resource ?? ''}`.trim()) {
    case 'GET':
      return jsonAnswer(showJob(api, job, true));
    case 'GET results':
      return results(api, job, request);
    case 'PATCH': {
      if (readJson(body).state !== 'Aborted')
        throw new SalesforceError(400, 'INVALIDJOBSTATE', 'a query can be aborted only');
      if (!['UploadComplete', 'InProgress'].includes(job.state)) throw wrongState(job, 'aborted');
      const aborted: Job = { ...job, state: 'Aborted', changed: api.clock() };
      store.save(aborted);
      return jsonAnswer(showJob(api, aborted, false));
    }
    case 'DELETE':
      if (['UploadComplete', 'InProgress'].includes(job.state)) throw wrongState(job, 'deleted');
      store.remove(job.id);
      return emptyAnswer();
    default:
      throw notAllowed(method);
  }
}

/** The query of a job. What Bulk does not do is refused. @throws {SalesforceError} */
export function compileBulk(api: Api, soql: string, all: boolean): CompiledQuery {
  const query = compileSoql(soql, api.view(all));
  if (query.kind !== 'rows')
    throw new SalesforceError(400, 'API_ERROR', 'Aggregate queries not supported in Bulk Query');
  if (query.offset > 0) throw new SalesforceError(400, 'API_ERROR', 'OFFSET not supported in Bulk Query');
  if (query.selected.some((each) => each.kind === 'field' && each.column.field.type === 'address')) {
    throw new SalesforceError(400, 'FUNCTIONALITY_NOT_ENABLED', 'Selecting compound data not supported in Bulk Query');
  }
  return query;
}

function createJob(
  { store, start }: { store: JobStore; start: (id: string) => void },
  api: Api,
  request: ApiRequest,
): Answer {
  const { query, operation, lineEnding = 'LF', columnDelimiter = 'COMMA' } = readJson(request.body);
  if (typeof query !== 'string') throw new SalesforceError(400, 'INVALIDJOB', 'query is required');
  if (operation !== 'query' && operation !== 'queryAll') {
    throw new SalesforceError(400, 'INVALIDJOB', `unknown operation: ${String(operation)}`);
  }
  if (columnDelimiter !== 'COMMA') {
    throw new SalesforceError(400, 'INVALIDJOB', 'the local Salesforce writes results with commas only');
  }
  const { object } = compileBulk(api, query, operation === 'queryAll');
  const job: Job = {
    ...{
      id: api.database.nextId('750'),
      kind: 'query',
      object: object.name,
      operation,
      state: 'UploadComplete',
      query,
    },
    ...{ created: api.clock(), changed: api.clock(), version: request.version, columnDelimiter, externalId: null },
    ...{ lineEnding: lineEnding === 'CRLF' ? 'CRLF' : 'LF', uploaded: false, columns: [], processed: 0, failed: 0 },
    ...{ errorMessage: null, workedMs: 0 },
  };
  api.database.transaction(() => store.save(job));
  start(job.id);
  return jsonAnswer(showJob(api, job, false));
}

/**
 * A page of results, with the place of the next in its locator.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_get_job_results.htm
 */
function results(api: Api, job: Job, { query: asked, version }: ApiRequest): Answer {
  if (job.state !== 'JobComplete') throw wrongState(job, 'read: its results are not there yet');
  if (version !== job.version) {
    const message = `The job was made with API version ${job.version}: read its results with the same`;
    throw new SalesforceError(409, 'INVALIDJOBSTATE', message);
  }
  const query = compileBulk(api, job.query ?? '', job.operation === 'queryAll');
  const { key, sent } = placeOf(asked.get('locator'));
  const wanted = Number(asked.get('maxRecords') ?? api.options.bulkPage);
  const left = (query.limit ?? Number.POSITIVE_INFINITY) - sent;
  const size = Math.max(1, Math.min(Number.isFinite(wanted) ? wanted : 1, api.options.bulkPage, left));
  const { rows, next } = readPage(api.database, query, key, size);
  const isLast = next === null || rows.length >= left;
  const locator = isLast ? 'null' : locatorOf(next, sent + rows.length);
  const headers = { 'sforce-locator': locator, 'sforce-numberofrecords': String(rows.length) };
  return csvAnswer(linesOf(job, query, rows), headers);
}

/** The place of a page, in the locator itself, so that it is good as long as the job. */
function locatorOf(key: Key, sent: number): string {
  return Buffer.from(JSON.stringify([sent, ...key])).toString('base64url');
}

function placeOf(locator: string | null): { key: Key | null; sent: number } {
  if (locator === null || locator === '') return { key: null, sent: 0 };
  try {
    const read: unknown = JSON.parse(Buffer.from(locator, 'base64url').toString());
    if (Array.isArray(read) && typeof read[0] === 'number' && read.length > 1)
      return { key: read.slice(1), sent: read[0] };
  } catch {
    // Falls through: what cannot be read is no locator.
  }
  throw new SalesforceError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
}

const LINES = 500;

/** A few hundred lines at a time: a page may have fifty thousand. */
function* linesOf(job: Job, { selected }: CompiledQuery, rows: readonly Record<string, unknown>[]): Generator<string> {
  const end = endOf(job);
  yield headerOf(selected) + end;
  for (let at = 0; at < rows.length; at += LINES) {
    yield rows
      .slice(at, at + LINES)
      .map((row) => lineOf(row, selected) + end)
      .join('');
  }
}
