import { doublePrecision, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** Dated observations of behaviour and pain. Two rows that agree in everything are the same event. */
export const signals = pgTable(
  'signals',
  {
    book: text().notNull(),
    importId: integer().notNull(),
    accountId: text().notNull(),
    kind: text().notNull(),
    observedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    source: text().notNull(),
    /** Of value and text, so that two different signals of one kind on one day are two. */
    digest: text().notNull(),
    value: doublePrecision(),
    text: text(),
  },
  (table) => [
    primaryKey({
      columns: [table.book, table.accountId, table.kind, table.observedAt, table.source, table.digest],
    }),
  ],
);

/** A metric of a period. A corrected figure is a new version under the import that brought it. */
export const usage = pgTable(
  'usage',
  {
    book: text().notNull(),
    importId: integer().notNull(),
    digest: text().notNull(),
    accountId: text().notNull(),
    metric: text().notNull(),
    periodStart: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    value: doublePrecision().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.book, table.accountId, table.metric, table.periodStart, table.importId],
    }),
  ],
);
