import type { Crm } from '../../connectors/crm.ts';
import { type CrmMapping, defaultCrmMapping } from '../../icp/crm-mapping/mapping-schema.ts';
import { lostWithout } from './lost-without.ts';
import { present } from './object-reading.ts';
import { describeObject } from './read-objects.ts';
import { type ObjectRead, whatIsRead } from './what-is-read.ts';

/** Something that a sync asks for and the CRM does not show to our user. */
export interface Unseen {
  object: string;
  /** `null`: the object itself. */
  field: string | null;
  /** Without it no sync comes to its end. */
  isNeeded: boolean;
  /** What is lost without it, in words. */
  lost: string;
}

/**
 * All that the CRM keeps from our user of what is read: by the mapping that is kept, and by the usual one too, since a mapping
 * that was made while a field was not seen does not name it.
 *
 * A field of a related record is not looked for: it is seen with the record, or the org has none.
 *
 * @param mapping `null` before the first sync
 */
export async function unseenBy(crm: Pick<Crm, 'reader'>, mapping: CrmMapping | null): Promise<readonly Unseen[]> {
  const unseen: Unseen[] = [];
  for (const { object, isOptional, needs, fields } of bothRead(mapping)) {
    const described = await describeObject(crm, object);
    const say = (field: string | null, isNeeded: boolean) => {
      const isAll = field === null || needs.includes(field);
      unseen.push({ object, field, isNeeded, lost: lostWithout(object, isAll ? null : field) });
    };
    if (described === null) {
      say(null, !isOptional);
      continue;
    }
    const own = [...new Set([...needs, ...fields])].filter((field) => !field.includes('.'));
    const seen = new Set(present(described, own));
    for (const field of own) if (!seen.has(field)) say(field, !isOptional && needs.includes(field));
  }
  return unseen;
}

function bothRead(mapping: CrmMapping | null): readonly ObjectRead[] {
  const usual = whatIsRead(defaultCrmMapping);
  if (mapping === null) return usual;
  const byObject = new Map(usual.map((read) => [read.object, read]));
  for (const read of whatIsRead(mapping)) {
    const fields = new Set([...read.fields, ...(byObject.get(read.object)?.fields ?? [])]);
    byObject.set(read.object, { ...read, fields: [...fields] });
  }
  return [...byObject.values()];
}
