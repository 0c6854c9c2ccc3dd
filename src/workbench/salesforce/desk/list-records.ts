import type { Database } from '../org/database.ts';
import type { Stored } from '../org/values.ts';
import type { Field } from '../schema/field.ts';
import { objectOf, type Schema } from '../schema/schema.ts';
import type { Cell, Cells } from './cells.ts';
import { scoreField, type Tab, tierField } from './tabs.ts';

export interface ListAsked {
  /** A part of a name. */
  q: string;
  /** A tier, `none` for those without one, or empty for all. */
  tier: string;
  /** The name of a column, with `-` for the largest first; empty: as the tab has it. */
  sort: string;
  offset: number;
  limit: number;
}

export interface RecordList {
  object: string;
  label: string;
  columns: { name: string; label: string; type: string; scale: number; sortable: boolean }[];
  rows: { id: string; modifiedAt: string; cells: Cell[]; override: string | null; isDetractor: boolean }[];
  /** How many there are of the kind that was asked for. */
  total: number;
  /** How many there are in the org. */
  all: number;
  /** How many of these have a score; `null`: the org has no field for one. */
  scored: number | null;
  /** What the list can be kept to. */
  tiers: readonly string[];
  sort: string;
}

export interface DeskContext {
  database: Database;
  schema: Schema;
  cells: Cells;
}

/** One page of the list of a tab. What is empty comes last in every order. */
export function listRecords({ database, schema, cells }: DeskContext, tab: Tab, asked: ListAsked): RecordList {
  const object = objectOf(schema, tab.object);
  const fieldOf = (name: string): Field | undefined => object.fields.get(name.toLowerCase());
  const columns = tab.columns.flatMap((name) => fieldOf(name) ?? []);
  const known = (sort: string): boolean =>
    columns.some((column) => column.name === sort.replace(/^-/, '') && isSortable(column));
  const sort = [asked.sort, ...tab.sort].find(known) ?? 'Name';

  const conditions = ['t."IsDeleted" = 0'];
  const params: Stored[] = [];
  if (asked.q !== '') {
    const pattern = `%${asked.q.replace(/[\\%_]/g, '\\$&')}%`;
    const searched = tab.search.flatMap((name) => fieldOf(name) ?? []);
    conditions.push(`(${searched.map(({ name }) => `t."${name}" LIKE ? ESCAPE '\\'`).join(' OR ')})`);
    params.push(...searched.map(() => pattern));
  }
  const tier = fieldOf(tierField);
  if (tier !== undefined && asked.tier !== '') {
    conditions.push(asked.tier === 'none' ? `t."${tier.name}" IS NULL` : `t."${tier.name}" = ?`);
    if (asked.tier !== 'none') params.push(asked.tier);
  }
  const where = ` FROM "${object.name}" t WHERE ${conditions.join(' AND ')}`;
  const count = (sql: string, ...given: Stored[]): number =>
    Number(database.sql.prepare(`SELECT count(*) AS n${sql}`).get(...given)?.n);
  const everything = ` FROM "${object.name}" WHERE "IsDeleted" = 0`;

  const by = `t."${sort.replace(/^-/, '')}"`;
  const order = `${by} ${sort.startsWith('-') ? 'DESC' : 'ASC'} NULLS LAST, t."Name", t."Id"`;
  const found = database.sql
    .prepare(`SELECT t.*${where} ORDER BY ${order} LIMIT ? OFFSET ?`)
    .all(...params, asked.limit, asked.offset);
  return {
    ...{ object: object.name, label: tab.label, sort, total: count(where, ...params), all: count(everything) },
    columns: columns.map((column) => {
      const { name, label, type, scale } = column;
      return { name, type, scale, label: label.replace(/ ID$/, ''), sortable: isSortable(column) };
    }),
    rows: found.map((row) => ({
      id: String(row.Id),
      modifiedAt: new Date(Number(row.SystemModstamp)).toISOString(),
      cells: columns.map((column) => cells.of(column, row[column.name])),
      override: typeof row.ICP_Override__c === 'string' ? row.ICP_Override__c : null,
      isDetractor: row.ICP_Detractor__c === 1,
    })),
    scored: fieldOf(scoreField) === undefined ? null : count(`${everything} AND "${scoreField}" IS NOT NULL`),
    tiers: tier?.picklist ?? [],
  };
}

/** An id says nothing about the name behind it. */
function isSortable({ type, filterable }: Field): boolean {
  return filterable && type !== 'reference';
}
