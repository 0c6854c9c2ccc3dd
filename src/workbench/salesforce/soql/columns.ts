import { SalesforceError } from '../api-error.ts';
import type { Field } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import type { Schema } from '../schema/schema.ts';

/** A field as a query names it: its path from the object of the query, and its place in SQL. */
export interface Column {
  field: Field;
  /** `['Account', 'Owner', 'Name']`. */
  path: readonly string[];
  /** The objects along the path, for the `attributes` of the records in the answer. */
  objects: readonly string[];
  sql: string;
}

/** Finds the columns of one query and the joins that they need. */
export interface Columns {
  find(path: string): Column;
  joins(): string;
}

/**
 * Reads paths such as `Account.Owner.Name` from an object on. At most five steps up, as Salesforce has it.
 *
 * @param options.system sees every field; otherwise field-level security holds
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_relationships_query_limits.htm
 */
export function columnsFrom(
  schema: Schema,
  object: ObjectSchema,
  options: { alias: string; objectAlias?: string | undefined; system: boolean },
): Columns {
  const joined = new Map<string, { alias: string; object: ObjectSchema; sql: string }>();

  function step(
    from: ObjectSchema,
    alias: string,
    key: string,
    relation: string,
  ): { alias: string; object: ObjectSchema } {
    const known = joined.get(key);
    if (known !== undefined) return known;
    const through = [...from.fields.values()].find((each) => sameWord(each.relationshipName ?? '', relation));
    const target = schema.get(through?.referenceTo[0]?.toLowerCase() ?? '');
    const isSeen = options.system || (through?.readable === true && target?.allowed.read === true);
    if (through === undefined || target === undefined || !isSeen) {
      const message = `Didn't understand relationship '${relation}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`;
      throw new SalesforceError(400, 'INVALID_FIELD', message);
    }
    const next = `${options.alias}${joined.size + 1}`;
    const sql = ` LEFT JOIN "${target.name}" ${next} ON ${next}."Id" = ${alias}."${through.name}"`;
    const entry = { alias: next, object: target, sql };
    joined.set(key, entry);
    return entry;
  }

  return {
    find(text) {
      const words = text.split('.');
      const own = [object.name, options.objectAlias ?? object.name];
      if (
        words.length > 1 &&
        own.some((word) => sameWord(word, words[0] ?? '')) &&
        !isRelation(object, words[0] ?? '')
      ) {
        words.shift();
      }
      let place = { alias: options.alias, object };
      const objects = [object.name];
      const relations = words.slice(0, -1);
      if (relations.length > 5)
        throw new SalesforceError(400, 'MALFORMED_QUERY', 'more than 5 levels of relationships');
      for (const [index, relation] of relations.entries()) {
        place = step(
          place.object,
          place.alias,
          words
            .slice(0, index + 1)
            .join('.')
            .toLowerCase(),
          relation,
        );
        objects.push(place.object.name);
      }
      const field = place.object.fields.get(words.at(-1)?.toLowerCase() ?? '');
      if (field === undefined || !(options.system || field.readable))
        throw noColumn(words.at(-1) ?? '', place.object.name);
      const path = [...relations, field.name];
      return { field, path, objects, sql: placeOf(field, place.alias) };
    },
    joins: () => [...joined.values()].map(({ sql }) => sql).join(''),
  };
}

/**
 * What Salesforce answers for a field that is not there, or that its user may not see.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_fieldpermissions.htm
 */
export function noColumn(name: string, object: string): SalesforceError {
  const advice = `If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`;
  return new SalesforceError(400, 'INVALID_FIELD', `No such column '${name}' on entity '${object}'. ${advice}`);
}

function placeOf(field: Field, alias: string): string {
  if (field.type !== 'address') return `${alias}."${field.name}"`;
  const prefix = field.name.replace(/Address$/, '');
  const parts = ['Street', 'City', 'State', 'PostalCode', 'Country'];
  const pairs = parts.map((part) => `'${part.charAt(0).toLowerCase()}${part.slice(1)}', ${alias}."${prefix}${part}"`);
  return `json_object(${pairs.join(', ')})`;
}

function isRelation(object: ObjectSchema, word: string): boolean {
  return [...object.fields.values()].some(({ relationshipName }) => sameWord(relationshipName ?? '', word));
}

function sameWord(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
