import { index, integer, pgTable, primaryKey, smallint, text, timestamp } from 'drizzle-orm/pg-core';

export const activationKinds = ['first', 'approved', 'rolled back'] as const;

/** When which model came into force, append-only: the latest row of a book is in force. */
export const activations = pgTable(
  'activations',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    book: text().notNull(),
    version: integer().notNull(),
    at: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    by: text().notNull(),
    kind: text({ enum: activationKinds }).notNull(),
    proposalId: integer(),
    /** Of the model's content: what was approved is what came into force. */
    contentHash: text().notNull(),
    reason: text(),
  },
  (table) => [index().on(table.book, table.id)],
);

/** The tier that others are told, which waits for a score to hold before it follows: tiers must not flicker. */
export const heldTiers = pgTable(
  'held_tiers',
  {
    book: text().notNull(),
    accountId: text().notNull(),
    tier: smallint().notNull(),
    since: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    /** The tier that the score has meanwhile, and in how many runs running; equal to `tier` and 0 at rest. */
    leaning: smallint().notNull(),
    runs: smallint().notNull(),
  },
  (table) => [primaryKey({ columns: [table.book, table.accountId] })],
);
