import { sql } from 'drizzle-orm';
import type { Source } from '../../connectors/ports.ts';
import type { Store } from '../../store/store.ts';

/** An import under way, new or taken up again, or the finished one that says the same already. */
export interface BegunImport {
  id: number;
  unchanged: boolean;
  /** No finished import of the book came before. */
  isFirst: boolean;
}

const tables = [
  'accounts',
  'observations',
  'contacts',
  'leads',
  'opportunities',
  'customers',
  'outcomes',
  'signals',
  'usage',
  'import_files',
  'set_aside',
  'sync_progress',
  'departures',
];

/**
 * Finds or makes the import that a source's content belongs to.
 *
 * One that was cut off is taken up again; one whose source has changed since is taken back whole, so that a book never
 * holds half of something that no longer exists.
 */
export async function beginImport(store: Store, source: Source, now: Date): Promise<BegunImport> {
  return store.transaction(async (tx) => {
    // Two imports that begin at once would otherwise take the same number.
    await tx.db.execute(sql`lock table imports in share row exclusive mode`);
    const known = await tx.rows<{ id: number; label: string; hash: string; status: string }>(
      sql`select id, label, content_hash as hash, status from imports where book = ${source.book} order by id desc`,
    );
    const finished = known.filter(({ status }) => status === 'finished');
    const latest = finished[0];
    const isFirst = latest === undefined;
    const same = finished.find(({ hash }) => bareHash(hash) === source.contentHash);
    // The same source has not said anything else since.
    if (same !== undefined && !finished.some(({ id, label }) => id > same.id && label === same.label)) {
      return { id: same.id, unchanged: true, isFirst: false };
    }
    for (const { id, hash, status } of known) {
      if (status !== 'running') continue;
      if (bareHash(hash) === source.contentHash) return { id, unchanged: false, isFirst };
      await takeBack(tx, id);
    }
    await tx.db.execute(
      sql`insert into books (name, time_kind, clock) values (${source.book}, ${source.timeKind}, ${clockOf(source)}::timestamptz)
          on conflict (name) do update set time_kind = excluded.time_kind, clock = coalesce(excluded.clock, books.clock)`,
    );
    // A source that returns to what it said before is a new import: the hash tells after which one.
    const hash = same === undefined ? source.contentHash : `${source.contentHash}@${latest?.id}`;
    const [made] = await tx.rows<{ id: number }>(
      sql`insert into imports (id, book, label, content_hash, status, started_at)
          select coalesce(max(id), 0) + 1, ${source.book}, ${source.label}, ${hash}, 'running', ${now.toISOString()}::timestamptz
          from imports returning id`,
    );
    return { id: made?.id ?? 0, unchanged: false, isFirst };
  });
}

const bareHash = (hash: string) => hash.split('@', 1)[0];

const clockOf = (source: Source) => (source.clock == null ? null : new Date(source.clock).toISOString());

/** Takes an import back with all that it has brought. Call it in a transaction. */
export async function takeBack(tx: Store, id: number): Promise<void> {
  for (const table of tables) await tx.db.execute(sql`delete from ${sql.raw(table)} where import_id = ${id}::int`);
  await tx.db.execute(sql`delete from imports where id = ${id}::int`);
}
