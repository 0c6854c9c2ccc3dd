import { IcpError } from '../../errors.ts';
import type { CrmChange } from '../crm.ts';
import type { Describes } from './describes.ts';
import { restQuery } from './rest-query.ts';
import type { Session } from './session.ts';
import { selectOf, textLiteral } from './soql.ts';

/** Ids of one query: its text is part of an address, which has an end. */
const mostIds = 200;
const fields = ['AccountId', 'CreatedById', 'NewValue'] as const;

/**
 * Who last changed a field of some accounts, from the history that the org keeps of tracked fields.
 *
 * The old and the new value of a history cannot stand in a condition, so that whoever asks looks at what it was changed to.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_accounthistory.htm
 */
export async function lastAccountChanges(
  session: Session,
  describes: Describes,
  field: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CrmChange>> {
  const found = new Map<string, CrmChange>();
  if (ids.length === 0 || !(await isShown(describes))) return found;
  for (let from = 0; from < ids.length; from += mostIds) {
    const some = ids.slice(from, from + mostIds).map(textLiteral);
    const where = [`AccountId IN (${some.join(', ')})`, `Field = ${textLiteral(field)}`];
    const soql = selectOf({ object: 'AccountHistory', fields, where, orderBy: 'CreatedDate, Id' });
    for await (const page of (await restQuery(session, soql, { fields })).pages())
      for (const { AccountId, CreatedById, NewValue = null } of page)
        found.set(String(AccountId), { by: String(CreatedById), to: NewValue });
  }
  return found;
}

/** An org without the history, or that does not show it to us, has nothing to say. */
async function isShown(describes: Describes): Promise<boolean> {
  try {
    const known = await describes.recent('AccountHistory');
    return fields.every((field) => known.has(field));
  } catch (error) {
    if (error instanceof IcpError && error.code === 'crm_no_object') return false;
    throw error;
  }
}
