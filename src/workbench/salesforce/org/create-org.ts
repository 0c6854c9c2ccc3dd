import { IcpError } from '../../../errors.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import { addCustomField, objectOf, type Schema } from '../schema/schema.ts';
import { compileSoql } from '../soql/compile-soql.ts';
import { countRows, readPage } from '../soql/read-page.ts';
import type { Access } from './access.ts';
import { intoBin, outOfBin } from './bin.ts';
import type { Counters } from './counters.ts';
import type { Database } from './database.ts';
import { historyTableOf } from './history.ts';
import { longId } from './ids.ts';
import type { Org, OrgRecord } from './org.ts';
import { type Records, type Row, rowOf } from './records.ts';
import { show } from './values.ts';

export interface OrgContext {
  database: Database;
  schema: Schema;
  records: Records;
  counters: Counters;
  access: Access;
  ids: { organization: string; integrationUser: string; adminUser: string };
}

/** The inside of the org over its tables. */
export function createOrg({ database, schema, records, counters, access, ids }: OrgContext): Org {
  function existing(name: string, id: string): { object: ObjectSchema; row: Row } {
    const object = objectOf(schema, name);
    const row = records.read(object, longId(id));
    if (row !== undefined) return { object, row };
    throw new IcpError('salesforce_no_record', `the local Salesforce has no ${object.name} ${id}; insert it first`);
  }

  const bin = { database, schema, records };

  function select(
    name: string,
    { where, orderBy, limit, offset }: NonNullable<Parameters<Org['rows']>[1]>,
  ): OrgRecord[] {
    const object = objectOf(schema, name);
    const words = [
      `SELECT FIELDS(ALL) FROM ${object.name}`,
      where === undefined ? '' : `WHERE ${where}`,
      orderBy === undefined ? '' : `ORDER BY ${orderBy}`,
      offset === undefined ? '' : `LIMIT ${limit ?? 1_000_000_000} OFFSET ${offset}`,
    ];
    const query = compileSoql(words.join(' '), { schema, now: records.now(), all: false, system: true, hidden: false });
    const { rows } = readPage(database, query, null, limit ?? 1_000_000_000);
    return rows.map((row) =>
      Object.fromEntries(
        query.selected.map((each, index) => {
          if (each.kind !== 'field') throw new IcpError('unreachable', 'a record is made of fields');
          return [each.column.field.name, show(each.column.field, row[`c${index}`])];
        }),
      ),
    );
  }

  return {
    ...{ id: ids.organization, integrationUser: ids.integrationUser, adminUser: ids.adminUser },
    insert(name, rows) {
      const object = objectOf(schema, name);
      database.transaction(() => {
        for (const row of rows) records.add(object, rowOf(object, row), ids.adminUser);
      });
    },
    update(name, id, values, by = ids.adminUser) {
      const { object, row } = existing(name, id);
      database.transaction(() => records.change(object, row, rowOf(object, values), longId(by)));
    },
    delete(name, id, by = ids.adminUser) {
      const { object, row } = existing(name, id);
      database.transaction(() => intoBin(bin, object.name, row, longId(by)));
    },
    undelete(name, id) {
      const { object, row } = existing(name, id);
      database.transaction(() => outOfBin(bin, object.name, row, ids.adminUser));
    },
    erase(name, id) {
      const { object, row } = existing(name, id);
      records.erase(object, String(row.Id));
    },
    merge(name, winnerId, loserId, by = ids.adminUser) {
      const { object, row: loser } = existing(name, loserId);
      const { row: winner } = existing(name, winnerId);
      database.transaction(() => {
        reparent(object.name, String(loser.Id), String(winner.Id), longId(by));
        records.change(object, loser, { IsDeleted: 1, MasterRecordId: winner.Id ?? null }, longId(by));
        records.change(object, winner, {}, longId(by));
      });
    },
    get(name, id) {
      const [found] = select(name, { where: `Id = '${longId(id).replace(/[^a-zA-Z0-9]/g, '')}'`, limit: 1 });
      return found;
    },
    rows: (name, options = {}) => select(name, options),
    count(name, where) {
      const soql = `SELECT COUNT() FROM ${name}${where === undefined ? '' : ` WHERE ${where}`}`;
      const view = { schema, now: records.now(), all: false, system: true, hidden: false };
      return countRows(database, compileSoql(soql, view));
    },
    counters: () => ({ ...counters.counts, triggers: { ...counters.counts.triggers }, updates: updatesIn() }),
    updatesOf: (name, id) => Number(existing(name, id).row.local_updates ?? 0),
    history(name, id) {
      const place = historyTableOf(objectOf(schema, name).name);
      if (place === undefined) return [];
      return select(place.table, { where: `${place.parent} = '${longId(id)}'`, orderBy: 'CreatedDate, Id' });
    },
    assign: access.assign,
    addField(custom) {
      addCustomField(schema, custom);
      access.apply();
      database.ensureTable(objectOf(schema, custom.object));
    },
  };

  /**
   * Records that point to the loser point to the winner from now on.
   *
   * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_merge.htm
   */
  function reparent(name: string, loser: string, winner: string, by: string): void {
    for (const object of schema.values()) {
      if (!object.writable) continue;
      for (const field of object.fields.values()) {
        if (!field.referenceTo.includes(name) || field.name === 'MasterRecordId') continue;
        const sql = `SELECT "Id" FROM "${object.name}" WHERE "${field.name}" = ?`;
        for (const { Id } of database.sql.prepare(sql).all(loser)) {
          const row = records.read(object, String(Id));
          if (row !== undefined) records.change(object, row, { [field.name]: winner }, by);
        }
      }
    }
  }

  function updatesIn(): number {
    let sum = 0;
    for (const object of schema.values()) {
      if (!object.writable) continue;
      const found = database.sql.prepare(`SELECT sum("local_updates") AS n FROM "${object.name}"`).get();
      sum += Number(found?.n ?? 0);
    }
    return sum;
  }
}
