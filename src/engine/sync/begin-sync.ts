import { sql } from 'drizzle-orm';
import type { CrmOrg } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import type { CrmMapping } from '../../icp/crm-mapping/mapping-schema.ts';
import { orgInWords } from '../../icp/org-in-words.ts';
import type { Store } from '../../store/store.ts';
import { type ObjectProgress, shortHashOf, syncProgressOf } from '../../store/sync-progress.ts';
import { takeBack } from '../ingest/begin-import.ts';

/** A sync under way, new or taken up again. */
export interface BegunSync {
  importId: number;
  label: string;
  contentHash: string;
  /** How the content of every import of this org begins. */
  own: string;
  /** No finished import of the book came before. */
  isFirst: boolean;
  /** The last finished import of the book, whatever brought it. */
  before: number | null;
  /** The sync behind which this one goes on; `null` reads everything. */
  lastSync: number | null;
  /** Everything is read anew, and what is not there any more departs. */
  isFull: boolean;
  /** How far each object had been read when the last sync ended. */
  places: ReadonlyMap<string, ObjectProgress>;
}

interface SyncWanted {
  book: string;
  org: CrmOrg;
  mapping: CrmMapping;
  /** The currency that amounts are turned into; `null` where they are as they come. */
  currency: string | null;
  full: boolean;
}

/**
 * Finds or makes the import that a reading of the CRM belongs to.
 *
 * One that was cut off is taken up again where it stopped, unless the mapping has changed since, or everything is to be read.
 * A mapping, or a currency, that is not that of the last sync means other things by old records: they are all read again.
 */
export async function beginSync(
  store: Store,
  { book, org, mapping, currency, full }: SyncWanted,
  now: number,
): Promise<BegunSync> {
  const own = `crm:${org.id}:`;
  const meant = `${own}${shortHashOf(currency === null ? mapping : { mapping, currency })}`;
  const label = `Salesforce ${orgInWords(org)}`;
  return store.transaction(async (tx) => {
    // Two imports that begin at once would otherwise take the same number.
    await tx.db.execute(sql`lock table imports in share row exclusive mode`);
    await requireDates(tx, book);
    const known = await tx.rows<{ id: number; hash: string; status: string }>(
      sql`select id, content_hash as hash, status from imports where book = ${book} order by id desc`,
    );
    const finished = known.filter(({ status }) => status === 'finished');
    const last = finished.find((one) => one.hash.startsWith(own));
    const isFull = full || last === undefined || bare(last.hash) !== meant;
    const contentHash = isFull ? `${meant}:full` : meant;
    const begun = {
      ...{
        label,
        own,
        isFull,
        isFirst: finished.length === 0,
        before: finished[0]?.id ?? null,
        lastSync: last?.id ?? null,
      },
      places: last === undefined ? new Map() : await syncProgressOf(tx, last.id),
    };
    for (const { id, hash: said, status } of known) {
      if (status !== 'running') continue;
      const isSame = said.split('@', 1)[0] === contentHash || (!full && said.startsWith(`${meant}:full@`));
      if (!isSame) {
        await takeBack(tx, id);
        continue;
      }
      if (said.startsWith(`${meant}:full@`)) return { ...begun, importId: id, contentHash: said, isFull: true };
      return { ...begun, importId: id, contentHash: said };
    }
    await tx.db.execute(
      sql`insert into books (name, time_kind, clock) values (${book}, 'dates', null) on conflict (name) do nothing`,
    );
    const [made] = await tx.rows<{ id: number; hash: string }>(sql`
      insert into imports (id, book, label, content_hash, status, started_at)
      select coalesce(max(id), 0) + 1, ${book}, ${label}, ${contentHash} || '@' || (coalesce(max(id), 0) + 1), 'running',
        ${new Date(now).toISOString()}::timestamptz from imports returning id, content_hash as hash`);
    if (made === undefined) throw new Error('an insert gave no id');
    return { ...begun, importId: made.id, contentHash: made.hash };
  });
}

/** What a sync is called without its number and without how it was read: org and mapping. */
function bare(said: string): string {
  return said.replace(/(?::full)?@\d+$/, '');
}

async function requireDates(tx: Store, book: string): Promise<void> {
  const [row] = await tx.rows<{ kind: string }>(sql`select time_kind as kind from books where name = ${book}`);
  if (row === undefined || row.kind === 'dates') return;
  throw new IcpError(
    'crm_book',
    `sync needs a book with dates, and ${book} has an order only; name another with the setting crm.book`,
  );
}
