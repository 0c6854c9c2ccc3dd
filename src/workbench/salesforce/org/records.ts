import { IcpError } from '../../../errors.ts';
import type { Field } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import { objectOf, type Schema } from '../schema/schema.ts';
import { corporateOf, currencyField } from '../schema/several-currencies.ts';
import { columnsOf, type Database } from './database.ts';
import { derive } from './derive.ts';
import { historyRows } from './history.ts';
import type { OrgOptions } from './options.ts';
import { type Stored, store, wholeSecond } from './values.ts';

/** A record as SQLite has it, by field name. */
export type Row = Record<string, Stored>;

export interface Records {
  /** As it is, deleted or not. */
  read(object: ObjectSchema, id: string): Row | undefined;
  /** Adds a record and gives back its id; what Salesforce fills in is filled in where it is not given. */
  add(object: ObjectSchema, row: Row, by: string): string;
  /** Writes values on a record, keeps the history of tracked ones, and moves SystemModstamp even if nothing changed. */
  change(object: ObjectSchema, before: Row, values: Row, by: string, options?: { counted?: boolean }): void;
  /** For good. */
  erase(object: ObjectSchema, id: string): void;
  /** The time now in the whole seconds that Salesforce keeps. */
  now(): number;
}

export interface RecordsContext {
  database: Database;
  schema: Schema;
  options: OrgOptions;
  clock: () => number;
  /** Told of every write; a fault may hide the record for a while. */
  written: (object: string, id: string) => void;
}

/**
 * The only place that writes records: the API and the inside of the org both come through here.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/system_fields.htm
 */
export function createRecords({ database, schema, options, clock, written }: RecordsContext): Records {
  const prepared = new Map<string, ReturnType<typeof database.sql.prepare>>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? database.sql.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  const inserts = new Map<string, { sql: string; columns: Field[] }>();
  const now = (): number => wholeSecond(clock());
  const corporate = corporateOf(options.currencies);

  function insertOf(object: ObjectSchema): { sql: string; columns: Field[] } {
    const known = inserts.get(object.name);
    const columns = columnsOf(object);
    if (known !== undefined && known.columns.length === columns.length) return known;
    const names = columns.map(({ name }) => `"${name}"`).join(', ');
    const sql = `INSERT INTO "${object.name}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`;
    const made = { sql, columns };
    inserts.set(object.name, made);
    return made;
  }

  function add(object: ObjectSchema, given: Row, by: string): string {
    const row: Row = { ...given };
    const at = now();
    row.Id ??= database.nextId(object.prefix);
    row.CreatedDate ??= row.SystemModstamp ?? at;
    row.CreatedById ??= by;
    row.LastModifiedDate ??= row.SystemModstamp ?? row.CreatedDate;
    row.LastModifiedById ??= row.CreatedById;
    row.SystemModstamp ??= row.LastModifiedDate;
    if (object.writable && object.fields.has('ownerid')) row.OwnerId ??= by;
    if (object.fields.has(currencyField.toLowerCase())) row[currencyField] ??= corporate;
    derive(object.name, row, row, options);
    const { sql, columns } = insertOf(object);
    statement(sql).run(...columns.map(({ name, type }) => row[name] ?? (type === 'boolean' ? 0 : null)));
    const id = String(row.Id);
    written(object.name, id);
    return id;
  }

  function nameOf(field: Field, id: string): string | null {
    const target = field.referenceTo.map((name) => objectOf(schema, name)).find(({ prefix }) => id.startsWith(prefix));
    if (target === undefined || !target.fields.has('name')) return null;
    const found = statement(`SELECT "Name" AS name FROM "${target.name}" WHERE "Id" = ?`).get(id);
    return typeof found?.name === 'string' ? found.name : null;
  }

  return {
    now,
    read(object, id) {
      const found = statement(`SELECT * FROM "${object.name}" WHERE "Id" = ?`).get(id);
      return found === undefined ? undefined : asRow(found);
    },
    add,
    change(object, before, given, by, { counted = false } = {}) {
      const values: Row = { ...given };
      derive(object.name, values, { ...before, ...values }, options);
      const at = now();
      const stamps: Row = { LastModifiedDate: at, LastModifiedById: by, SystemModstamp: at };
      const whole: Row = { ...stamps, ...values };
      const names = Object.keys(whole).filter((name) => object.fields.has(name.toLowerCase()));
      const sets = names.map((name) => `"${name}" = ?`);
      if (counted) sets.push('"local_updates" = "local_updates" + 1');
      const id = String(before.Id);
      statement(`UPDATE "${object.name}" SET ${sets.join(', ')} WHERE "Id" = ?`).run(
        ...names.map((name) => whole[name] ?? null),
        id,
      );
      const tracked = options.historyTracked[object.name] ?? [];
      for (const { table, row } of historyRows(object, before, values, tracked, nameOf)) {
        add(objectOf(schema, table), { ...row, CreatedDate: at, CreatedById: by }, by);
      }
      written(object.name, id);
    },
    erase(object, id) {
      statement(`DELETE FROM "${object.name}" WHERE "Id" = ?`).run(id);
    },
  };
}

function asRow(found: Readonly<Record<string, unknown>>): Row {
  const row: Row = {};
  for (const name in found) {
    const value = found[name];
    row[name] = typeof value === 'string' || typeof value === 'number' ? value : null;
  }
  return row;
}

/**
 * Values as somebody inside the org gives them, ready to be stored.
 *
 * @throws {IcpError} `salesforce_row` for a field that the object does not have, or a value that is not of its kind
 */
export function rowOf(object: ObjectSchema, given: Readonly<Record<string, unknown>>): Row {
  const row: Row = {};
  for (const name in given) {
    if (given[name] === undefined) continue;
    const field = object.fields.get(name.toLowerCase());
    if (field === undefined) {
      const advice = 'add it to customFields when the local org is started, or leave it out';
      throw new IcpError('salesforce_row', `${object.name} has no field ${name}; ${advice}`);
    }
    const value = store(field, given[name]);
    if (value === undefined) {
      const what = `${object.name}.${field.name} is a ${field.type} and cannot hold ${JSON.stringify(given[name])}`;
      throw new IcpError('salesforce_row', `${what}; give a value of that kind`);
    }
    row[field.name] = value;
  }
  return row;
}
