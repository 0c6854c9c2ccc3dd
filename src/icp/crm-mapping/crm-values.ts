import type { FieldValue, Instant } from '../types.ts';
import type { CrmFieldMapping } from './mapping-schema.ts';

/** A record as a CRM hands it over. */
export type CrmRow = Readonly<Record<string, string | number | boolean | null>>;

/** A record that cannot be used, and why. */
export class UnusableRow extends Error {}

const longestCell = 100_000;
const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(2100, 0, 1);
const control = /(?![\t\n\r])\p{Cc}/u;
/** Characters that nobody sees: tags, variation selectors, zero widths, marks of direction. */
const unseen = /[\u{e0000}-\u{e007f}]|[\ufe00-\ufe0f]|[\u200b-\u200f]|\u2060|[\u202a-\u202e]|[\u2066-\u2069]|\ufeff/gu;

/**
 * The id of a record, in its form of 18 characters.
 *
 * @throws {UnusableRow} where there is none
 */
export function idOf(row: CrmRow, field = 'Id'): string {
  const id = maybeIdOf(row, field);
  if (id === null) throw new UnusableRow(`${field} is missing`);
  return id;
}

/** @throws {UnusableRow} where it is no id */
export function maybeIdOf(row: CrmRow, field: string): string | null {
  const value = row[field] ?? null;
  if (value === null || value === '') return null;
  if (typeof value !== 'string' || !/^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(value))
    throw new UnusableRow(`${field} is no id: ${excerpt(value)}`);
  return value.length === 18 ? value : value + caseSuffix(value);
}

/**
 * The three letters that make an id of 15 characters safe for systems that take capitals for small letters.
 *
 * @example caseSuffix('001A0000006Vm9r'); // => 'IAC'
 */
export function caseSuffix(id: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
  return [0, 5, 10]
    .map((from) => {
      let bits = 0;
      for (let at = 0; at < 5; at++) if (/[A-Z]/.test(id.charAt(from + at))) bits += 2 ** at;
      return letters.charAt(bits);
    })
    .join('');
}

/** A text without the characters that nobody sees; `null` for an empty one. @throws {UnusableRow} */
export function textOf(row: CrmRow, field: string | null): string | null {
  if (field === null) return null;
  const value = row[field] ?? null;
  if (value === null) return null;
  const text = String(value);
  if (text.length > longestCell)
    throw new UnusableRow(`${field} has ${text.length.toLocaleString('en')} characters, more than anybody can use`);
  if (control.test(text)) throw new UnusableRow(`${field} has control characters in it: ${excerpt(text)}`);
  const clean = text.replace(unseen, '').trim();
  return clean === '' ? null : clean;
}

/** @throws {UnusableRow} for a text that is no date, or a date that nothing happens on */
export function instantOf(row: CrmRow, field: string | null): Instant | null {
  const text = textOf(row, field);
  if (text === null) return null;
  const at = parseCrmInstant(text);
  if (at === null || at < earliest || at > latest)
    throw new UnusableRow(`${field} is no usable date: ${excerpt(text)}`);
  return at;
}

/**
 * The instant of a date as a CRM writes it: a day, or a time with an offset in any spelling.
 *
 * @example parseCrmInstant('1970-01-02'); // => 86400000
 * @example parseCrmInstant('1970-01-02T00:00:00.000+0000'); // => 86400000
 * @example parseCrmInstant('soon'); // => null
 */
export function parseCrmInstant(text: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text)) return null;
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at) ? null : at;
}

/** @throws {UnusableRow} for a text that is no number */
export function numberOf(row: CrmRow, field: string | null): number | null {
  const value = field === null ? null : (row[field] ?? null);
  if (value === null || value === '') return null;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw new UnusableRow(`${field} is no number: ${excerpt(value)}`);
  return number;
}

/**
 * Whether a checkbox is set, in the spelling of either API.
 *
 * @example isSet({ IsWon: 'true' }, 'IsWon'); // => true
 */
export function isSet(row: CrmRow, field: string): boolean {
  return row[field] === true || row[field] === 'true';
}

/** A field's value as an attribute of the type that the mapping says. @throws {UnusableRow} */
export function attributeOf(row: CrmRow, field: string, type: CrmFieldMapping['type']): FieldValue {
  const value = row[field] ?? null;
  if (value === null || value === '') return null;
  if (type === 'number') return numberOf(row, field);
  if (type === 'flag') return typeof value === 'boolean' ? value : textOf(row, field);
  const text = textOf(row, field);
  if (type !== 'list' || text === null) return text;
  const members = text.split(';').map((member) => member.trim());
  return [...new Set(members.filter((member) => member !== ''))].sort();
}

/**
 * The domain of a web site or of an e-mail address, in small letters; `null` where there is none.
 *
 * @example domainOf('https://www.Acme.example/about'); // => 'acme.example'
 * @example domainOf('ann@acme.example'); // => 'acme.example'
 */
export function domainOf(text: string | null): string | null {
  if (text === null) return null;
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/^.*@/, '')
    .replace(/:\d+$/, '')
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  return /^[^\s.]+(?:\.[^\s.]+)+$/.test(host) ? host : null;
}

/** Lists of values are compared without regard to case and to spaces at the ends. */
export function isAmong(value: string | null, list: readonly string[]): boolean {
  if (value === null) return false;
  const folded = value.trim().toLowerCase();
  return list.some((one) => one.trim().toLowerCase() === folded);
}

function excerpt(value: unknown): string {
  return String(value)
    .slice(0, 80)
    .replace(/\p{Cc}/gu, ' ');
}
