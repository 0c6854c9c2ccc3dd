import { IcpError } from '../../errors.ts';
import type { CrmRecord, CrmValue } from '../crm.ts';

const numbers = new Set(['double', 'int', 'long', 'currency', 'percent']);

/**
 * A cell of a CSV file of Salesforce's as the value that REST would have given. An empty cell is `null`.
 *
 * @param type as the org describes the field
 * @example valueOfCell('90.5', 'double'); // => 90.5
 */
export function valueOfCell(cell: string, type: string): CrmValue {
  if (cell === '') return null;
  if (type === 'boolean') return cell === 'true';
  return numbers.has(type) ? Number(cell) : cell;
}

/**
 * A value as a cell of a CSV file for an update. Salesforce passes over an empty cell, so a value that is to be cleared
 * is written as `#N/A`.
 *
 * @throws {IcpError} `crm_stop` for what is no value: NaN, an object, a field that the row lacks
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_prepare_csv.htm
 * @example cellOfValue(null, 'ICP_Tier__c'); // => '#N/A'
 */
export function cellOfValue(value: unknown, field: string): string {
  if (value === null || value === '') return '#N/A';
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string' && value !== '#N/A') return value;
  throw noValue(value, field);
}

/**
 * A value as JSON takes it, refused where it is none.
 *
 * @throws {IcpError} `crm_stop`
 */
export function jsonOfValue(value: unknown, field: string): CrmValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw noValue(value, field);
}

function noValue(value: unknown, field: string): IcpError {
  const got = typeof value === 'object' ? 'an object' : String(value);
  return new IcpError('crm_stop', `${field} needs text, a number, true, false or null, got ${got}; nothing was sent`);
}

/**
 * A record of REST's as its plain values, by path.
 *
 * @throws {IcpError} `crm_stop` for a field that has no plain value
 */
export function recordOf(raw: unknown, paths: readonly (readonly string[])[], fields: readonly string[]): CrmRecord {
  const record: Record<string, CrmValue> = {};
  for (const [at, path] of paths.entries()) {
    let value: unknown = raw;
    for (const part of path) value = isObject(value) ? value[part] : undefined;
    const field = fields[at] ?? '';
    if (isObject(value))
      throw new IcpError('crm_stop', `${field} is of several parts and has no plain value; read its parts instead`);
    record[field] = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  }
  return record;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
