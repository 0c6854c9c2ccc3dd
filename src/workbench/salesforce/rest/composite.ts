import { SalesforceError } from '../api-error.ts';
import { longId } from '../org/ids.ts';
import type { Operation, SaveResult } from '../org/save.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import { requestedObject } from '../schema/schema.ts';
import { compileSoql } from '../soql/compile-soql.ts';
import { readPage } from '../soql/read-page.ts';
import { recordOf } from '../soql/show-rows.ts';
import { type Answer, jsonAnswer } from './answer.ts';
import { type Api, type ApiRequest, assign, writeOptions } from './context.ts';
import { notAllowed } from './query.ts';
import { isObject, readJson } from './read-json.ts';

type Given = Record<string, unknown>;

/**
 * `composite/sobjects`: up to 200 records in one call, each with a result of its own.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections.htm
 */
export function answerComposite(api: Api, request: ApiRequest): Answer {
  const { path, method, query } = request;
  if (path[1] !== 'sobjects') throw new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');
  const [, , name, externalId] = path;
  if (name !== undefined && (method === 'GET' || method === 'POST')) return retrieve(api, request, name);
  switch (method) {
    case 'DELETE': {
      const ids = (query.get('ids') ?? '').split(',').filter((id) => id !== '');
      const rows = ids.map((Id) => ({ Id, attributes: { type: objectOfId(api, Id) } }));
      return write(api, request, 'delete', rows, query.get('allOrNone') === 'true');
    }
    case 'POST':
    case 'PATCH': {
      const body = readJson(request.body);
      const rows = Array.isArray(body.records) ? body.records.filter(isObject) : [];
      const operation = method === 'POST' ? 'insert' : externalId === undefined ? 'update' : 'upsert';
      return write(api, request, operation, rows, body.allOrNone === true, externalId);
    }
    default:
      throw notAllowed(method);
  }
}

/**
 * Rows of several objects, at most 200, written object by object and answered in the order in which they came.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_header_allornoneheader.htm
 */
function write(
  api: Api,
  request: ApiRequest,
  operation: Operation,
  rows: readonly Given[],
  allOrNone: boolean,
  externalId?: string,
): Answer {
  if (rows.length > 200) {
    const message = 'record limit reached. cannot submit more than 200 records into this call';
    throw new SalesforceError(400, 'EXCEEDED_ID_LIMIT', message);
  }
  const byType = Map.groupBy(rows, typeOf);
  const results = new Map<Given, SaveResult>();
  for (const [type, own] of byType) {
    const object = typeObject(api, type);
    const shared = { ...writeOptions(api, object, operation), allOrNone, rows: own };
    const saved = api.save(externalId === undefined ? shared : { ...shared, externalId });
    assign(api, request, object.name, saved);
    for (const [index, row] of own.entries()) {
      const result = saved[index];
      if (result !== undefined) results.set(row, result);
    }
  }
  const answers = rows.map((row) => {
    const { id = null, success = false, created = false, errors = [] } = results.get(row) ?? {};
    return { ...(id === null ? {} : { id }), success, errors, ...(operation === 'upsert' ? { created } : {}) };
  });
  return jsonAnswer(answers);
}

function typeOf({ attributes }: Given): string {
  return isObject(attributes) && typeof attributes.type === 'string' ? attributes.type : '';
}

function typeObject(api: Api, type: string): ObjectSchema {
  if (type !== '') return requestedObject(api.schema, type);
  throw new SalesforceError(400, 'INVALID_INPUT', "sObject type is required: say it in every record's attributes");
}

function objectOfId({ schema }: Api, id: string): string {
  const found = [...schema.values()].find(({ prefix, writable }) => writable && id.startsWith(prefix));
  if (found !== undefined) return found.name;
  throw new SalesforceError(400, 'MALFORMED_ID', `malformed id ${id}`);
}

/** Records by their ids, in the order that was asked; `null` for one that is not there. */
function retrieve(api: Api, request: ApiRequest, name: string): Answer {
  const object = requestedObject(api.schema, name);
  const body: Given =
    request.method === 'GET'
      ? { ids: request.query.get('ids')?.split(','), fields: request.query.get('fields')?.split(',') }
      : readJson(request.body);
  const ids = textsOf(body.ids).map(longId);
  const fields = textsOf(body.fields);
  if (ids.length > 2000) throw new SalesforceError(400, 'EXCEEDED_ID_LIMIT', 'The maximum number of ids is 2000');
  if (ids.length === 0 || fields.length === 0)
    throw new SalesforceError(400, 'MALFORMED_QUERY', 'ids and fields are required');
  const wanted = fields.some((field) => field.toLowerCase() === 'id') ? fields : ['Id', ...fields];
  const list = ids.map((id) => `'${id.replace(/[^a-zA-Z0-9]/g, '')}'`).join(', ');
  const query = compileSoql(`SELECT ${wanted.join(', ')} FROM ${object.name} WHERE Id IN (${list})`, api.view(false));
  const { rows } = readPage(api.database, query, null, ids.length);
  const records = rows.map((row) => recordOf(row, query.selected, request.version));
  const byId = new Map(records.map((record) => [record.Id, record]));
  return jsonAnswer(ids.map((id) => byId.get(id) ?? null));
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
