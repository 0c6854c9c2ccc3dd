import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { roles } from '../../icp/types.ts';

export const people = pgTable('people', {
  email: text().primaryKey(),
  slackId: text(),
  name: text().notNull(),
  role: text({ enum: roles }).notNull(),
});

/** Settings with their history: the latest row of a key is in force. */
export const settings = pgTable('settings', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  key: text().notNull(),
  value: jsonb().$type<unknown>().notNull(),
  setAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  setBy: text().notNull(),
});

/** "This score looks wrong": somebody must answer it. */
export const flags = pgTable('flags', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  book: text().notNull(),
  accountId: text().notNull(),
  flaggedBy: text().notNull(),
  reason: text(),
  flaggedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  modelVersion: integer(),
  score: text(),
  /** `null` until somebody has looked. */
  answeredAt: timestamp({ withTimezone: true, mode: 'date' }),
  answeredBy: text(),
  answer: text(),
});
