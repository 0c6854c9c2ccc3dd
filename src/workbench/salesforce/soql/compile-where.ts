import type { Query } from '@jetstreamapp/soql-parser-js';
import { SalesforceError } from '../api-error.ts';
import { longId } from '../org/ids.ts';
import { parseTime, type Stored } from '../org/values.ts';
import type { Field } from '../schema/field.ts';
import type { Column, Columns } from './columns.ts';
import { spanOf } from './date-literals.ts';
import { type Comparison, malformed, type Where } from './parse-where.ts';

export interface Sql {
  text: string;
  params: Stored[];
}

export interface WhereContext {
  columns: Columns;
  now: number;
  /** A query within the brackets of IN. */
  subquery: (query: Query) => Sql;
}

/**
 * A condition as SQL. Two things differ from SQL: `!=` and `NOT IN` take in what is empty, and `NOT` knows no third
 * answer.
 *
 * Inside OR the columns get a plus sign, so that SQLite walks the order of the query rather than several indexes.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_comparisonoperators.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_logicaloperators.htm
 */
export function compileWhere(where: Where, context: WhereContext, inOr = false): Sql {
  switch (where.kind) {
    case 'not': {
      const { text, params } = compileWhere(where.part, context, true);
      return { text: `NOT coalesce(${text}, 0)`, params };
    }
    case 'comparison':
      return compare(where, context, inOr);
    default: {
      const parts = where.parts.map((part) => compileWhere(part, context, inOr || where.kind === 'or'));
      const word = where.kind === 'and' ? ' AND ' : ' OR ';
      return { text: `(${parts.map(({ text }) => text).join(word)})`, params: parts.flatMap(({ params }) => params) };
    }
  }
}

/** The least value that a column can have where the condition holds, if the condition says so. */
export function leastOf(where: Where, column: Column, context: WhereContext): Stored {
  switch (where.kind) {
    case 'not':
      return null;
    case 'comparison': {
      if (!['=', '>', '>='].includes(where.operator) || where.subquery !== null || where.listed) return null;
      if (context.columns.find(where.field).sql !== column.sql) return null;
      return spanOrValue(column.field, where, 0, context.now).low;
    }
    case 'and':
      return mostOf(where.parts.map((part) => leastOf(part, column, context)));
    case 'or': {
      const least = where.parts.map((part) => leastOf(part, column, context));
      return least.includes(null) ? null : (least.toSorted(inOrder)[0] ?? null);
    }
  }
}

function mostOf(values: readonly Stored[]): Stored {
  return (
    values
      .filter((value) => value !== null)
      .toSorted(inOrder)
      .at(-1) ?? null
  );
}

function inOrder(a: Stored, b: Stored): number {
  return a === b ? 0 : a !== null && b !== null && a < b ? -1 : 1;
}

function compare(where: Comparison, context: WhereContext, inOr: boolean): Sql {
  const column = context.columns.find(where.field);
  if (!column.field.filterable) {
    const message = `field '${column.field.name}' can not be filtered in a query call`;
    throw new SalesforceError(400, 'INVALID_FIELD', message);
  }
  const name = inOr ? `+${column.sql}` : column.sql;
  if (where.subquery !== null) {
    const inner = context.subquery(where.subquery);
    const word = where.operator === 'NOT IN' ? 'NOT IN' : 'IN';
    return { text: `${name} ${word} (${inner.text})`, params: inner.params };
  }
  const spans = where.values.map((_, i) => spanOrValue(column.field, where, i, context.now));
  const [{ low, high } = { low: null, high: null }] = spans;
  const isSpan = high !== null;
  switch (where.operator) {
    case '=':
      if (isSpan) return { text: `(${name} >= ? AND ${name} < ?)`, params: [low, high] };
      return low === null ? { text: `${name} IS NULL`, params: [] } : { text: `${name} = ?`, params: [low] };
    case '!=':
      if (isSpan) return { text: `(${name} IS NULL OR ${name} < ? OR ${name} >= ?)`, params: [low, high] };
      return { text: `${name} IS NOT ?`, params: [low] };
    case '>':
      return isSpan ? { text: `${name} >= ?`, params: [high] } : { text: `${name} > ?`, params: [low] };
    case '<=':
      return isSpan ? { text: `${name} < ?`, params: [high] } : { text: `${name} <= ?`, params: [low] };
    case '<':
    case '>=':
      return { text: `${name} ${where.operator} ?`, params: [low] };
    case 'LIKE':
      return { text: `${name} LIKE ? ESCAPE '\\'`, params: [low] };
    case 'IN':
    case 'NOT IN': {
      const given = spans.map((span) => span.low);
      const known = given.filter((value) => value !== null);
      const inside = `${name} IN (${known.map(() => '?').join(', ')})`;
      const holds = known.length < given.length ? `(${inside} OR ${name} IS NULL)` : inside;
      return { text: where.operator === 'IN' ? holds : `NOT coalesce(${holds}, 0)`, params: known };
    }
    default:
      throw malformed(`the local Salesforce has no operator ${where.operator}`);
  }
}

/** The value of a literal; a date literal stands for a span, with `high` the first moment behind it. */
function spanOrValue(field: Field, where: Comparison, index: number, now: number): { low: Stored; high: Stored } {
  const raw = where.values[index] ?? '';
  const literal = where.literals[index] ?? 'STRING';
  if (literal === 'NULL') return { low: field.type === 'boolean' ? 0 : null, high: null };
  if (literal.startsWith('DATE_') && (field.type === 'date' || field.type === 'datetime')) {
    const span = spanOf(raw, now);
    if (span === null) throw malformed(`the local Salesforce has no date literal ${raw}`);
    const edge = (ms: number): Stored => (field.type === 'date' ? new Date(ms).toISOString().slice(0, 10) : ms);
    return { low: edge(span.start), high: edge(span.end) };
  }
  return { low: literalOf(field, raw, literal), high: null };
}

function literalOf(field: Field, raw: string, literal: string): Stored {
  const quoted = literal === 'STRING';
  switch (field.type) {
    case 'boolean':
      if (literal !== 'BOOLEAN') throw wrongType(field, 'boolean', false);
      return raw.toUpperCase() === 'TRUE' ? 1 : 0;
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      if (literal !== 'INTEGER' && literal !== 'DECIMAL') throw wrongType(field, 'double', false);
      return Number(raw);
    case 'date':
      if (literal !== 'DATE') throw wrongType(field, 'date', false);
      return raw;
    case 'datetime': {
      const ms = literal === 'DATETIME' ? parseTime(raw) : Number.NaN;
      if (Number.isNaN(ms)) throw wrongType(field, 'dateTime', false);
      return ms;
    }
    default: {
      if (!quoted) throw wrongType(field, 'string', true);
      const text = unquote(raw);
      if (text === '') return null;
      return field.type === 'id' || field.type === 'reference' ? idOf(field, text) : text;
    }
  }
}

function idOf(field: Field, text: string): string {
  if (/^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(text)) return longId(text);
  const message = `invalid ID field: ${text}`;
  throw new SalesforceError(400, 'INVALID_QUERY_FILTER_OPERATOR', message, [field.name]);
}

function wrongType(field: Field, type: string, quotes: boolean): SalesforceError {
  const message = `value of filter criterion for field '${field.name}' must be of type ${type} and should ${quotes ? '' : 'not '}be enclosed in quotes`;
  return new SalesforceError(400, 'INVALID_FIELD', message);
}

/**
 * The text between the quotes; `\%` and `\_` stay as they are, for LIKE.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm
 */
function unquote(raw: string): string {
  const inner = raw.replace(/^'|'$/g, '');
  const marks: Record<string, string> = { n: '\n', N: '\n', r: '\r', R: '\r', t: '\t', T: '\t' };
  return inner.replace(/\\(.)/gs, (whole, letter: string) => {
    if (letter === '%' || letter === '_') return whole;
    return marks[letter] ?? letter;
  });
}
