import type { Database } from '../org/database.ts';
import type { Stored } from '../org/values.ts';
import type { CompiledQuery, OrderKey } from './compile-soql.ts';

/** The place of the last row of a page: its values in the order of the query. */
export type Key = readonly Stored[];

export interface Page {
  /** The selected values, by their number: `c0`, `c1`, … */
  rows: Record<string, unknown>[];
  /** `null`: nothing is left. */
  next: Key | null;
}

/**
 * A page of a query behind a place. Nothing is kept between two pages: the query runs again, from the last row on, so a
 * million rows cost no memory.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm
 */
export function readPage(database: Database, query: CompiledQuery, after: Key | null, size: number): Page {
  const picked = query.selected.map((each, index) => {
    const sql = each.kind === 'field' ? each.column.sql : each.kind === 'figure' ? each.sql : 'count(*)';
    return `${sql} AS c${index}`;
  });
  const keys = query.order.map(({ column }, index) => `${column.sql} AS k${index}`);
  const behind = after === null ? null : behindKey(query.order, after);
  const { text, params } = query.source;
  const joined = behind === null ? text : `${text}${text.includes(' WHERE ') ? ' AND ' : ' WHERE '}${behind.text}`;
  const order = query.order.map(
    ({ column, descending, nullsFirst }) =>
      `${column.sql}${descending ? ' DESC' : ''}${nullsFirst === descending ? ` NULLS ${nullsFirst ? 'FIRST' : 'LAST'}` : ''}`,
  );
  const ordered = order.length > 0 ? ` ORDER BY ${order.join(', ')}` : '';
  const skip = after === null && query.offset > 0 ? ` OFFSET ${query.offset}` : '';
  const sql = `SELECT ${[...picked, ...keys].join(', ')}${joined}${query.groupBy}${ordered} LIMIT ${size + 1}${skip}`;
  const rows = database.sql.prepare(sql).all(...params, ...(behind?.params ?? []));
  if (rows.length <= size) return { rows, next: null };
  rows.pop();
  const last = rows.at(-1);
  return { rows, next: query.order.map((_, index) => asStored(last?.[`k${index}`])) };
}

/** How many rows a query has in all. */
export function countRows(database: Database, query: CompiledQuery): number {
  const { text, params } = query.source;
  const most = query.limit === null ? '' : ` LIMIT ${query.limit + query.offset}`;
  const found = database.sql.prepare(`SELECT count(*) AS n FROM (SELECT 1${text}${most})`).get(...params);
  return Math.max(0, Number(found?.n) - query.offset);
}

/** What lies behind a row: the first key is greater, or it is equal and the second is greater, and so on. */
function behindKey(order: readonly OrderKey[], key: Key): { text: string; params: Stored[] } {
  const params: Stored[] = [];
  const ways = order.map((_, index) => {
    const equal = order.slice(0, index).map(({ column }, before) => {
      params.push(key[before] ?? null);
      return `+${column.sql} IS ?`;
    });
    return `(${[...equal, greater(order[index], key[index] ?? null, params)].join(' AND ')})`;
  });
  const [first] = order;
  const [least = null] = key;
  let bound = '';
  if (first !== undefined && least !== null && !first.descending && first.nullsFirst) {
    // Says the same once more in the words that let SQLite start in the middle of the index.
    bound = `${first.column.sql} >= ? AND `;
    params.unshift(least);
  }
  return { text: `${bound}(${ways.join(' OR ')})`, params };
}

/**
 * What is behind a value in the order of the query, in which what is empty comes first unless it is said to come last.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_orderby.htm
 */
function greater(key: OrderKey | undefined, value: Stored, params: Stored[]): string {
  if (key === undefined) return '0';
  const name = `+${key.column.sql}`;
  if (value === null) return key.nullsFirst ? `${name} IS NOT NULL` : '0';
  params.push(value);
  const beyond = `${name} ${key.descending ? '<' : '>'} ?`;
  return key.nullsFirst ? beyond : `(${beyond} OR ${name} IS NULL)`;
}

function asStored(value: unknown): Stored {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
