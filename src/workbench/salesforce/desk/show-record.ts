import { IcpError } from '../../../errors.ts';
import type { Org } from '../org/org.ts';
import type { Field } from '../schema/field.ts';
import { objectOf } from '../schema/schema.ts';
import type { Cell } from './cells.ts';
import type { DeskContext } from './list-records.ts';
import { type Related, relatedTo } from './related.ts';
import type { Tab } from './tabs.ts';

export interface ShownField {
  name: string;
  label: string;
  type: string;
  section: 'details' | 'icp' | 'system';
  value: Cell;
  editable: boolean;
  required: boolean;
  picklist: readonly string[];
  length: number;
  /** Decimals. */
  scale: number;
}

export interface ShownRecord {
  object: string;
  id: string;
  name: string;
  modifiedAt: string;
  fields: ShownField[];
  /** Newest first. */
  history: { at: string; by: string; field: string; from: Cell; to: Cell }[];
  /** Labels of the fields whose changes are kept. */
  tracked: string[];
  related: Related[];
}

export interface ShowContext extends DeskContext {
  org: Org;
  tracked: Readonly<Record<string, readonly string[]>>;
}

const system = ['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'];

/**
 * A record with its fields, its history and what belongs to it.
 *
 * @throws {IcpError} `salesforce_no_record` when it is not there, with where it went if it was merged
 */
export function showRecord(context: ShowContext, tab: Tab, id: string): ShownRecord {
  const { database, schema, cells } = context;
  const object = objectOf(schema, tab.object);
  const row = database.sql.prepare(`SELECT * FROM "${object.name}" WHERE "Id" = ?`).get(id);
  if (row === undefined || row.IsDeleted === 1) throw gone(tab, id, row, cells.named);
  const fields = [...object.fields.values()].filter(({ name, type }) => {
    const isInner = name === 'IsDeleted' || name === 'MasterRecordId' || type === 'address';
    return !isInner && !(type === 'reference' && row[name] === null && name !== 'OwnerId');
  });
  return {
    ...{ object: object.name, id, name: String(row.Name ?? id) },
    modifiedAt: new Date(Number(row.SystemModstamp)).toISOString(),
    fields: fields.map((field) => ({
      ...{ name: field.name, label: labelOf(field), type: field.type, section: sectionOf(field) },
      ...{ value: cells.of(field, row[field.name]), editable: mayEdit(field), required: !field.nillable },
      ...{ picklist: field.picklist, length: field.length, scale: field.scale },
    })),
    history: historyOf(context, tab, id),
    tracked: (context.tracked[object.name] ?? []).map((name) => {
      const field = object.fields.get(name.toLowerCase());
      return field === undefined ? name : labelOf(field);
    }),
    related: relatedTo(context, object.name, row),
  };
}

/** Whether a person may change it: what the org works out by itself, nobody may; names of records are not typed as ids. */
export function mayEdit(field: Field): boolean {
  if (field.calculated || field.type === 'id' || field.type === 'address') return false;
  if (field.type === 'reference' && !field.referenceTo.includes('User')) return false;
  // What the integration user may not write is still for people; `createable` tells a standard field that nobody may.
  return field.custom || field.createable;
}

function sectionOf({ name, custom }: Field): ShownField['section'] {
  if (name === 'Id' || system.includes(name)) return 'system';
  return custom && name.startsWith('ICP_') ? 'icp' : 'details';
}

function labelOf({ name, label, type }: Field): string {
  return type === 'reference' && name.endsWith('Id') ? label.replace(/ ID$/, '') : label;
}

/** An owner is kept twice, by name and by id; the name is enough. */
function historyOf({ org, schema, cells }: ShowContext, tab: Tab, id: string): ShownRecord['history'] {
  const { fields } = objectOf(schema, tab.object);
  return org
    .history(tab.object, id)
    .filter(({ Field, DataType }) => DataType !== 'EntityId' || String(Field).endsWith('Id'))
    .map(({ Field, OldValue, NewValue, CreatedDate, CreatedById, DataType }) => {
      const field = fields.get(String(Field).toLowerCase());
      const cell = (value: unknown): Cell => {
        if (typeof value !== 'string') return null;
        if (DataType === 'Boolean') return value === 'true';
        return DataType === 'EntityId' ? cells.named(value) : value;
      };
      return {
        ...{ at: new Date(String(CreatedDate)).toISOString(), by: cells.named(String(CreatedById)).name },
        ...{ field: field === undefined ? String(Field) : labelOf(field), from: cell(OldValue), to: cell(NewValue) },
      };
    })
    .reverse();
}

function gone(
  { object }: Tab,
  id: string,
  row: Record<string, unknown> | undefined,
  named: (id: string) => { name: string },
): IcpError {
  const into = typeof row?.MasterRecordId === 'string' ? row.MasterRecordId : null;
  const what =
    row === undefined
      ? `the org has no ${object} ${id}; open one from the list`
      : into === null
        ? `${String(row.Name)} was deleted; open another ${object} from the list`
        : `${String(row.Name)} was merged into ${named(into).name}; open that one, ${into}`;
  return new IcpError('salesforce_no_record', what);
}
