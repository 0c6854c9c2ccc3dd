import { sql } from 'drizzle-orm';
import { addDepartures, type DepartureKind } from '../../store/departures.ts';
import type { BegunSync } from './begin-sync.ts';
import { idsThere, requireFewMissing } from './hold-against.ts';
import type { Reading } from './object-reading.ts';
import type { ReadingPorts } from './read-objects.ts';
import { dropDeletedRoles, dropMissingRoles, readRoles } from './read-roles.ts';
import { endDeletedTerms, endMissingTerms, termObjects } from './read-terms.ts';

/** The objects whose records may go, by the table that they are in. */
export const departing: readonly { object: string; kind: DepartureKind }[] = [
  { object: 'Account', kind: 'accounts' },
  { object: 'Contact', kind: 'contacts' },
  { object: 'Lead', kind: 'leads' },
  { object: 'Opportunity', kind: 'opportunities' },
];

const lookBackMs = 15 * 60_000;
const pageSize = 10_000;

/** Notes what was deleted or merged away since the last sync; behind the first one there is nothing to take away. */
export async function readDepartures(ports: ReadingPorts, sync: BegunSync, reading: Reading): Promise<void> {
  const sinceOf = (object: string): number | null => {
    const place = sync.places.get(object)?.place ?? null;
    return place === null || (reading.shown.get(object) ?? null) === null ? null : place.modstamp - lookBackMs;
  };
  for (const { object, kind } of departing) {
    const since = sinceOf(object);
    if (since === null) continue;
    for await (const page of ports.crm.reader.deleted(object, since)) {
      await ports.store.transaction(async (tx) => {
        await ports.fence?.(tx);
        const list = page.map(({ id, deletedAt, mergedInto }) => ({ id, goneAt: deletedAt, mergedInto }));
        await addDepartures(tx, importOf(reading), kind, list);
      });
      ports.fault?.(`sync ${object} departures kept`);
    }
  }
  const roles = sinceOf(readRoles.object);
  if (roles !== null) await dropDeletedRoles(ports, sync, reading, roles);
  for (const object of termObjects(reading)) {
    const since = sinceOf(object);
    if (since !== null) await endDeletedTerms(ports, sync, reading, { object, since });
    ports.fault?.(`sync ${object} departures kept`);
  }
}

const importOf = ({ book, importId }: Reading) => ({ book, importId });

/**
 * Holds the ids of the CRM against those of the store after everything was read: what it has no more departs.
 *
 * @throws {IcpError} `crm_shrunk` where so much is missing that it is rather a permission than a deletion
 */
export async function departMissing(ports: ReadingPorts, sync: BegunSync, reading: Reading): Promise<void> {
  if (sync.lastSync === null) return;
  for (const { object, kind } of departing) {
    const there = await idsThere(ports, object);
    const missing: string[] = [];
    let known = 0;
    for await (const ids of storedIds(ports, reading, kind, sync)) {
      known += ids.length;
      missing.push(...ids.filter((id) => !there.has(id)));
    }
    requireFewMissing(object, { there: there.count, known, missing: missing.length });
    for (let from = 0; from < missing.length; from += pageSize) {
      const list = missing.slice(from, from + pageSize).map((id) => ({ id, goneAt: reading.now, mergedInto: null }));
      await ports.store.transaction(async (tx) => {
        await ports.fence?.(tx);
        await addDepartures(tx, importOf(reading), kind, list);
      });
    }
    ports.fault?.(`sync ${object} reconciled`);
  }
  if ((reading.shown.get(readRoles.object) ?? null) !== null) await dropMissingRoles(ports, sync, reading);
  for (const object of termObjects(reading)) await endMissingTerms(ports, sync, reading, object);
  ports.fault?.('sync terms reconciled');
}

/** Ids that this CRM has brought and that are there, in pages. */
async function* storedIds(
  { store }: ReadingPorts,
  { book }: Reading,
  kind: DepartureKind,
  { own }: BegunSync,
): AsyncGenerator<string[]> {
  let after = '';
  for (;;) {
    const rows = await store.rows<{ id: string }>(sql`
      select id from (
        select distinct on (t.id) t.id, t.import_id, t.digest from ${sql.raw(kind)} t
        where t.book = ${book} and t.id > ${after} and t.import_id in (
          select id from imports where book = ${book} and starts_with(content_hash, ${own}))
        order by t.id, t.import_id desc
      ) as latest where digest <> 'only named' and not exists (
        select from departures gone where gone.book = ${book} and gone.kind = ${kind} and gone.id = latest.id
          and gone.import_id >= latest.import_id)
      order by id limit ${pageSize}`);
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) yield ids;
    const last = ids.at(-1);
    if (last === undefined || ids.length < pageSize) return;
    after = last;
  }
}
