import { sql } from 'drizzle-orm';
import { IcpError } from '../../errors.ts';
import { rolesOf, withRoles } from '../../icp/crm-mapping/map-opportunity.ts';
import { addDepartures, type DepartureKind } from '../../store/departures.ts';
import { latestDeals } from '../../store/latest-versions.ts';
import { writeRecords } from '../../store/write-records.ts';
import { firstLines } from '../ingest/first-lines.ts';
import type { BegunSync } from './begin-sync.ts';
import type { Reading } from './object-reading.ts';
import type { ReadingPorts } from './read-objects.ts';

/** The objects whose records may go, by the table that they are in. */
export const departing: readonly { object: string; kind: DepartureKind }[] = [
  { object: 'Account', kind: 'accounts' },
  { object: 'Contact', kind: 'contacts' },
  { object: 'Lead', kind: 'leads' },
  { object: 'Opportunity', kind: 'opportunities' },
];

const lookBackMs = 15 * 60_000;
const pageSize = 10_000;
/** More than this share of an object gone at once is rather a permission that was taken away. */
const mostGone = 0.2;
const fewRecords = 50;

/** Notes what was deleted or merged away since the last sync; behind the first one there is nothing to take away. */
export async function readDepartures(ports: ReadingPorts, sync: BegunSync, reading: Reading): Promise<void> {
  for (const { object, kind } of departing) {
    const since = sync.places.get(object)?.place?.modstamp;
    if (since === undefined) continue;
    for await (const page of ports.crm.reader.deleted(object, since - lookBackMs)) {
      await ports.store.transaction(async (tx) => {
        await ports.fence?.(tx);
        const list = page.map(({ id, deletedAt, mergedInto }) => ({ id, goneAt: deletedAt, mergedInto }));
        await addDepartures(tx, importOf(reading), kind, list);
      });
      ports.fault?.(`sync ${object} departures kept`);
    }
  }
  await readDeletedRoles(ports, sync, reading);
}

const importOf = ({ book, importId }: Reading) => ({ book, importId });

async function readDeletedRoles(ports: ReadingPorts, sync: BegunSync, reading: Reading): Promise<void> {
  const object = 'OpportunityContactRole';
  const since = sync.places.get(object)?.place?.modstamp;
  if (since === undefined) return;
  for await (const page of ports.crm.reader.deleted(object, since - lookBackMs)) {
    const gone = page.map(({ id }) => id);
    await ports.store.transaction(async (tx) => {
      await ports.fence?.(tx);
      const rows = await tx.rows<{ id: string }>(sql`
        select distinct o.id from opportunities o, jsonb_array_elements_text(o.more -> 'crm:roles') as role
        where o.book = ${reading.book} and o.more ? 'crm:roles'
          and split_part(role, '=', 1) in (select jsonb_array_elements_text(${JSON.stringify(gone)}::jsonb))`);
      const deals = await latestDeals(
        tx,
        reading,
        rows.map(({ id }) => id),
        { here: true },
      );
      const left = [...deals.values()].map((deal) =>
        withRoles(
          deal,
          rolesOf(deal).filter((role) => !gone.includes(role.split('=')[0] ?? '')),
        ),
      );
      const { book, importId } = reading;
      await writeRecords(tx, { book, importId, isFirst: sync.isFirst, lastCounts: true }, left);
    });
  }
}

/**
 * Holds the ids of the CRM against those of the store after everything was read: what it has no more departs.
 *
 * @throws {IcpError} `crm_shrunk` where so much is missing that it is rather a permission than a deletion
 */
export async function departMissing(ports: ReadingPorts, sync: BegunSync, reading: Reading): Promise<void> {
  if (sync.lastSync === null) return;
  for (const { object, kind } of departing) {
    const there = firstLines();
    let count = 0;
    for await (const page of ports.crm.reader.ids(object)) {
      for (const id of page) there.note(id, 1);
      count += page.length;
    }
    const missing: string[] = [];
    let known = 0;
    for await (const ids of storedIds(ports, reading, kind, sync)) {
      known += ids.length;
      for (const id of ids) if (there.note(id, 2) === null) missing.push(id);
    }
    if (missing.length > Math.max(fewRecords, mostGone * known)) throw shrunk(object, count, known, missing.length);
    for (let from = 0; from < missing.length; from += pageSize) {
      const list = missing.slice(from, from + pageSize).map((id) => ({ id, goneAt: reading.now, mergedInto: null }));
      await ports.store.transaction(async (tx) => {
        await ports.fence?.(tx);
        await addDepartures(tx, importOf(reading), kind, list);
      });
    }
    ports.fault?.(`sync ${object} reconciled`);
  }
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

function shrunk(object: string, count: number, known: number, missing: number): IcpError {
  const text = (n: number) => n.toLocaleString('en');
  return new IcpError(
    'crm_shrunk',
    `sync needs to see the ${text(known)} records of ${object} that it knows, and ${text(missing)} of them are missing among the ${text(count)} that this user is shown; check the sharing rules and the permission set of the integration user before anything is taken for deleted`,
  );
}
