import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Who did what, append-only; each row seals the one before it, so that a changed or missing row shows. */
export const auditLog = pgTable('audit_log', {
  /** From 1, without gaps. */
  seq: integer().primaryKey(),
  at: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  /** A person's address, or what acted: `the weekly analysis`. */
  actor: text().notNull(),
  /** `proposal.approved`, `override.set`, ... */
  action: text().notNull(),
  /** What it was done to: `proposal 12 change 3`, `account 001 of main`. */
  subject: text().notNull(),
  details: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
  previousHash: text().notNull(),
  hash: text().notNull(),
});
