import { boolean, doublePrecision, index, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { FieldValue } from '../../icp/types.ts';
import { outcomeKinds } from '../../icp/types.ts';
import { versioned } from './versioned.ts';

/** The ledger of sources that already know what happened. Append-only. */
export const outcomes = pgTable(
  'outcomes',
  {
    ...versioned,
    accountId: text().notNull(),
    kind: text({ enum: outcomeKinds }).notNull(),
    occurredAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    source: text().notNull(),
    reason: text(),
  },
  (table) => [
    primaryKey({
      columns: [table.book, table.accountId, table.kind, table.occurredAt, table.source],
    }),
  ],
);

export const leads = pgTable(
  'leads',
  {
    ...versioned,
    id: text().notNull(),
    accountId: text(),
    createdAt: timestamp({ withTimezone: true, mode: 'date' }),
    source: text(),
    status: text({ enum: ['open', 'accepted', 'rejected'] }).notNull(),
    decidedAt: timestamp({ withTimezone: true, mode: 'date' }),
    rejectReason: text(),
    ownerEmail: text(),
    more: jsonb().$type<Record<string, FieldValue>>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.book, table.id, table.importId] }),
    index('leads_by_account').on(table.book, table.accountId),
  ],
);

export const opportunities = pgTable(
  'opportunities',
  {
    ...versioned,
    id: text().notNull(),
    accountId: text(),
    createdAt: timestamp({ withTimezone: true, mode: 'date' }),
    closedAt: timestamp({ withTimezone: true, mode: 'date' }),
    outcome: text({ enum: ['open', 'won', 'lost'] }).notNull(),
    amount: doublePrecision(),
    type: text({ enum: ['new', 'expansion', 'renewal'] }).notNull(),
    closeDate: timestamp({ withTimezone: true, mode: 'date' }),
    budgetConfirmed: boolean(),
    nextStep: text(),
    lossReason: text(),
    source: text(),
    stakeholders: doublePrecision(),
    more: jsonb().$type<Record<string, FieldValue>>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.book, table.id, table.importId] }),
    index('opportunities_by_account').on(table.book, table.accountId),
  ],
);

export const customers = pgTable(
  'customers',
  {
    ...versioned,
    accountId: text().notNull(),
    startedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    endedAt: timestamp({ withTimezone: true, mode: 'date' }),
    churnReason: text(),
    arr: doublePrecision(),
    renewalOn: timestamp({ withTimezone: true, mode: 'date' }),
    csOwnerEmail: text(),
    more: jsonb().$type<Record<string, FieldValue>>().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.book, table.accountId, table.startedAt, table.importId],
    }),
  ],
);
