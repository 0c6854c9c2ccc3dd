import { type PublishedField, type PublishedName, publishedFields } from './published-fields.ts';
import type { PublishedCell, PublishedValues } from './values-of.ts';

/** A record as it was read, with these fields among others. */
export type ReadValues = Readonly<Record<string, PublishedCell | undefined>>;

/** What a record has in the published fields, as a CRM keeps them: the before-image of a plan. */
export function keptValues(record: ReadValues): PublishedValues {
  const kept: Partial<Record<PublishedName, PublishedCell>> = {};
  for (const field of publishedFields) kept[field.name] = asKept(field, record[field.name]);
  // Every field of the list was set.
  return kept as PublishedValues;
}

/**
 * A value as a CRM keeps it: a number to its scale, no text as `null`, an instant to the second.
 *
 * @example asKept({ name: 'F', label: 'F', follows: false, help: '', kind: { type: 'number', precision: 5, scale: 1 } }, 73.349999); // => 73.3
 * @example asKept({ name: 'F', label: 'F', follows: false, help: '', kind: { type: 'datetime' } }, '2026-01-01T00:00:00.000+0000'); // => '2026-01-01T00:00:00.000Z'
 */
export function asKept({ kind }: PublishedField, value: PublishedCell | undefined): PublishedCell {
  if (kind.type === 'checkbox') return value === true || value === 'true';
  if (value === undefined || value === null || value === '') return null;
  switch (kind.type) {
    case 'number': {
      const unit = 10 ** kind.scale;
      return Math.round(Number(value) * unit) / unit + 0;
    }
    case 'datetime': {
      const at = Date.parse(String(value).replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
      return Number.isNaN(at) ? String(value) : new Date(Math.floor(at / 1000) * 1000).toISOString();
    }
    default:
      // A CRM takes the space at both ends of a text away.
      return String(value).trim() === '' ? null : String(value).trim();
  }
}

/** Fields for whose sake a record is written: those that differ, of those that do not merely follow. */
export function diffOf(before: ReadValues, after: ReadValues): PublishedName[] {
  return differing(before, after).filter((name) => !followers.has(name));
}

/** All fields in which two records differ. */
export function differing(before: ReadValues, after: ReadValues): PublishedName[] {
  return publishedFields
    .filter((field) => asKept(field, before[field.name]) !== asKept(field, after[field.name]))
    .map(({ name }) => name);
}

const followers: ReadonlySet<string> = new Set(
  publishedFields.filter(({ follows }: PublishedField) => follows).map(({ name }) => name),
);
