import { alwaysSeen, type Field, field, readOnly, reference, required } from './field.ts';

/** An object of the org: a table, as Salesforce describes it. */
export interface ObjectSchema {
  name: string;
  label: string;
  /** The first three characters of the ids of its records. */
  prefix: string;
  /** By name in lower case: Salesforce does not tell `name` from `Name`. */
  fields: Map<string, Field>;
  /** Whether the API may create, change and delete its records. */
  writable: boolean;
  /** For an object that keeps the past of another: the field that names the record. */
  parent: string | null;
  /** The object whose permissions say who sees this one, itself or another; `null`: everybody does. */
  goesWith: string | null;
  /** What the integration user may do with it. */
  allowed: Allowed;
}

/** Object permissions: what a user may do with the records of an object. */
export type Allowed = Readonly<Record<'read' | 'create' | 'edit' | 'delete', boolean>>;

const everything: Allowed = { read: true, create: true, edit: true, delete: true };

const id = readOnly(required(field('Id', 'id', { length: 18 })));
const created = [
  readOnly(required(field('CreatedDate', 'datetime'))),
  readOnly(required(reference('CreatedById', 'User'))),
];
const modified = [
  readOnly(required(field('LastModifiedDate', 'datetime'))),
  readOnly(required(reference('LastModifiedById', 'User'))),
  readOnly(required(field('SystemModstamp', 'datetime'))),
];
const isDeleted = readOnly(required(field('IsDeleted', 'boolean')));

function build(name: string, prefix: string, fields: readonly Field[], more: Partial<ObjectSchema>): ObjectSchema {
  // Copies: what one org's user may see is no business of another org, nor of another object.
  const byName = new Map(fields.map((each) => [each.name.toLowerCase(), { ...each }]));
  const label = name.replace(/([a-z])([A-Z])/g, '$1 $2');
  return {
    name,
    label,
    prefix,
    fields: byName,
    writable: true,
    parent: null,
    goesWith: null,
    allowed: everything,
    ...more,
  };
}

/**
 * An object whose records people and programs write.
 *
 * @param goesWith absent: it has permissions of its own
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/system_fields.htm
 */
export function recordObject(
  name: string,
  prefix: string,
  fields: readonly Field[],
  goesWith: string | null = name,
): ObjectSchema {
  return build(name, prefix, [id, isDeleted, ...fields, ...created, ...modified], { goesWith });
}

/** An object with a few rows that belong to the set-up of the org. */
export function setupObject(name: string, prefix: string, fields: readonly Field[]): ObjectSchema {
  return build(name, prefix, [id, ...kept(fields), ...created, ...modified], { writable: false });
}

/**
 * An object of field changes. It has a date of creation and no SystemModstamp, so it is read by that date; the two
 * values cannot stand in a condition.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_accounthistory.htm
 */
export function historyObject(name: string, prefix: string, parentField: string, parent: string): ObjectSchema {
  const fields = [
    ...[reference(parentField, parent), field('Field', 'picklist', { length: 255 })],
    field('DataType', 'picklist', { length: 40 }),
    field('OldValue', 'string', { length: 255, filterable: false }),
    field('NewValue', 'string', { length: 255, filterable: false }),
  ];
  const own = [id, isDeleted, ...kept(fields), ...created];
  return build(name, prefix, own, { writable: false, parent: parentField, goesWith: parent });
}

/**
 * What a stage of a deal was, each time it changed: it has a SystemModstamp, unlike the other histories.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunityhistory.htm
 */
export function stageHistoryObject(
  name: string,
  prefix: string,
  parentField: string,
  parent: string,
  fields: readonly Field[],
): ObjectSchema {
  const own = kept([reference(parentField, parent), ...fields]);
  const stamp = modified.filter((each) => each.name === 'SystemModstamp');
  const more = { writable: false, parent: parentField, goesWith: parent };
  return build(name, prefix, [id, isDeleted, ...own, ...created, ...stamp], more);
}

/** What Salesforce itself keeps. */
function kept(fields: readonly Field[]): Field[] {
  return fields.map((each) => alwaysSeen(readOnly(each)));
}
