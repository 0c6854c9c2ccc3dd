import type { Field } from '../schema/field.ts';
import { longId } from './ids.ts';

/** A value as SQLite has it: dates with a time are milliseconds since 1970, booleans 0 and 1. */
export type Stored = string | number | null;

/** A value as JSON has it. */
export type Shown = string | number | boolean | null | Record<string, string | null>;

/** A date with a time as the REST API writes it; Bulk writes a `Z` for the zone. */
export function restTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}

/**
 * Salesforce keeps dates with whole seconds, so several changes share one.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/primitive_data_types.htm
 */
export function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

/** The stored value as JSON. */
export function show(field: Field, value: unknown): Shown {
  if (value === null || value === undefined) return null;
  switch (field.type) {
    case 'boolean':
      return value === 1 || value === 1n;
    case 'datetime':
      return restTime(Number(value));
    case 'address':
      return JSON.parse(String(value));
    default:
      return typeof value === 'number' ? value : String(value);
  }
}

/**
 * The stored value as a cell of a Bulk CSV.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_prepare_csv.htm
 */
export function showInCsv(field: Field, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (field.type === 'boolean') return value === 1 ? 'true' : 'false';
  if (field.type === 'datetime') return new Date(Number(value)).toISOString();
  return String(value);
}

/**
 * A value as somebody inside the org gives it (a number, text, a boolean, a Date), ready to be stored; `undefined` when
 * it is not of the field's kind.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
 */
export function store(field: Field, value: unknown): Stored | undefined {
  if (value === null || value === undefined || value === '') return field.type === 'boolean' ? 0 : null;
  switch (field.type) {
    case 'boolean':
      return storeBoolean(value);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent': {
      const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof amount === 'number' && Number.isFinite(amount) ? roundTo(amount, field.scale) : undefined;
    }
    case 'date':
      return storeDate(value);
    case 'datetime':
      return storeTime(value);
    case 'id':
    case 'reference':
      return typeof value === 'string' ? longId(value) : undefined;
    case 'address':
      return undefined;
    default:
      return typeof value === 'string' || typeof value === 'number' ? storeText(String(value)) : undefined;
  }
}

/** Blanks around a text are not kept, and what is left empty is nothing. */
function storeText(text: string): Stored {
  const kept = text.trim();
  return kept === '' ? null : kept;
}

function storeBoolean(value: unknown): Stored | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const word = String(value).toLowerCase();
  if (word === 'true' || word === '1') return 1;
  return word === 'false' || word === '0' ? 0 : undefined;
}

function storeDate(value: unknown): Stored | undefined {
  const found = value instanceof Date || typeof value === 'number' ? new Date(value).toISOString() : String(value);
  return /^\d{4}-\d{2}-\d{2}/.test(found) && !Number.isNaN(Date.parse(found)) ? found.slice(0, 10) : undefined;
}

function storeTime(value: unknown): Stored | undefined {
  const ms = typeof value === 'number' ? value : value instanceof Date ? value.getTime() : parseTime(String(value));
  return Number.isNaN(ms) ? undefined : wholeSecond(ms);
}

/** Dates with a time come as `…Z`, `…+00:00` or `…+0000`; the last is not one that JavaScript reads everywhere. */
export function parseTime(text: string): number {
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/.test(text)) return Number.NaN;
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}

/** Numbers are rounded to the decimals of the field, half away from zero. */
function roundTo(value: number, scale: number): number {
  const factor = 10 ** scale;
  const rounded = Math.round(Math.abs(value) * factor * (1 + Number.EPSILON)) / factor;
  return value < 0 ? -rounded : rounded;
}
