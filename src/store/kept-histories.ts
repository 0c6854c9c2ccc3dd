import { hash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { eventsLabel } from './company-events.ts';
import { historyLists } from './history-lists.ts';
import type { FoldedBytes } from './packed-histories.ts';
import type { Store } from './store.ts';

/** A chunk that was kept, and the account that it ends with. */
export interface KeptChunk extends Omit<FoldedBytes, 'events'> {
  lastId: string;
}

/** Raise it when histories are folded or unpacked in another way. A list or a column more is noticed without. */
const version = 1;
const format = formatOf();

/** Where the chunks of a book as of an import are kept; chunks are read and written by their number, from 0. */
export interface KeptHistories {
  /** Whether this is the latest import: only then is anything kept. */
  keeps: boolean;
  read(nth: number): Promise<KeptChunk | null>;
  /** Keeps a chunk that may be kept already. */
  keep(nth: number, chunk: KeptChunk): Promise<void>;
  /** Says that all chunks are kept: those of earlier imports go. */
  finish(): Promise<void>;
}

/**
 * What is kept of a book's histories as an import left them.
 *
 * Rows of finished imports never change, so what was worked out of them once holds; imports that brought nothing but people's
 * events share what is kept, since events are no part of it. While an import is under way that came before this one, nothing is kept.
 */
export async function keptHistoriesAt(store: Store, book: string, importId: number): Promise<KeptHistories> {
  const [known] = await store.rows<{ id: number | null; latest: number | null; running: boolean }>(sql`
    select max(id) filter (where status = 'finished' and id <= ${importId}::int) as id,
      max(id) filter (where status = 'finished') as latest,
      coalesce(bool_or(status <> 'finished' and id <= ${importId}::int), false) as running
    from imports where book = ${book} and label <> ${eventsLabel}`);
  const id = known?.id ?? null;
  if (known === undefined || id === null || known.running) return nowhere;
  return {
    keeps: id === known.latest,
    async read(nth) {
      const [row] = await store.rows<{ accounts: number; lastId: string; folded: string }>(sql`
        select accounts, last_id as "lastId", encode(folded, 'base64') as folded from kept_histories
        where book = ${book} and import_id = ${id}::int and nth = ${nth}::int and format = ${format}`);
      return row === undefined ? null : { ...row, book, folded: Buffer.from(row.folded, 'base64') };
    },
    async keep(nth, { accounts, lastId, folded }) {
      // The embedded database takes and gives bytes one by one, and text as a whole.
      const hex = Buffer.from(folded).toString('hex');
      await store.db.execute(sql`
        insert into kept_histories (book, import_id, nth, format, accounts, last_id, folded)
        values (${book}, ${id}::int, ${nth}::int, ${format}, ${accounts}::int, ${lastId}, decode(${hex}, 'hex'))
        on conflict (book, import_id, nth) do update set format = excluded.format, accounts = excluded.accounts,
          last_id = excluded.last_id, folded = excluded.folded where kept_histories.format <> excluded.format`);
    },
    async finish() {
      const gone = await store.rows(
        sql`delete from kept_histories where book = ${book} and import_id < ${id}::int returning nth`,
      );
      // A server gives room back by itself.
      if (gone.length > 0 && store.kind === 'pglite') await store.db.execute(sql`vacuum kept_histories`);
    },
  };
}

const nowhere: KeptHistories = { keeps: false, read: async () => null, keep: async () => {}, finish: async () => {} };

function formatOf(): string {
  const columns = Object.entries(historyLists).map(([list, { columns: of }]) => [list, ...Object.keys(of)]);
  return hash('sha256', JSON.stringify([version, columns]), 'base64url').slice(0, 12);
}
