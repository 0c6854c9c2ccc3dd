import type { Crm, CrmPage, CrmPlace, CrmRecord } from '../../connectors/crm.ts';
import { parseCrmInstant } from '../../icp/crm-mapping/crm-values.ts';
import type { Users } from '../../icp/crm-mapping/map-account.ts';
import type { CrmMapping } from '../../icp/crm-mapping/mapping-schema.ts';
import type { Store } from '../../store/store.ts';
import { noteSyncProgress, type ObjectProgress } from '../../store/sync-progress.ts';
import { writeRecords } from '../../store/write-records.ts';
import { keepSetAside } from '../ingest/import-progress.ts';
import type { Fence } from '../with-lease.ts';
import type { BegunSync } from './begin-sync.ts';
import {
  type ObjectReading,
  type PageChanges,
  present,
  type ReadableObject,
  type Reading,
  type Shown,
} from './object-reading.ts';
import { readAccountHistory, readAccounts } from './read-accounts.ts';
import { type Priced, pricingOf } from './read-currencies.ts';
import { readDealHistory, readDeals } from './read-deals.ts';
import { readContacts, readLeadHistory, readLeads } from './read-people.ts';
import { readRoles } from './read-roles.ts';
import { assetReading, contractReading } from './read-terms.ts';

/** Rows appear up to some minutes behind what has been read: so much is read again, in milliseconds. */
const lookBackMs = 15 * 60_000;

export interface ReadingPorts {
  store: Store;
  crm: Pick<Crm, 'reader'>;
  fence?: Fence | undefined;
  /** Called at every step that a process may die at. */
  fault?: ((point: string) => void) | undefined;
  onProgress?: ((progress: SyncProgress) => void) | undefined;
}

export interface SyncProgress {
  object: string;
  records: number;
}

/** Every object that is read in one sync, in an order in which each finds what it refers to. */
export function objectsToRead(mapping: CrmMapping): readonly ObjectReading[] {
  return [
    ...[readAccounts, readContacts, readLeads, readDeals, readRoles, readLeadHistory, readAccountHistory],
    ...(mapping.opportunity.qualifiedStages.length > 0 ? [readDealHistory] : []),
    ...(mapping.customer.contracts ? [contractReading()] : []),
    ...(mapping.customer.assets ? [assetReading()] : []),
  ];
}

/** The users: their addresses are those of owners. */
export const users: ReadableObject = {
  ...{ object: 'User', isOptional: true, needs: [] },
  wanted: () => ['Email'],
};

/** The addresses of the CRM's users, by id. There are thousands at most, and they are read each time. */
export async function readUsers(crm: Pick<Crm, 'reader'>, shown: Shown): Promise<Users> {
  const emails = new Map<string, string>();
  if (shown.get('User')?.has('Email') !== true) return emails;
  for await (const { records } of crm.reader.changed('User', { fields: ['Id', 'Email'], after: null }))
    for (const { Id, Email } of records)
      if (typeof Id === 'string' && typeof Email === 'string') emails.set(Id, Email.toLowerCase());
  return emails;
}

/**
 * Reads what changed of one object since the last sync, a page and a transaction at a time: rows and place are one, so that a
 * sync that was killed goes on behind the last page that it wrote.
 *
 * @returns how many records were read, in all runs of this sync
 */
export async function readObject(
  ports: ReadingPorts,
  sync: BegunSync & { orgId: string },
  reading: Reading,
  what: ObjectReading,
  done: ObjectProgress | undefined,
): Promise<number> {
  const { object } = what;
  if (done?.finished === true) return done.records;
  const described = reading.shown.get(object) ?? null;
  if (described === null) return 0;
  const watermark = sync.places.get(object)?.place ?? null;
  const from = watermark === null || sync.isFull ? null : { modstamp: watermark.modstamp - lookBackMs, id: '' };
  let progress: ObjectProgress = done ?? { object, place: null, records: 0, finished: false };
  const note = (tx: Store) =>
    noteSyncProgress(tx, { importId: sync.importId, orgId: sync.orgId }, progress, reading.now);
  const fields = present(described, what.wanted(reading.mapping));
  const { ask, price } = pricingOf(reading, object, fields);
  const pages = ports.crm.reader.changed(object, {
    fields: [...fields, ...ask],
    after: progress.place ?? from,
  });
  for await (const page of inParts(pages)) {
    const priced = price(page.records);
    const changes = await what.ask?.({ store: ports.store, reader: ports.crm.reader }, reading, priced.records);
    ports.fault?.(`sync ${object} page read`);
    await ports.store.transaction(async (tx) => {
      await ports.fence?.(tx);
      await writePage(tx, sync, reading, what, priced, { before: progress.records, changes: changes ?? new Map() });
      progress = { object, place: page.place, records: progress.records + page.records.length, finished: false };
      await note(tx);
      ports.fault?.(`sync ${object} page written`);
    });
    ports.fault?.(`sync ${object} page kept`);
    ports.onProgress?.({ object, records: progress.records });
  }
  progress = { ...progress, place: laterOf(progress.place, watermark), finished: true };
  await ports.store.transaction(async (tx) => {
    await ports.fence?.(tx);
    await note(tx);
  });
  ports.fault?.(`sync ${object} finished`);
  return progress.records;
}

/** Pages of a query job are long: so many records at most become one transaction. */
const mostRecords = 1_000;

async function* inParts(pages: AsyncIterable<CrmPage>): AsyncGenerator<CrmPage> {
  for await (const { records, place } of pages) {
    let from = 0;
    while (records.length - from > mostRecords) {
      const part = records.slice(from, from + mostRecords);
      const last = placeOf(part.at(-1));
      if (last === null) break;
      yield { records: part, place: last };
      from += mostRecords;
    }
    yield { records: records.slice(from), place };
  }
}

function placeOf(record: CrmRecord | undefined): CrmPlace | null {
  const modstamp = parseCrmInstant(String(record?.SystemModstamp ?? record?.CreatedDate));
  return modstamp === null || typeof record?.Id !== 'string' ? null : { modstamp, id: record.Id };
}

async function writePage(
  tx: Store,
  { importId, isFirst }: BegunSync,
  reading: Reading,
  what: ObjectReading,
  priced: Priced,
  { before, changes }: { before: number; changes: PageChanges },
): Promise<void> {
  const { records, setAside } = await what.read(tx, reading, priced.records, changes);
  await writeRecords(tx, { book: reading.book, importId, isFirst, lastCounts: true }, records);
  const unusable = setAside.map((one) => ({ ...one, nth: priced.nths[one.nth] ?? one.nth }));
  const lines = [...priced.setAside, ...unusable].map(({ nth, ...rest }) => ({
    ...rest,
    file: what.object,
    line: before + nth + 1,
  }));
  await keepSetAside(tx, importId, what.object, before, lines);
}

function laterOf(one: ObjectProgress['place'], other: ObjectProgress['place']): ObjectProgress['place'] {
  if (one === null || other === null) return one ?? other;
  return one.modstamp >= other.modstamp ? one : other;
}
