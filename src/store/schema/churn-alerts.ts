import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';
import { alertEventKinds } from '../../icp/life/alert-state.ts';
import type { WatchedCustomer } from '../../icp/life/watch-churn.ts';

/** Alerts that a customer may leave: one a book, account and episode, whoever inserts it first. */
export const churnAlerts = pgTable(
  'churn_alerts',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    book: text().notNull(),
    accountId: text().notNull(),
    episode: integer().notNull(),
    raisedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    horizonDays: integer().notNull(),
    /** The customer as it stood when the alert was raised. */
    customer: jsonb().$type<WatchedCustomer>().notNull(),
  },
  (table) => [unique().on(table.book, table.accountId, table.episode)],
);

/** What happened to alerts, append-only. `key` is what a happening is claimed by: a second one of its key is not kept. */
export const churnAlertEvents = pgTable(
  'churn_alert_events',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    alertId: integer().notNull(),
    key: text().notNull(),
    kind: text({ enum: alertEventKinds }).notNull(),
    at: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    by: text(),
    byName: text(),
    until: timestamp({ withTimezone: true, mode: 'date' }),
    reason: text(),
    channel: text(),
    ts: text(),
  },
  (table) => [unique().on(table.alertId, table.key), index().on(table.alertId)],
);

/** Lists that are told once a week: whoever inserts the row tells it. */
export const toldLists = pgTable(
  'told_lists',
  {
    book: text().notNull(),
    list: text().notNull(),
    /** Monday of the week, as a date. */
    week: text().notNull(),
    toldAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.book, table.list, table.week] })],
);
