import { jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { FieldValue } from '../../icp/types.ts';
import { versioned } from './versioned.ts';

export const accounts = pgTable(
  'accounts',
  {
    ...versioned,
    id: text().notNull(),
    name: text(),
    domain: text(),
    ownerEmail: text(),
  },
  (table) => [primaryKey({ columns: [table.book, table.id, table.importId] })],
);

/**
 * What sources said about accounts, dated. Values that came together are one row.
 *
 * `slot` names the place that a later version would replace: source, date and the set of fields.
 */
export const observations = pgTable(
  'observations',
  {
    ...versioned,
    accountId: text().notNull(),
    slot: text().notNull(),
    observedAt: timestamp({ withTimezone: true, mode: 'date' }),
    source: text().notNull(),
    values: jsonb().$type<Record<string, FieldValue>>().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.book, table.accountId, table.slot, table.importId],
    }),
  ],
);

export const contacts = pgTable(
  'contacts',
  {
    ...versioned,
    id: text().notNull(),
    accountId: text(),
    email: text(),
    title: text(),
    seniority: text(),
    more: jsonb().$type<Record<string, FieldValue>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.book, table.id, table.importId] })],
);
