import { index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { FindingInputs, Findings } from '../../icp/findings.ts';
import { wordedKinds } from '../../icp/wording.ts';

/** What each analysis found, and all that is needed to find it again. Append-only. */
export const findings = pgTable(
  'findings',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    book: text().notNull(),
    modelVersion: integer().notNull(),
    importId: integer().notNull(),
    asOf: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    inputs: jsonb().$type<FindingInputs>().notNull(),
    findings: jsonb().$type<Findings>().notNull(),
    /** Of the findings with their keys in order: a changed figure does not go unseen. */
    contentHash: text().notNull(),
    createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [index().on(table.book, table.id)],
);

/** Names and words for findings, by a person or by the language model. Append-only; a person's name outlives the others. */
export const wordings = pgTable(
  'wordings',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    book: text().notNull(),
    kind: text({ enum: wordedKinds }).notNull(),
    /** Which segment, pattern or week: the lasting id that the findings give it. */
    subject: text().notNull(),
    name: text().notNull(),
    text: text().notNull(),
    /** The person's address; `null` for the language model. */
    person: text(),
    saidAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [index().on(table.book, table.id)],
);
