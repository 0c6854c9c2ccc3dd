import { SalesforceError } from '../api-error.ts';
import { isIdOf, longId } from '../org/ids.ts';
import type { SaveResult } from '../org/save.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import { requestedObject } from '../schema/schema.ts';
import { compileSoql } from '../soql/compile-soql.ts';
import { readPage } from '../soql/read-page.ts';
import { recordOf } from '../soql/show-rows.ts';
import { type Answer, emptyAnswer, errorAnswer, jsonAnswer } from './answer.ts';
import { type Api, type ApiRequest, assign, writeOptions } from './context.ts';
import { answerDescribe, answerObjects } from './describe.ts';
import { notAllowed } from './query.ts';
import { readJson } from './read-json.ts';
import { answerDeleted, answerUpdated } from './replication.ts';

/**
 * Everything under `sobjects`.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_list.htm
 */
export function answerSobjects(api: Api, request: ApiRequest): Answer {
  const { path, method } = request;
  const [, name, third, fourth] = path;
  if (name === undefined) return answerObjects(api, request);
  const object = requestedObject(api.schema, name);
  if (third === undefined) {
    if (method === 'GET') return answerBasics(request, object);
    if (method === 'POST') return create(api, request, object);
    throw notAllowed(method);
  }
  if (third === 'describe') return answerDescribe(api, request);
  if (third === 'updated') return answerUpdated(api, request, object);
  if (third === 'deleted') return answerDeleted(api, request, object);
  if (fourth !== undefined) return byExternalId(api, request, object, third, fourth);
  switch (method) {
    case 'GET':
      return readOne(api, request, object, third);
    case 'PATCH':
      return change(api, request, object, { ...readJson(request.body), Id: third });
    case 'DELETE':
      return remove(api, object, third);
    default:
      throw notAllowed(method);
  }
}

/**
 * `sobjects/X`: what an object is, in short.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_basic_info.htm
 */
function answerBasics({ version }: ApiRequest, { name, label, prefix }: ObjectSchema): Answer {
  const objectDescribe = {
    name,
    label,
    keyPrefix: prefix,
    urls: { sobject: `/services/data/${version}/sobjects/${name}` },
  };
  return jsonAnswer({ objectDescribe, recentItems: [] });
}

/**
 * POST `sobjects/X`: a new record.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_basic_info.htm
 */
function create(api: Api, request: ApiRequest, object: ObjectSchema): Answer {
  const body = readJson(request.body);
  const results = api.save({ ...writeOptions(api, object, 'insert'), rows: [body] });
  assign(api, request, object.name, results);
  const [result] = results;
  if (result === undefined || !result.success) return refused(result);
  return jsonAnswer({ id: result.id, success: true, errors: [] }, 201);
}

/**
 * PATCH `sobjects/X/ID`: 204 and no body.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_retrieve.htm
 */
function change(api: Api, request: ApiRequest, object: ObjectSchema, row: Record<string, unknown>): Answer {
  const results = api.save({ ...writeOptions(api, object, 'update'), rows: [row] });
  assign(api, request, object.name, results);
  return results[0]?.success ? emptyAnswer() : refused(results[0]);
}

/**
 * DELETE `sobjects/X/ID`: into the bin.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_delete.htm
 */
function remove(api: Api, object: ObjectSchema, id: string): Answer {
  const [result] = api.save({ ...writeOptions(api, object, 'delete'), rows: [{ Id: id }] });
  return result?.success ? emptyAnswer() : refused(result);
}

/**
 * GET `sobjects/X/ID`, with `fields` where not all are wanted.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_get_field_values.htm
 */
function readOne(api: Api, request: ApiRequest, object: ObjectSchema, id: string): Answer {
  if (!isIdOf('', id)) throw notFound();
  return readWhere(api, request, object, `Id = '${longId(id)}'`);
}

function readWhere(api: Api, request: ApiRequest, object: ObjectSchema, where: string): Answer {
  const fields = request.query.get('fields') ?? 'FIELDS(ALL)';
  const query = compileSoql(`SELECT ${fields} FROM ${object.name} WHERE ${where} LIMIT 2`, api.view(false));
  const { rows } = readPage(api.database, query, null, 2);
  if (rows.length > 1)
    return jsonAnswer(
      rows.map((row) => recordOf(row, query.selected, request.version)),
      300,
    );
  const [row] = rows;
  if (row === undefined) throw notFound();
  return jsonAnswer(recordOf(row, query.selected, request.version));
}

/**
 * `sobjects/X/KEY/VALUE`: read or upsert by a field that is a key.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_upsert.htm
 */
function byExternalId(api: Api, request: ApiRequest, object: ObjectSchema, name: string, value: string): Answer {
  const field = object.fields.get(name.toLowerCase());
  if (field === undefined || !(field.externalId || field.type === 'id')) throw notFound();
  const quoted = value.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  if (request.method === 'GET') return readWhere(api, request, object, `${field.name} = '${quoted}'`);
  if (request.method !== 'PATCH') throw notAllowed(request.method);
  const row = { ...readJson(request.body), [field.name]: value };
  const results = api.save({ ...writeOptions(api, object, 'upsert'), rows: [row], externalId: field.name });
  assign(api, request, object.name, results);
  const [result] = results;
  if (result === undefined || !result.success) return refused(result);
  return jsonAnswer({ id: result.id, success: true, errors: [], created: result.created }, result.created ? 201 : 200);
}

/**
 * A single write is refused with the error of its row; the status says what kind it is.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
 */
function refused(result: SaveResult | undefined): Answer {
  const [error] = result?.errors ?? [];
  if (error === undefined) throw notFound();
  const gone = ['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY'].includes(error.statusCode);
  return errorAnswer(gone ? 404 : 400, error.statusCode, error.message, error.fields);
}

function notFound(): SalesforceError {
  return new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');
}
