import type { Crm } from '../../connectors/crm.ts';
import { type CrmMapping, defaultCrmMapping } from '../../icp/crm-mapping/mapping-schema.ts';
import { lostOfStandard, lostWithout } from './lost-without.ts';
import { present, type Shown } from './object-reading.ts';
import { hasCurrencies, ratesObject, seesRates } from './read-currencies.ts';
import { describeObject } from './shown-fields.ts';
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
  const shown: Map<string, Awaited<ReturnType<typeof describeObject>>> = new Map();
  const reads = bothRead(mapping);
  for (const { object } of reads) shown.set(object, await describeObject(crm, object));
  const lacksRates = hasCurrencies(shown) && !(await seesRates(crm));
  const rates = { object: ratesObject, field: null, isNeeded: true, lost: lostWithout(ratesObject, null) };
  return [...unseenIn(shown, reads), ...(lacksRates ? [rates] : [])];
}

/** What every org has and this one did not show to a sync by a mapping, each with what is lost without it. */
export function standardUnseen(shown: Shown, mapping: CrmMapping): Unseen[] {
  const looked = bothRead(mapping).filter(({ object }) => shown.has(object));
  return unseenIn(shown, looked).filter(({ object, field }) => lostOfStandard(object, field) !== null);
}

function unseenIn(shown: Shown, reads: readonly ObjectRead[]): Unseen[] {
  return reads.flatMap(({ object, isOptional, needs, fields }): Unseen[] => {
    const described = shown.get(object) ?? null;
    const say = (field: string | null, isNeeded: boolean): Unseen => {
      const isAll = field === null || needs.includes(field);
      return { object, field, isNeeded, lost: lostWithout(object, isAll ? null : field) };
    };
    if (described === null) return [say(null, !isOptional)];
    const own = [...new Set([...needs, ...fields])].filter((field) => !field.includes('.'));
    const seen = new Set(present(described, own));
    return own.flatMap((field) => (seen.has(field) ? [] : [say(field, !isOptional && needs.includes(field))]));
  });
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
