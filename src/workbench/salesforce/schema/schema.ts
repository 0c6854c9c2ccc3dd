import { IcpError } from '../../../errors.ts';
import { SalesforceError } from '../api-error.ts';
import type { CustomField, OrgOptions } from '../org/options.ts';
import { type Field, field } from './field.ts';
import type { ObjectSchema } from './object-schema.ts';
import { salesObjects } from './sales-objects.ts';
import { setupObjects } from './setup-objects.ts';
import { addCurrencies } from './several-currencies.ts';

/** Every object of the org, by name in lower case. */
export type Schema = Map<string, ObjectSchema>;

/**
 * The standard objects, the custom fields on them, and what the integration user may see of both.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_fieldpermissions.htm
 */
export function buildSchema(options: OrgOptions): Schema {
  const objects = [...salesObjects(), ...setupObjects()];
  const schema: Schema = new Map(objects.map((each) => [each.name.toLowerCase(), each]));
  setPicklist(
    schema,
    'Lead',
    'Status',
    options.leadStatuses.map(({ name }) => name),
  );
  setPicklist(
    schema,
    'Opportunity',
    'StageName',
    options.stages.map(({ name }) => name),
  );
  addCurrencies(schema, options.currencies);
  for (const custom of options.customFields) addCustomField(schema, custom);
  for (const { object, field: name, readable = true, updateable = true } of options.access) {
    const found = knownField(schema, object, name);
    Object.assign(found, { readable, updateable: updateable && found.updateable });
  }
  return schema;
}

function setPicklist(schema: Schema, object: string, name: string, picklist: readonly string[]): void {
  Object.assign(knownField(schema, object, name), { picklist });
}

/**
 * Adds a field to an object, or changes one that is there.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customfield.htm
 */
export function addCustomField(schema: Schema, custom: CustomField): Field {
  const { object, name, type, readable = true, updateable = true, ...more } = custom;
  const added = field(name, type, {
    ...{ custom: true, readable, updateable, createable: updateable, filterable: type !== 'textarea' },
    ...{ length: ['string', 'picklist'].includes(type) ? 255 : 0, precision: 18 },
    ...(type === 'reference' ? { relationshipName: name.replace(/__c$/, '__r') } : {}),
    ...more,
  });
  objectOf(schema, object).fields.set(name.toLowerCase(), added);
  return added;
}

/** @throws {IcpError} for an object that the local org does not have */
export function objectOf(schema: Schema, name: string): ObjectSchema {
  const found = schema.get(name.toLowerCase());
  if (found !== undefined) return found;
  const known = [...schema.values()].map((each) => each.name).join(', ');
  throw new IcpError('salesforce_no_object', `the local Salesforce has no object ${name}; it has ${known}`);
}

/** @throws {IcpError} for a field that the object does not have */
export function knownField(schema: Schema, object: string, name: string): Field {
  const found = objectOf(schema, object).fields.get(name.toLowerCase());
  if (found !== undefined) return found;
  const advice = 'add it to customFields when the local org is started';
  throw new IcpError('salesforce_no_field', `the local Salesforce has no field ${object}.${name}; ${advice}`);
}

/** The object that a client asks for by its address, if it may see it. @throws {SalesforceError} 404 `NOT_FOUND` */
export function requestedObject(schema: Schema, name: string): ObjectSchema {
  const found = schema.get(name.toLowerCase());
  if (found === undefined || !found.allowed.read)
    throw new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');
  return found;
}
