import { doublePrecision, index, integer, jsonb, pgTable, smallint, text, timestamp } from 'drizzle-orm/pg-core';
import type { Condition } from '../../icp/patterns/condition.ts';

const when = (): ReturnType<typeof timestamp<'date'>> => timestamp({ withTimezone: true, mode: 'date' });

/** A person's tier beside the model's, for a while and for a reason. Only its end is ever written to it. */
export const overrides = pgTable(
  'overrides',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    book: text().notNull(),
    accountId: text().notNull(),
    tier: smallint().notNull(),
    reason: text().notNull(),
    by: text().notNull(),
    byName: text().notNull(),
    setAt: when().notNull(),
    until: when().notNull(),
    /** What the model said then: the track record is held against it. */
    modelVersion: integer(),
    modelTier: smallint(),
    modelScore: doublePrecision(),
    endedAt: when(),
    endedBy: text(),
  },
  (table) => [index().on(table.book, table.accountId)],
);

/** A warning on every account of a kind: the data says nothing yet of what has changed about them. */
export const cautions = pgTable(
  'cautions',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    book: text().notNull(),
    /** The kind, as the account must be: all of them. */
    conditions: jsonb().$type<readonly Condition[]>().notNull(),
    text: text().notNull(),
    by: text().notNull(),
    byName: text().notNull(),
    setAt: when().notNull(),
    until: when(),
    endedAt: when(),
    endedBy: text(),
  },
  (table) => [index().on(table.book)],
);

/** What happened to an account, or to our own company, that makes older signals misleading. */
export const companyEvents = pgTable(
  'company_events',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    book: text().notNull(),
    /** `null`: our own company, which concerns every account. */
    accountId: text(),
    kind: text().notNull(),
    on: when().notNull(),
    note: text(),
    by: text().notNull(),
    byName: text().notNull(),
    recordedAt: when().notNull(),
    endedAt: when(),
    endedBy: text(),
  },
  (table) => [index().on(table.book)],
);

/** What a rep said of a lead, with what the model said at that moment. An answer that is taken back stays, and says so. */
export const leadAnswers = pgTable(
  'lead_answers',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    book: text().notNull(),
    leadId: text().notNull(),
    accountId: text(),
    answer: text({ enum: ['accepted', 'rejected'] }).notNull(),
    reason: text(),
    by: text().notNull(),
    byName: text().notNull(),
    at: when().notNull(),
    modelVersion: integer(),
    score: doublePrecision(),
    tier: smallint(),
    undoneAt: when(),
    undoneBy: text(),
  },
  (table) => [index().on(table.book, table.leadId)],
);

/** Where lead cards were posted. */
export const leadCards = pgTable(
  'lead_cards',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    book: text().notNull(),
    leadId: text().notNull(),
    channel: text().notNull(),
    ts: text().notNull(),
    postedAt: when().notNull(),
  },
  (table) => [index().on(table.book, table.leadId)],
);
