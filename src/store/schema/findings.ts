import { index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { FindingInputs, Findings } from '../../icp/findings.ts';

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
