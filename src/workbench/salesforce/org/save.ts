import type { ObjectSchema } from '../schema/object-schema.ts';
import type { Schema } from '../schema/schema.ts';
import { intoBin } from './bin.ts';
import { checkField, checkValue, type RowError } from './check-value.ts';
import type { Counters } from './counters.ts';
import type { Database } from './database.ts';
import { isIdOf, longId } from './ids.ts';
import type { OrgOptions, ValidationRule } from './options.ts';
import type { Records, Row } from './records.ts';
import { show } from './values.ts';

export type Operation = 'insert' | 'update' | 'upsert' | 'delete';

export interface SaveRequest {
  object: ObjectSchema;
  operation: Operation;
  /** At most 200: triggers run once for all of them. */
  rows: readonly Readonly<Record<string, unknown>>[];
  user: string;
  allOrNone: boolean;
  /** The field that an upsert looks records up by. */
  externalId?: string;
}

export interface SaveResult {
  id: string | null;
  success: boolean;
  created: boolean;
  errors: RowError[];
}

export interface SaveContext {
  database: Database;
  schema: Schema;
  records: Records;
  counters: Counters;
  options: OrgOptions;
  /** Whether somebody else holds the record just now. */
  isLocked: (id: string) => boolean;
}

class NotAll extends Error {}

/**
 * Writes rows that the API was sent: each is checked as the org checks it, and stands or falls on its own.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_order_of_execution.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_header_allornoneheader.htm
 */
export function saveRows(context: SaveContext, request: SaveRequest): SaveResult[] {
  const results: SaveResult[] = [];
  try {
    context.database.transaction(() => {
      for (const row of request.rows) results.push(saveRow(context, request, row));
      if (request.allOrNone && results.some(({ success }) => !success)) throw new NotAll();
      if (results.some(({ success }) => success)) context.counters.trigger(request.object.name);
    });
  } catch (error) {
    if (!(error instanceof NotAll)) throw error;
    const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
    const rolledBack = { statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message, fields: [] };
    return results.map((each) =>
      each.success ? { ...each, id: null, success: false, created: false, errors: [rolledBack] } : each,
    );
  }
  return results;
}

function saveRow(context: SaveContext, request: SaveRequest, given: Readonly<Record<string, unknown>>): SaveResult {
  const { database, records } = context;
  const { object } = request;
  const found = findRecord(context, request, given);
  if ('statusCode' in found) return failed(found.id, found);
  const { before } = found;
  const isAllowed = object.allowed[before === null ? 'create' : request.operation === 'delete' ? 'delete' : 'edit'];
  if (!isAllowed) {
    return failed(idOf(before), error('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id'));
  }
  const values: Row = {};
  for (const [name, value] of Object.entries(given)) {
    const word = name.toLowerCase();
    const isKey =
      word === 'id' || word === 'attributes' || (word === request.externalId?.toLowerCase() && before !== null);
    if (isKey || value === undefined) continue;
    const field = checkField(object, name, before === null);
    if ('statusCode' in field) return failed(idOf(before), field);
    const checked = checkValue(field, value);
    if ('statusCode' in checked) return failed(idOf(before), checked);
    values[field.name] = checked.value;
  }
  const refusal = before === null ? missing(object, values) : (refusalOf(context, object, before) ?? null);
  const ruled = refusal ?? ruleOf(context.options.validationRules, object, { ...before, ...values });
  if (ruled !== null) return failed(idOf(before), ruled);
  if (before === null) {
    const id = records.add(object, values, request.user);
    database.sql.prepare(`UPDATE "${object.name}" SET "local_updates" = 1 WHERE "Id" = ?`).run(id);
    return { id, success: true, created: true, errors: [] };
  }
  if (request.operation === 'delete') intoBin(context, object.name, before, request.user, true);
  else records.change(object, before, values, request.user, { counted: true });
  return { id: idOf(before), success: true, created: false, errors: [] };
}

type Found = { before: Row | null } | (RowError & { id: string | null });

/**
 * The record that a row is about: by its id, or by the key of an upsert, which must fit one record at most.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_upsert.htm
 */
function findRecord(
  { database, records }: SaveContext,
  request: SaveRequest,
  given: Readonly<Record<string, unknown>>,
): Found {
  const { object, operation, externalId } = request;
  if (operation === 'insert') return { before: null };
  if (operation === 'upsert' && externalId !== undefined && externalId.toLowerCase() !== 'id') {
    const field = object.fields.get(externalId.toLowerCase());
    const value = Object.entries(given).find(([name]) => name.toLowerCase() === externalId.toLowerCase())?.[1];
    if (field === undefined || value === undefined || value === null || value === '') {
      return { id: null, ...error('MISSING_ARGUMENT', `${externalId} not specified`, [externalId]) };
    }
    const sql = `SELECT "Id" FROM "${object.name}" WHERE "${field.name}" = ? AND "IsDeleted" = 0 LIMIT 2`;
    const rows = database.sql.prepare(sql).all(String(value));
    if (rows.length > 1)
      return { id: null, ...error('DUPLICATE_EXTERNAL_ID', `${externalId}: more than one record found`) };
    return { before: rows[0] === undefined ? null : (records.read(object, String(rows[0].Id)) ?? null) };
  }
  const text = String(Object.entries(given).find(([name]) => name.toLowerCase() === 'id')?.[1] ?? '');
  if (text === '') {
    if (operation === 'upsert') return { before: null };
    return { id: null, ...error('MISSING_ARGUMENT', 'Id not specified in an update call', ['Id']) };
  }
  if (!isIdOf(object.prefix, text)) {
    return { id: null, ...error('MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${text}`, ['Id']) };
  }
  const id = longId(text);
  const before = records.read(object, id);
  if (before === undefined) return { id, ...error('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id') };
  if (before.IsDeleted === 1) return { id, ...error('ENTITY_IS_DELETED', 'entity is deleted') };
  return { before };
}

/**
 * Somebody else holds the record, or it is a lead that was converted.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm
 */
function refusalOf({ isLocked }: SaveContext, object: ObjectSchema, before: Row): RowError | null {
  const id = String(before.Id);
  if (isLocked(id)) {
    return error('UNABLE_TO_LOCK_ROW', `unable to obtain exclusive access to this record or 1 records: ${id}`);
  }
  const isConverted = object.name === 'Lead' && before.IsConverted === 1;
  return isConverted ? error('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead') : null;
}

function missing(object: ObjectSchema, values: Row): RowError | null {
  const names = [...object.fields.values()]
    .filter((field) => !field.nillable && field.createable && field.type !== 'boolean')
    .flatMap(({ name }) => (values[name] === undefined || values[name] === null ? [name] : []));
  if (names.length === 0) return null;
  return error('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
}

function ruleOf(rules: readonly ValidationRule[], object: ObjectSchema, whole: Row): RowError | null {
  const own = rules.filter((rule) => rule.object === object.name);
  if (own.length === 0) return null;
  const record = Object.fromEntries(
    [...object.fields.values()].map((field) => [
      field.name,
      field.type === 'address' ? null : show(field, whole[field.name]),
    ]),
  );
  const broken = own.find(({ refuses }) => refuses(record));
  if (broken === undefined) return null;
  return error('FIELD_CUSTOM_VALIDATION_EXCEPTION', broken.message, broken.field === undefined ? [] : [broken.field]);
}

function error(statusCode: string, message: string, fields: string[] = []): RowError {
  return { statusCode, message, fields };
}

function failed(id: string | null, { statusCode, message, fields }: RowError): SaveResult {
  return { id, success: false, created: false, errors: [{ statusCode, message, fields }] };
}

function idOf(before: Row | null): string | null {
  return before === null ? null : String(before.Id);
}
