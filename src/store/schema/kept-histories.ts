import { customType, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/**
 * The histories of a book as an import left them, folded, a chunk a row: worked out from the other tables, which they may be
 * deleted and worked out from again at any time. Of a book only those of the latest import are kept.
 */
export const keptHistories = pgTable(
  'kept_histories',
  {
    book: text().notNull(),
    importId: integer().notNull(),
    /** Chunks are numbered from 0 and hold the accounts in order of their ids. */
    nth: integer().notNull(),
    /** What a chunk is made of: another release may read more, or read it otherwise. */
    format: text().notNull().default(''),
    accounts: integer().notNull(),
    lastId: text().notNull(),
    folded: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.book, table.importId, table.nth] })],
);
