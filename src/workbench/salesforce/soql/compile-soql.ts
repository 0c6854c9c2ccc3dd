import { type OrderByClause, parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { SalesforceError } from '../api-error.ts';
import type { Stored } from '../org/values.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import type { Schema } from '../schema/schema.ts';
import { type Column, type Columns, columnsFrom } from './columns.ts';
import { compileWhere, leastOf, type Sql, type WhereContext } from './compile-where.ts';
import { malformed, parseWhere, type Where } from './parse-where.ts';
import { type Selected, selectedOf } from './select-list.ts';

/** Characters that a query may have. @see https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_soslsoql.htm */
const mostCharacters = 100_000;

/** How a query is to be read. */
export interface QueryView {
  schema: Schema;
  now: number;
  /** `queryAll`: with what is deleted. */
  all: boolean;
  /** From inside the org: every field, whatever its user may see. */
  system: boolean;
  /** Some records are not to be seen yet (a fault). */
  hidden: boolean;
}

export interface OrderKey {
  column: Column;
  descending: boolean;
  nullsFirst: boolean;
}

/** A query as SQL in parts, so that any page of it can be read. */
export interface CompiledQuery {
  object: ObjectSchema;
  selected: Selected[];
  kind: 'rows' | 'count' | 'groups';
  /** From FROM to the end of the condition. */
  source: Sql;
  groupBy: string;
  order: OrderKey[];
  limit: number | null;
  offset: number;
}

/**
 * SOQL as SQL.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_conditionexpression.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_offset.htm
 * @throws {SalesforceError} `MALFORMED_QUERY`, `INVALID_TYPE`, `INVALID_FIELD`, worded as Salesforce does
 */
export function compileSoql(soql: string, view: QueryView): CompiledQuery {
  return compileParsed(parse(soql), view);
}

function parse(soql: string): Query {
  if (soql.length > mostCharacters)
    throw malformed(`SOQL statements cannot be longer than ${mostCharacters} characters`);
  // The parser loses the third of three NOT in a row, so that the query would find the opposite.
  if (/\bNOT[\s(]+NOT[\s(]+NOT\b/i.test(soql.replace(/'(?:\\.|[^'\\])*'/g, "''"))) {
    throw malformed('the local Salesforce reads at most two NOT in a row');
  }
  try {
    return parseQuery(soql);
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw malformed(`${soql}\n^\nERROR at Row:1:Column:1\n${message}`);
  }
}

function compileParsed(query: Query, view: QueryView): CompiledQuery {
  const name = query.sObject ?? '';
  const object = view.schema.get(name.toLowerCase());
  if (object === undefined || !(view.system || object.allowed.read)) {
    const message = `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`;
    throw new SalesforceError(400, 'INVALID_TYPE', message);
  }
  if (query.having !== undefined) throw malformed('the local Salesforce has no HAVING');
  const columns = columnsFrom(view.schema, object, {
    alias: 't',
    objectAlias: query.sObjectAlias,
    system: view.system,
  });
  const selected = selectedOf(query, object, columns, view.system);
  const groups = [query.groupBy ?? []].flat().map((each) => {
    if (!('field' in each)) throw malformed('the local Salesforce groups by fields only');
    return columns.find(each.field).sql;
  });
  const kind = kindOf(selected, groups);
  const order = kind === 'rows' ? orderOf(query, object, columns) : [];
  const source = sourceOf(query, object, columns, order[0], view);
  const { limit = null, offset = 0 } = query;
  if (offset > 2000)
    throw new SalesforceError(400, 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
  const groupBy = groups.length > 0 ? ` GROUP BY ${groups.join(', ')}` : '';
  return { object, selected, kind, source, groupBy, order, limit, offset };
}

function kindOf(selected: readonly Selected[], groups: readonly string[]): CompiledQuery['kind'] {
  if (selected.length === 1 && selected[0]?.kind === 'count') return 'count';
  const summed = selected.filter(({ kind }) => kind !== 'field');
  if (summed.length === 0 && groups.length === 0) return 'rows';
  for (const each of selected) {
    if (each.kind === 'field' && !groups.includes(each.column.sql)) {
      throw malformed(`Field must be grouped or aggregated: ${each.column.path.join('.')}`);
    }
  }
  return 'groups';
}

/**
 * The order that was asked for, and the id behind it, so that every row has a place of its own.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_orderby.htm
 */
function orderOf(query: Query, object: ObjectSchema, columns: Columns): OrderKey[] {
  const asked = [query.orderBy ?? []].flat().map((each: OrderByClause): OrderKey => {
    if (!('field' in each)) throw malformed('the local Salesforce orders by fields only');
    const column = columns.find(each.field);
    if (!column.field.filterable) throw malformed(`field '${column.field.name}' can not be sorted in a query call`);
    return { column, descending: each.order === 'DESC', nullsFirst: each.nulls !== 'LAST' };
  });
  const id = columns.find(`${object.name}.Id`);
  return asked.some(({ column }) => column.sql === id.sql)
    ? asked
    : [...asked, { column: id, descending: false, nullsFirst: true }];
}

function sourceOf(
  query: Query,
  object: ObjectSchema,
  columns: Columns,
  first: OrderKey | undefined,
  view: QueryView,
): Sql {
  const context: WhereContext = { columns, now: view.now, subquery: (inner) => subqueryOf(inner, view) };
  const tree: Where | null = query.where === undefined ? null : parseWhere(query.where);
  const conditions: string[] = [];
  const params: Stored[] = [];
  if (tree !== null) {
    const { text, params: given } = compileWhere(tree, context);
    conditions.push(text);
    params.push(...given);
    const least = first === undefined ? null : leastOf(tree, first.column, context);
    if (first !== undefined && least !== null) {
      conditions.push(`${first.column.sql} >= ?`);
      params.push(least);
    }
  }
  if (!view.all && object.fields.has('isdeleted')) conditions.push('t."IsDeleted" = 0');
  if (view.hidden) {
    conditions.push('t."Id" NOT IN (SELECT id FROM local_hidden WHERE until > ?)');
    params.push(view.now);
  }
  // A join that only the condition needs is known once the condition has been compiled.
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  return { text: ` FROM "${object.name}" t${columns.joins()}${where}`, params };
}

function subqueryOf(query: Query, view: QueryView): Sql {
  const inner = compileParsed(query, view);
  const [only] = inner.selected;
  if (inner.selected.length !== 1 || only?.kind !== 'field') throw malformed('a nested query selects one field');
  return { text: `SELECT ${only.column.sql}${inner.source.text}`, params: inner.source.params };
}
