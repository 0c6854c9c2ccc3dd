import { type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { AccountHistory } from '../icp/history.ts';
import { instantOf } from './instants.ts';
import { contacts, observations } from './schema/accounts.ts';
import { customers, leads, opportunities, outcomes } from './schema/outcomes.ts';
import { signals, usage } from './schema/signals.ts';

/** The lists of a history, each from a table of its own. */
export type HistoryLists = Pick<
  AccountHistory,
  'observations' | 'outcomes' | 'leads' | 'opportunities' | 'customers' | 'signals' | 'usage' | 'contacts'
>;
export type HistoryList = keyof HistoryLists;

interface ListTable<Item> {
  table: PgTable;
  /** What makes two rows versions of one thing; none for rows that are never said again in other words. */
  key: readonly string[];
  columns: { [Name in keyof Item]-?: SQL };
  order: SQL;
  /**
   * How columns in which items of an account differ are put together when all others agree: such items are read as one row,
   * which is half the text and half the time for millions of events. They are put into their order where they are unpacked.
   */
  together?: { [Name in keyof Item]?: SQL };
}

const column = (name: string) => sql.raw(name);
const instant = (name: string) => instantOf(sql.raw(name));

/** Where each list is read from: its columns by the names of the type, and the order of its items. */
export const historyLists: { [List in HistoryList]: ListTable<HistoryLists[List][number]> } = {
  observations: {
    table: observations,
    key: ['account_id', 'slot'],
    columns: { values: column('"values"'), observedAt: instant('observed_at'), source: column('source') },
    // Of what a source says twice of one time, the later import counts: it stands later.
    order: sql`observed_at nulls first, source, import_id, slot`,
  },
  outcomes: {
    table: outcomes,
    key: [],
    columns: {
      kind: column('kind'),
      occurredAt: instant('occurred_at'),
      source: column('source'),
      reason: column('reason'),
    },
    order: sql`occurred_at, kind, source`,
  },
  leads: {
    table: leads,
    key: ['id'],
    columns: {
      id: column('id'),
      createdAt: instant('created_at'),
      source: column('source'),
      status: column('status'),
      decidedAt: instant('decided_at'),
      rejectReason: column('reject_reason'),
      ownerEmail: column('owner_email'),
      decidedVia: sql`more ->> 'lodestar:via'`,
    },
    order: sql`created_at nulls first, id`,
  },
  opportunities: {
    table: opportunities,
    key: ['id'],
    columns: {
      id: column('id'),
      createdAt: instant('created_at'),
      closedAt: instant('closed_at'),
      outcome: column('outcome'),
      amount: column('amount'),
      type: column('type'),
      closeDate: instant('close_date'),
      budgetConfirmed: column('budget_confirmed'),
      nextStep: column('next_step'),
      lossReason: column('loss_reason'),
      source: column('source'),
      stakeholders: column('stakeholders'),
      more: column('more'),
    },
    order: sql`created_at nulls first, id`,
  },
  customers: {
    table: customers,
    key: ['account_id', 'started_at'],
    columns: {
      startedAt: instant('started_at'),
      endedAt: instant('ended_at'),
      churnReason: column('churn_reason'),
      arr: column('arr'),
      renewalOn: instant('renewal_on'),
      csOwnerEmail: column('cs_owner_email'),
    },
    order: sql`started_at`,
  },
  signals: {
    table: signals,
    key: [],
    columns: {
      kind: column('kind'),
      observedAt: instant('observed_at'),
      value: column('value'),
      source: column('source'),
      text: column('text'),
    },
    order: sql`observed_at, kind, source, digest`,
    together: {
      // Eight bytes a time, as the database keeps it: to write a number in digits takes most of the reading.
      observedAt: sql`encode(string_agg(timestamptz_send(observed_at), ''::bytea), 'hex')`,
      value: sql`case when count(value) > 0 then array_agg(value) end`,
      text: sql`case when count(text) > 0 then array_agg(text) end`,
    },
  },
  usage: {
    table: usage,
    key: ['account_id', 'metric', 'period_start'],
    columns: { periodStart: instant('period_start'), metric: column('metric'), value: column('value') },
    order: sql`period_start, metric`,
  },
  contacts: {
    table: contacts,
    key: ['id'],
    columns: { id: column('id'), email: column('email'), title: column('title'), seniority: column('seniority') },
    order: sql`id`,
  },
};
