import { boolean, integer, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';

/** A book of business: accounts, outcomes and models that belong together and are never pooled with another's. */
export const books = pgTable('books', {
  name: text().primaryKey(),
  timeKind: text({ enum: ['dates', 'order'] }).notNull(),
  /** Where the book's clock stands, for data that is a story of the past (the demo). `null`: it runs. */
  clock: timestamp({ withTimezone: true, mode: 'date' }),
});

/** One reading of one source. Its rows can be seen once it is finished; until then it can be taken up again. */
export const imports = pgTable(
  'imports',
  {
    id: integer().primaryKey(),
    book: text().notNull(),
    label: text().notNull(),
    contentHash: text().notNull(),
    status: text({ enum: ['running', 'finished'] }).notNull(),
    startedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    finishedAt: timestamp({ withTimezone: true, mode: 'date' }),
  },
  (table) => [unique().on(table.book, table.contentHash)],
);

/** How far each file has been read: written in the same transaction as the rows, so a killed import resumes exactly. */
export const importFiles = pgTable(
  'import_files',
  {
    importId: integer().notNull(),
    file: text().notNull(),
    rowsDone: integer().notNull(),
    records: integer().notNull(),
    setAside: integer().notNull(),
    finished: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.file] })],
);

/** Rows that could not be used, with everything a person needs to find and mend them. */
export const setAside = pgTable(
  'set_aside',
  {
    importId: integer().notNull(),
    file: text().notNull(),
    line: integer().notNull(),
    nth: integer().notNull(),
    reason: text().notNull(),
    excerpt: text().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.importId, table.file, table.line, table.nth],
    }),
  ],
);

/** What the latest mapping says about each column. */
export const fields = pgTable(
  'fields',
  {
    book: text().notNull(),
    field: text().notNull(),
    layer: text({
      enum: ['firmographic', 'technographic', 'behavioural', 'pain'],
    }).notNull(),
    type: text({ enum: ['number', 'category', 'flag', 'list'] }).notNull(),
    label: text(),
    leftOut: text(),
  },
  (table) => [primaryKey({ columns: [table.book, table.field] })],
);
