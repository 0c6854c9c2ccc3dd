import { type CrmMapping, crmMappingSchema } from '../../icp/crm-mapping/mapping-schema.ts';
import type { ReadableObject } from './object-reading.ts';
import { objectsToRead, users } from './read-objects.ts';

/** What a sync asks of one object, as the code that reads it has it. */
export interface ObjectRead extends Pick<ReadableObject, 'object' | 'isOptional' | 'needs'> {
  /** All that is asked for where the org has it; fields of a related record by path. */
  fields: readonly string[];
}

/** What a sync by this mapping reads, of an org that has and shows everything. */
export function whatIsRead(mapping: CrmMapping): readonly ObjectRead[] {
  return [...objectsToRead(mapping), users].map(({ object, isOptional, needs, wanted }): ObjectRead => {
    const fields = new Set(wanted(mapping).filter((field) => field !== null));
    return { object, isOptional, needs, fields: [...fields] };
  });
}

/** What a sync reads of any org where every part of the mapping is switched on, an org's own fields aside. */
export function everythingRead(): readonly ObjectRead[] {
  const parts = { opportunity: { qualifiedStages: ['any'] }, customer: { contracts: true, assets: true } };
  return whatIsRead(crmMappingSchema.parse(parts));
}
