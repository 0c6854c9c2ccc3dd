import { type CrmRow, idOf, instantOf, maybeIdOf } from '../../icp/crm-mapping/crm-values.ts';
import type { RecordOf } from '../../icp/records.ts';
import { holdersOfSources } from '../../store/latest-versions.ts';
import { writeRecords } from '../../store/write-records.ts';
import type { BegunSync } from './begin-sync.ts';
import { idsThere, requireFewMissing } from './hold-against.ts';
import { eachUsable, type ObjectReading, type Reading } from './object-reading.ts';
import type { ReadingPorts } from './read-objects.ts';

/** What a contract's or an asset's own source of values is called: one each, so that an account may have many. */
export const termSource = { Contract: 'Salesforce contract', Asset: 'Salesforce asset' } as const;
/** What is kept of a contract or an asset: since when and until when it runs, as days. */
export const termFields = { start: 'term_started_on', end: 'term_ends_on' } as const;

type TermObject = keyof typeof termSource;
type Observation = RecordOf<'observation'>;

/** The objects whose terms count: those that the mapping reads and that the org shows. */
export function termObjects({ mapping: { customer }, shown }: Pick<Reading, 'mapping' | 'shown'>): TermObject[] {
  const all: TermObject[] = ['Contract', 'Asset'];
  return all.filter((object) => (shown.get(object) ?? null) !== null && isMapped[object](customer));
}

const isMapped: { [Object in TermObject]: (customer: Reading['mapping']['customer']) => boolean } = {
  Contract: ({ contracts }) => contracts,
  Asset: ({ assets }) => assets,
};

/** Contracts, for one sync: one that moved to another account ends on the one that had it. */
export function contractReading(): ObjectReading {
  return {
    ...{ object: 'Contract', isOptional: true, needs: ['AccountId', 'EndDate'] },
    wanted: () => ['Id', 'AccountId', 'StatusCode', 'Status', 'StartDate', 'EndDate'],
    read: readTerms('Contract', (record) => {
      const isIn = String(record.StatusCode ?? record.Status ?? 'Activated').toLowerCase() === 'activated';
      // A draft says nothing yet.
      return isIn ? ['StartDate', 'EndDate'] : null;
    }),
  };
}

/** Assets, for one sync. */
export function assetReading(): ObjectReading {
  return {
    ...{ object: 'Asset', isOptional: true, needs: ['AccountId', 'UsageEndDate'] },
    wanted: () => ['Id', 'AccountId', 'Status', 'PurchaseDate', 'InstallDate', 'UsageEndDate'],
    read: readTerms('Asset', (record) => [
      record.PurchaseDate == null ? 'InstallDate' : 'PurchaseDate',
      'UsageEndDate',
    ]),
  };
}

/** @param datesOf the fields with the first and last day of a record; `null` where it has no term */
function readTerms(
  object: TermObject,
  datesOf: (record: CrmRow) => readonly [string, string] | null,
): ObjectReading['read'] {
  // Looking up who holds a term takes a pass over all that was ever said, so it is done once a sync.
  let holders: Map<string, readonly string[]> | null = null;
  return async (tx, reading, records) => {
    holders ??= await holdersOf(tx, reading, object);
    const { mapped, setAside } = eachUsable(records, (record) => termOf(record, object, datesOf(record)));
    const said: Observation[] = [];
    for (const { accountId, source, values } of mapped) {
      const left = (holders.get(source) ?? []).filter((holder) => holder !== accountId);
      said.push(...left.map((holder) => ended(source, holder)));
      if (accountId !== null) said.push({ kind: 'observation', accountId, values, observedAt: null, source });
      holders.set(source, accountId === null || values[termFields.end] === null ? [] : [accountId]);
    }
    return { records: said, setAside };
  };
}

function termOf(
  row: CrmRow,
  object: TermObject,
  dates: readonly [string, string] | null,
): { accountId: string | null; source: string; values: Record<string, string | null> } {
  const day = (field: string | undefined) => {
    const at = field === undefined ? null : instantOf(row, field);
    return at === null ? null : new Date(at).toISOString().slice(0, 10);
  };
  const values = { [termFields.start]: day(dates?.[0]), [termFields.end]: day(dates?.[1]) };
  return { accountId: maybeIdOf(row, 'AccountId'), source: sourceOf(object, idOf(row)), values };
}

const sourceOf = (object: TermObject, id: string) => `${termSource[object]} ${id}`;

function holdersOf(tx: ReadingPorts['store'], reading: Reading, object: TermObject) {
  return holdersOfSources(tx, reading, `${termSource[object]} `, termFields.end);
}

/** Nothing that was brought is taken away: a term that is gone is a later version without days. */
function ended(source: string, accountId: string): Observation {
  const values = { [termFields.start]: null, [termFields.end]: null };
  return { kind: 'observation', accountId, values, observedAt: null, source };
}

/** Ends the terms of contracts or assets that were deleted. */
export async function endDeletedTerms(
  { store, crm, fence }: ReadingPorts,
  sync: BegunSync,
  reading: Reading,
  { object, since }: { object: TermObject; since: number },
): Promise<void> {
  for await (const page of crm.reader.deleted(object, since)) {
    await store.transaction(async (tx) => {
      await fence?.(tx);
      const holders = await holdersOf(tx, reading, object);
      const gone = page.map(({ id }) => sourceOf(object, id));
      const said = gone.flatMap((source) => (holders.get(source) ?? []).map((holder) => ended(source, holder)));
      await writeRecords(tx, into(sync, reading), said);
    });
  }
}

/** Ends the terms of contracts or assets that the CRM has no more. @throws {IcpError} `crm_shrunk` */
export async function endMissingTerms(
  ports: ReadingPorts,
  sync: BegunSync,
  reading: Reading,
  object: TermObject,
): Promise<void> {
  const there = await idsThere(ports, object);
  const holders = await holdersOf(ports.store, reading, object);
  const missing = [...holders].filter(([source]) => !there.has(source.slice(sourceOf(object, '').length)));
  requireFewMissing(object, { there: there.count, known: holders.size, missing: missing.length });
  await ports.store.transaction(async (tx) => {
    await ports.fence?.(tx);
    const said = missing.flatMap(([source, held]) => held.map((holder) => ended(source, holder)));
    await writeRecords(tx, into(sync, reading), said);
  });
}

function into({ isFirst }: BegunSync, { book, importId }: Reading) {
  return { book, importId, isFirst, lastCounts: true };
}
