import { objectOf, type Schema } from '../schema/schema.ts';
import type { Database } from './database.ts';
import type { Records, Row } from './records.ts';

/** What goes into the bin with a record, and by which field it hangs on it. */
const children: Readonly<Record<string, readonly { object: string; by: string }[]>> = {
  Account: ['Contact', 'Opportunity', 'Contract', 'Asset'].map((object) => ({ object, by: 'AccountId' })),
  Contact: [{ object: 'OpportunityContactRole', by: 'ContactId' }],
  Opportunity: [{ object: 'OpportunityContactRole', by: 'OpportunityId' }],
};

interface BinContext {
  database: Database;
  schema: Schema;
  records: Records;
}

/**
 * Deletes a record and what hangs on it: an account takes its contacts and deals along.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_delete.htm cascading deletes
 */
export function intoBin(context: BinContext, object: string, row: Row, by: string, counted = false): void {
  context.records.change(objectOf(context.schema, object), row, { IsDeleted: 1 }, by, { counted });
  for (const child of childrenOf(context, object, row, 0)) intoBin(context, child.object, child.row, by);
}

/**
 * Brings a record back, and what went with it: in the same second.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_undelete.htm
 */
export function outOfBin(context: BinContext, object: string, row: Row, by: string): void {
  const gone = childrenOf(context, object, row, 1).filter((child) => child.row.SystemModstamp === row.SystemModstamp);
  context.records.change(objectOf(context.schema, object), row, { IsDeleted: 0 }, by);
  for (const child of gone) outOfBin(context, child.object, child.row, by);
}

function childrenOf({ database, schema, records }: BinContext, object: string, row: Row, deleted: 0 | 1) {
  return (children[object] ?? []).flatMap(({ object: name, by }) => {
    const sql = `SELECT "Id" FROM "${name}" WHERE "${by}" = ? AND "IsDeleted" = ?`;
    const found = database.sql.prepare(sql).all(row.Id ?? null, deleted);
    return found.flatMap(({ Id }) => {
      const child = records.read(objectOf(schema, name), String(Id));
      return child === undefined ? [] : [{ object: name, row: child }];
    });
  });
}
