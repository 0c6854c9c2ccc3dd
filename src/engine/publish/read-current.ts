import type { Crm, CrmRecord, ScoredObject } from '../../connectors/crm.ts';

/**
 * Some records as they are now, in few calls: a few by their ids, many out of a reading of all.
 *
 * @param few up to so many are asked for by id
 */
export async function readCurrent(
  crm: Pick<Crm, 'reader'>,
  object: ScoredObject,
  ids: readonly string[],
  fields: readonly string[],
  few: number,
): Promise<ReadonlyMap<string, CrmRecord>> {
  if (ids.length <= few) return crm.reader.byId(object, ids, fields);
  const wanted = new Set(ids);
  const found = new Map<string, CrmRecord>();
  for await (const page of crm.reader.snapshot(object, fields))
    for (const record of page) if (wanted.has(String(record.Id))) found.set(String(record.Id), record);
  return found;
}
