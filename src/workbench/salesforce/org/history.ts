import type { Field } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import { restTime, type Stored } from './values.ts';

const tables: Readonly<Record<string, { table: string; parent: string }>> = {
  Account: { table: 'AccountHistory', parent: 'AccountId' },
  Contact: { table: 'ContactHistory', parent: 'ContactId' },
  Lead: { table: 'LeadHistory', parent: 'LeadId' },
  Opportunity: { table: 'OpportunityFieldHistory', parent: 'OpportunityId' },
};

/** Where the field changes of an object are kept, and by which field they name the record. */
export function historyTableOf(object: string): { table: string; parent: string } | undefined {
  return tables[object];
}

const staged = ['StageName', 'Amount', 'CloseDate', 'Probability', 'ForecastCategory'];

/**
 * The rows that a write leaves in the histories: one for each tracked field that changed, and for a deal one with its
 * stage, amount and dates as they are afterwards. Long text is kept without its values. A change of `OwnerId` is two
 * rows of the field `Owner`: one with names, one with ids.
 *
 * @see https://help.salesforce.com/s/articleView?id=sf.tracking_field_history.htm
 */
export function historyRows(
  object: ObjectSchema,
  before: Readonly<Record<string, Stored>>,
  values: Readonly<Record<string, Stored>>,
  tracked: readonly string[],
  nameOf: (field: Field, id: string) => string | null,
): { table: string; row: Record<string, Stored> }[] {
  const changed = Object.keys(values).filter((name) => values[name] !== before[name]);
  const id = before.Id ?? null;
  const place = tables[object.name];
  const rows = changed.flatMap((name) => {
    const field = object.fields.get(name.toLowerCase());
    const shown = name.endsWith('Id') ? name.slice(0, -2) : name;
    if (place === undefined || field === undefined || !(tracked.includes(name) || tracked.includes(shown))) return [];
    const row = (DataType: string, OldValue: Stored, NewValue: Stored) => {
      return { table: place.table, row: { [place.parent]: id, Field: shown, DataType, OldValue, NewValue } };
    };
    const [old, now] = [textOf(field, before[name]), textOf(field, values[name])];
    if (field.type !== 'reference')
      return [row(kindOf(field), ...(field.length > 255 ? ([null, null] as const) : ([old, now] as const)))];
    const named = (value: Stored): Stored => (value === null ? null : nameOf(field, String(value)));
    return [row('Text', named(old), named(now)), row('EntityId', old, now)];
  });
  if (object.name !== 'Opportunity' || !changed.some((name) => staged.includes(name))) return rows;
  const after = { ...before, ...values };
  const stage = Object.fromEntries(staged.map((name) => [name, after[name] ?? null]));
  const previous = { PrevAmount: before.Amount ?? null, PrevCloseDate: before.CloseDate ?? null };
  return [...rows, { table: 'OpportunityHistory', row: { OpportunityId: id, ...stage, ...previous } }];
}

function kindOf({ type }: Field): string {
  if (type === 'boolean') return 'Boolean';
  if (type === 'datetime') return 'DateTime';
  return ['int', 'double', 'currency', 'percent'].includes(type) ? 'Double' : 'Text';
}

function textOf(field: Field, value: Stored | undefined): Stored {
  if (value === null || value === undefined) return null;
  if (field.type === 'boolean') return value === 1 ? 'true' : 'false';
  if (field.type === 'datetime') return restTime(Number(value));
  return String(value).slice(0, 255);
}
