import { IcpError } from '../../../errors.ts';
import { checkValue } from '../org/check-value.ts';
import type { ValidationRule } from '../org/options.ts';
import type { Org } from '../org/org.ts';
import { objectOf, type Schema } from '../schema/schema.ts';
import { mayEdit } from './show-record.ts';

export interface EditContext {
  org: Org;
  schema: Schema;
  rules: readonly ValidationRule[];
}

export interface Edit {
  object: string;
  id: string;
  values: Readonly<Record<string, string | number | boolean | null>>;
  /** The user who does it. */
  by: string;
}

/**
 * Changes fields of a record as a person does in the browser: the fields that people may change, whatever the
 * integration user may, with the org's rules.
 *
 * @throws {IcpError} `salesforce_edit` when a field or a value is refused; then nothing is changed
 */
export function editRecord({ org, schema, rules }: EditContext, { object: name, id, values, by }: Edit): void {
  const object = objectOf(schema, name);
  if (org.get('User', by)?.IsActive !== true) {
    throw refused(`an edit needs an active user of the org, got ${by}; choose who you are`);
  }
  const before = org.get(name, id);
  if (before === undefined) throw refused(`the org has no ${name} ${id} any more; go back to the list`);
  if (before.IsConverted === true) {
    throw refused(`${String(before.Name)} has been converted; edit its account, contact or opportunity`);
  }
  for (const [given, value] of Object.entries(values)) {
    const field = object.fields.get(given.toLowerCase());
    if (field === undefined) throw refused(`${name} has no field ${given}; choose one that the record shows`);
    if (!mayEdit(field)) throw refused(`${field.label} is filled in by Salesforce; change what it comes from`);
    if (field.type === 'picklist' && typeof value === 'string' && value !== '' && !field.picklist.includes(value)) {
      if (field.picklist.length > 0) {
        throw refused(`${field.label} is one of ${field.picklist.join(', ')}, got ${value}; choose one of these`);
      }
    }
    if (field.type === 'reference' && typeof value === 'string' && org.get('User', value)?.IsActive !== true) {
      throw refused(`${field.label} has to be an active user, got ${value}; choose one from the list`);
    }
    const checked = checkValue(field, value);
    if ('statusCode' in checked) throw refused(`${field.label} was not saved: ${checked.message}; correct it`);
  }
  const broken = rules.find((rule) => rule.object === object.name && rule.refuses({ ...before, ...values }));
  if (broken !== undefined) throw refused(`a rule of the org refuses this: ${broken.message}; correct it`);
  org.update(name, id, values, by);
}

function refused(message: string): IcpError {
  return new IcpError('salesforce_edit', message);
}
