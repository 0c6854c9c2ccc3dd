import { integer, text } from 'drizzle-orm/pg-core';

/**
 * Columns of everything that a source may say again in other words.
 *
 * Nothing is overwritten: a changed row is a new version under the import that brought it, and the version that a
 * question saw can be read again later (`import_id <= N`, latest first). `digest` tells whether anything changed.
 */
export const versioned = {
  book: text().notNull(),
  importId: integer().notNull(),
  digest: text().notNull(),
};
