import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Where figures came from: enough to run the question again and to compare. */
export const receipts = pgTable('receipts', {
  id: text().primaryKey(),
  question: text().notNull(),
  arguments: jsonb().$type<Record<string, unknown>>().notNull(),
  asOf: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  importId: integer().notNull(),
  modelVersion: integer(),
  read: jsonb().$type<string[]>().notNull(),
  figures: jsonb().$type<unknown[]>().notNull(),
  createdAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
});

/** What was said in a thread, so that a follow-up finds its account after a restart too. */
export const threads = pgTable('threads', {
  key: text().primaryKey(),
  state: jsonb().$type<unknown>().notNull(),
  updatedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
});

/** Slack delivers an event again when it is unsure; whoever inserts the row handles it. */
export const slackEvents = pgTable('slack_events', {
  id: text().primaryKey(),
  claimedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
});
