import type { Query, FieldType as SelectField } from '@jetstreamapp/soql-parser-js';
import type { ObjectSchema } from '../schema/object-schema.ts';
import type { Column, Columns } from './columns.ts';
import { malformed } from './parse-where.ts';

/** What a query wants to see: a field, the number of rows, or a figure over them. */
export type Selected =
  | { kind: 'field'; column: Column }
  | { kind: 'count' }
  | { kind: 'figure'; name: string; sql: string; column: Column | null };

const figures: Record<string, string> = {
  ...{ COUNT: 'count', COUNT_DISTINCT: 'count', MAX: 'max', MIN: 'min', SUM: 'sum', AVG: 'avg' },
};

/**
 * The fields, counts and figures that a query asks for.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_agg_functions.htm
 * @throws {SalesforceError} `MALFORMED_QUERY` for what the local Salesforce cannot select
 */
export function selectedOf(query: Query, object: ObjectSchema, columns: Columns, system: boolean): Selected[] {
  let unnamed = 0;
  const selected = (query.fields ?? []).flatMap((each: SelectField): Selected[] => {
    switch (each.type) {
      case 'Field':
        return [{ kind: 'field', column: columns.find(each.field) }];
      case 'FieldRelationship':
        return [{ kind: 'field', column: columns.find([...each.relationships, each.field].join('.')) }];
      case 'FieldFunctionExpression': {
        const word = each.functionName.toUpperCase();
        const [given] = each.parameters;
        if (word === 'FIELDS') return allFields(query, object, columns, String(given), system);
        if (word === 'COUNT' && given === undefined) return [{ kind: 'count' }];
        if (typeof given !== 'string') throw malformed(`the local Salesforce cannot read ${each.rawValue ?? word}`);
        if (word === 'TOLABEL' || word === 'CONVERTCURRENCY') return [{ kind: 'field', column: columns.find(given) }];
        const sql = figures[word];
        if (sql === undefined) throw malformed(`the local Salesforce has no function ${each.functionName}()`);
        const column = columns.find(given);
        const name = each.alias ?? `expr${unnamed}`;
        if (each.alias === undefined) unnamed += 1;
        const of = word === 'COUNT_DISTINCT' ? `DISTINCT ${column.sql}` : column.sql;
        // MAX and MIN give a value of the field; the others give a number.
        return [{ kind: 'figure', name, sql: `${sql}(${of})`, column: ['max', 'min'].includes(sql) ? column : null }];
      }
      default:
        throw malformed(
          'the local Salesforce does not read child records or TYPEOF in one query; ask for them on their own',
        );
    }
  });
  const named = selected.flatMap((each) => (each.kind === 'field' ? [each.column.path.join('.').toLowerCase()] : []));
  const twice = named.find((name, index) => named.indexOf(name) !== index);
  if (twice !== undefined) throw malformed(`duplicate field selected: ${twice}`);
  return selected;
}

/**
 * The fields that `FIELDS()` stands for; without a limit of 200 only the standard ones.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_fields.htm
 */
function allFields(query: Query, object: ObjectSchema, columns: Columns, which: string, system: boolean): Selected[] {
  if (which.toUpperCase() !== 'STANDARD' && !system && (query.limit === undefined || query.limit > 200)) {
    throw malformed('The SOQL FIELDS function must have a LIMIT of at most 200');
  }
  const wanted = [...object.fields.values()].filter(({ custom, readable }) => {
    if (!system && !readable) return false;
    return which.toUpperCase() === 'ALL' || custom === (which.toUpperCase() === 'CUSTOM');
  });
  return wanted.map(({ name }) => ({ kind: 'field', column: columns.find(`${object.name}.${name}`) }));
}
