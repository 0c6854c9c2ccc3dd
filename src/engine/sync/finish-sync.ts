import { sql } from 'drizzle-orm';
import type { FieldDeclaration } from '../../connectors/ports.ts';
import { crmSource, keptFields } from '../../icp/crm-mapping/map-account.ts';
import type { CrmMapping } from '../../icp/crm-mapping/mapping-schema.ts';
import { recordTables } from '../../store/record-tables.ts';
import type { Store } from '../../store/store.ts';
import { finishImport } from '../ingest/finish-import.ts';
import type { Fence } from '../with-lease.ts';
import type { BegunSync } from './begin-sync.ts';
import type { Reading } from './object-reading.ts';
import { termFields } from './read-terms.ts';

const versioned = ['accounts', 'observations', 'contacts', 'leads', 'opportunities', 'customers'] as const;
const kinds: readonly string[] = ['accounts', 'contacts', 'leads', 'opportunities'];

/**
 * Ends a sync. What says the same as the version before is taken out; where nothing is left, the import goes too, and only
 * the places move on, so that nothing is rescored for the echo of our own writing.
 *
 * @returns the import; `null` where nothing was new
 */
export async function finishSync(
  { store, fence }: { store: Store; fence?: Fence | undefined },
  sync: BegunSync,
  { book, importId, mapping }: Reading,
  now: Date,
): Promise<number | null> {
  const isNews = await store.transaction(async (tx) => {
    await fence?.(tx);
    if (!sync.isFirst) {
      await takeOutRepeats(tx, book, importId);
      await takeOutToldAside(tx, book, importId);
    }
    if (sync.lastSync === null || (await hasNews(tx, importId))) return true;
    await passPlaces(tx, sync, sync.lastSync);
    return false;
  });
  if (!isNews) return null;
  const { label, contentHash } = sync;
  const said = { book, label, contentHash, fields: declarations(mapping) };
  await finishImport({ store, ...(fence === undefined ? {} : { fence }) }, said, importId, now);
  return importId;
}

async function takeOutRepeats(tx: Store, book: string, importId: number): Promise<void> {
  for (const table of versioned) {
    const same = recordTables[table].key.map((column) => `before.${column} = this.${column}`).join(' and ');
    const returned = kinds.includes(table)
      ? sql`and not exists (select from departures gone where gone.book = ${book} and gone.kind = ${table}
          and gone.id = ${sql.raw('this.id')} and gone.import_id >= before.import_id)`
      : sql``;
    await tx.db.execute(sql`
      delete from ${sql.raw(table)} this where this.book = ${book} and this.import_id = ${importId}::int and exists (
        select from ${sql.raw(table)} before where before.book = ${book} and ${sql.raw(same)} and before.digest = this.digest
          and before.import_id = (select max(latest.import_id) from ${sql.raw(table)} latest where latest.book = ${book}
            and ${sql.raw(same.replaceAll('before.', 'latest.'))} and latest.import_id < ${importId}::int) ${returned})`);
  }
}

/** What is read again and set aside again has been said before. */
async function takeOutToldAside(tx: Store, book: string, importId: number): Promise<void> {
  await tx.db.execute(sql`
    delete from set_aside this where this.import_id = ${importId}::int and exists (
      select from set_aside before join imports i on i.id = before.import_id and i.book = ${book}
      where before.import_id < ${importId}::int and before.file = this.file and before.reason = this.reason
        and before.excerpt = this.excerpt)`);
}

async function hasNews(tx: Store, importId: number): Promise<boolean> {
  const any = [...versioned, 'outcomes', 'departures', 'set_aside'].map(
    (table) => `exists (select from ${table} where import_id = ${importId})`,
  );
  const [row] = await tx.rows<{ news: boolean }>(sql`select ${sql.raw(any.join(' or '))} as news`);
  return row?.news === true;
}

/** The places of a sync without news become those of the last one, which from now on has read as far. */
async function passPlaces(tx: Store, { importId, contentHash }: BegunSync, lastSync: number): Promise<void> {
  const org = contentHash.replace(/(?::full)?@\d+$/, '');
  await tx.db.execute(sql`delete from sync_progress where import_id = ${lastSync}::int
    and object in (select object from sync_progress where import_id = ${importId}::int)`);
  await tx.db.execute(sql`update sync_progress set import_id = ${lastSync}::int where import_id = ${importId}::int`);
  await tx.db.execute(sql`delete from imports where id = ${importId}::int`);
  await tx.db.execute(sql`update imports set content_hash = ${`${org}@${lastSync}`} where id = ${lastSync}::int`);
}

/** The fields that the sync brings, and which of them no score may read. */
function declarations(mapping: CrmMapping): FieldDeclaration[] {
  const kept = Object.values(keptFields(mapping)).map(({ as, layer, type, label, leftOut }) => ({
    ...{ field: as, layer, type, leftOut },
    ...(label === undefined ? {} : { label }),
  }));
  const terms = Object.values(termFields).map((field) => ({
    ...({
      field,
      layer: 'firmographic',
      type: 'category',
      leftOut: `tells when a contract ends, of ${crmSource}`,
    } as const),
  }));
  return [...kept, ...terms];
}
