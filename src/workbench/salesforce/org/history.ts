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
 * stage, amount and dates as they are afterwards. Long text is kept without its values.
 *
 * @see https://help.salesforce.com/s/articleView?id=sf.tracking_field_history.htm
 */
export function historyRows(
  object: ObjectSchema,
  before: Readonly<Record<string, Stored>>,
  values: Readonly<Record<string, Stored>>,
  tracked: readonly string[],
): { table: string; row: Record<string, Stored> }[] {
  const changed = Object.keys(values).filter((name) => values[name] !== before[name]);
  const id = before.Id ?? null;
  const place = tables[object.name];
  const rows = changed.flatMap((name) => {
    const field = object.fields.get(name.toLowerCase());
    if (place === undefined || field === undefined || !tracked.includes(name)) return [];
    const isLong = field.length > 255;
    const row = {
      ...{ [place.parent]: id, Field: name, DataType: kindOf(field) },
      OldValue: isLong ? null : textOf(field, before[name]),
      NewValue: isLong ? null : textOf(field, values[name]),
    };
    return [{ table: place.table, row }];
  });
  if (object.name !== 'Opportunity' || !changed.some((name) => staged.includes(name))) return rows;
  const after = { ...before, ...values };
  const stage = Object.fromEntries(staged.map((name) => [name, after[name] ?? null]));
  const previous = { PrevAmount: before.Amount ?? null, PrevCloseDate: before.CloseDate ?? null };
  return [...rows, { table: 'OpportunityHistory', row: { OpportunityId: id, ...stage, ...previous } }];
}

function kindOf({ type }: Field): string {
  if (type === 'reference') return 'EntityId';
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
