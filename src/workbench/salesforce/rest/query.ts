import { SalesforceError } from '../api-error.ts';
import { type CompiledQuery, compileSoql } from '../soql/compile-soql.ts';
import { countRows, type Key, readPage } from '../soql/read-page.ts';
import { recordOf } from '../soql/show-rows.ts';
import { type Answer, jsonAnswer } from './answer.ts';
import type { Api, ApiRequest } from './context.ts';

/** A query that has more pages: what to run again, and from where on. */
interface Cursor {
  soql: string;
  all: boolean;
  key: Key;
  sent: number;
  total: number;
}

/** Salesforce forgets old cursors too. */
const MOST_CURSORS = 1000;

export interface Queries {
  /** `query?q=`, `queryAll?q=` and `query/LOCATOR`. */
  answer(api: Api, request: ApiRequest): Answer;
}

/**
 * Queries in pages. A locator is asked for as often as the client likes and gives the same page, as long as the records
 * stay as they are.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm
 */
export function createQueries(): Queries {
  const cursors = new Map<string, Cursor>();
  let made = 0;

  function answer(api: Api, request: ApiRequest): Answer {
    const [resource = '', locator] = request.path;
    const all = resource.toLowerCase() === 'queryall';
    if (request.method !== 'GET') throw notAllowed(request.method);
    if (locator !== undefined) {
      const cursor = cursors.get(locator);
      if (cursor === undefined) throw new SalesforceError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
      return pageOf(api, request, cursor);
    }
    const soql = request.query.get('q');
    if (soql === null) throw new SalesforceError(400, 'MALFORMED_QUERY', 'No SOQL query was specified');
    return pageOf(api, request, { soql, all, key: [], sent: 0, total: -1 });
  }

  function pageOf(api: Api, request: ApiRequest, cursor: Cursor): Answer {
    const { soql, all, key, sent } = cursor;
    const query = compileSoql(soql, api.view(all));
    if (query.kind === 'count') {
      return jsonAnswer({ totalSize: countRows(api.database, query), done: true, records: [] });
    }
    const size = Math.min(pageSize(api, request), (query.limit ?? Number.POSITIVE_INFINITY) - sent);
    const { rows, next } = readPage(api.database, query, sent === 0 ? null : key, size);
    const records = rows.map((row) => recordOf(row, query.selected, request.version));
    const soFar = sent + rows.length;
    const total = totalOf(api, query, cursor, soFar, next);
    if (next === null || soFar >= total || query.kind === 'groups') {
      return jsonAnswer({ totalSize: total, done: true, records });
    }
    made += 1;
    const locator = `01g${String(made).padStart(12, '0')}AAA-${soFar}`;
    cursors.set(locator, { soql, all, key: next, sent: soFar, total });
    for (const oldest of cursors.keys()) {
      if (cursors.size <= MOST_CURSORS) break;
      cursors.delete(oldest);
    }
    const nextRecordsUrl = `/services/data/${request.version}/${all ? 'queryAll' : 'query'}/${locator}`;
    return jsonAnswer({ totalSize: total, done: false, nextRecordsUrl, records });
  }

  return { answer };
}

function totalOf({ database }: Api, query: CompiledQuery, { total }: Cursor, soFar: number, next: Key | null): number {
  if (total >= 0) return total;
  const isAll = next === null || query.kind === 'groups' || soFar === query.limit;
  return isAll ? soFar : countRows(database, query);
}

/**
 * `Sforce-Query-Options: batchSize=500`: between 200 and 2,000.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_queryoptions.htm
 */
function pageSize({ options }: Api, { headers }: ApiRequest): number {
  const [, asked] = /batchSize=(\d+)/i.exec(String(headers['sforce-query-options'] ?? '')) ?? [];
  return asked === undefined ? options.queryPage : Math.min(2000, Math.max(200, Number(asked)));
}

/** 405, as Salesforce words it. */
export function notAllowed(method: string): SalesforceError {
  return new SalesforceError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed`);
}
