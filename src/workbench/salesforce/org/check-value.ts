import type { Field } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import { isIdOf } from './ids.ts';
import { type Stored, store } from './values.ts';

/** Why a row was not written. */
export interface RowError {
  statusCode: string;
  message: string;
  fields: string[];
}

/**
 * A value that the API was sent, ready to be stored, or why it is refused.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm StatusCode
 */
export function checkValue(field: Field, value: unknown): { value: Stored } | RowError {
  const fields = [field.name];
  if ((value === null || value === '') && !field.nillable && field.type !== 'boolean') {
    return { statusCode: 'REQUIRED_FIELD_MISSING', message: `Required fields are missing: [${field.name}]`, fields };
  }
  const stored = store(field, value);
  if (stored === undefined) {
    const message = `Cannot deserialize instance of ${field.type} from value ${String(value)} for field ${field.name}`;
    return { statusCode: 'INVALID_TYPE_ON_FIELD_IN_RECORD', message, fields };
  }
  if (typeof stored === 'string' && field.length > 0 && stored.length > field.length) {
    const message = `${field.label}: data value too large: ${stored} (max length=${field.length})`;
    return { statusCode: 'STRING_TOO_LONG', message, fields };
  }
  if (typeof stored === 'number' && field.precision > 0 && Math.abs(stored) >= 10 ** (field.precision - field.scale)) {
    const message = `${field.label}: value outside of valid range on numeric field: ${stored}`;
    return { statusCode: 'NUMBER_OUTSIDE_VALID_RANGE', message, fields };
  }
  if (field.restricted && typeof stored === 'string' && !field.picklist.includes(stored)) {
    const message = `${field.label}: bad value for restricted picklist field: ${stored}`;
    return { statusCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, fields };
  }
  if (field.type === 'email' && typeof stored === 'string' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(stored)) {
    const message = `${field.label}: invalid email address: ${stored}`;
    return { statusCode: 'INVALID_EMAIL_ADDRESS', message, fields };
  }
  if (field.type === 'reference' && typeof stored === 'string' && !isIdOf('', stored)) {
    const message = `${field.label}: id value of incorrect type: ${stored}`;
    return { statusCode: 'MALFORMED_ID', message, fields };
  }
  return { value: stored };
}

/** Whether this user may write the field, and whether it is there at all. */
export function checkField(object: ObjectSchema, name: string, isNew: boolean): Field | RowError {
  const field = object.fields.get(name.toLowerCase());
  if (field === undefined || !field.readable) {
    const message = `No such column '${name}' on sobject of type ${object.name}`;
    return { statusCode: 'INVALID_FIELD', message, fields: [] };
  }
  if (field.updateable && (!isNew || field.createable)) return field;
  const advice =
    'Please check the security settings of this field and verify that it is read/write for your profile or permission set.';
  const message = `Unable to create/update fields: ${field.name}. ${advice}`;
  return { statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', message, fields: [field.name] };
}
