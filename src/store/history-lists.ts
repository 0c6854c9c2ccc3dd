import { type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { withdrawnMark } from '../icp/crm-mapping/settle-customers.ts';
import type { AccountHistory } from '../icp/history.ts';
import { contacts, observations } from './schema/accounts.ts';
import { customers, leads, opportunities, outcomes } from './schema/outcomes.ts';
import { signals, usage } from './schema/signals.ts';

/** The lists of a history, each from a table of its own. */
export type HistoryLists = Pick<
  AccountHistory,
  'observations' | 'outcomes' | 'leads' | 'opportunities' | 'customers' | 'signals' | 'usage' | 'contacts'
>;
export type HistoryList = keyof HistoryLists;

/** How a column travels: times and numbers as eight bytes each, which is far less work than digits; all else as JSON. */
export type ColumnForm = 'instant' | 'number' | 'json';

interface Column {
  form: ColumnForm;
  from: SQL;
}

interface ListTable<Item> {
  table: PgTable;
  /** What makes two rows versions of one thing; none for rows that are never said again in other words. */
  key: readonly string[];
  columns: { [Name in keyof Item]-?: Column };
  /** Which rows are there; all unless said. */
  where?: SQL;
  /** `null` for items that are put into order where they are unpacked: there are too many to sort them twice. */
  order: SQL | null;
}

const column = (name: string): Column => ({ form: 'json', from: sql.raw(name) });
const number = (name: string): Column => ({ form: 'number', from: sql.raw(name) });
const instant = (name: string): Column => ({ form: 'instant', from: sql.raw(name) });

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
      decidedVia: { form: 'json', from: sql`more ->> 'lodestar:via'` },
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
      amount: number('amount'),
      type: column('type'),
      closeDate: instant('close_date'),
      budgetConfirmed: column('budget_confirmed'),
      nextStep: column('next_step'),
      lossReason: column('loss_reason'),
      source: column('source'),
      stakeholders: number('stakeholders'),
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
      arr: number('arr'),
      renewalOn: instant('renewal_on'),
      csOwnerEmail: column('cs_owner_email'),
    },
    where: sql`not more ? ${sql.raw(`'${withdrawnMark}'`)}`,
    order: sql`started_at`,
  },
  signals: {
    table: signals,
    key: [],
    columns: {
      kind: column('kind'),
      observedAt: instant('observed_at'),
      value: number('value'),
      source: column('source'),
      text: column('text'),
    },
    order: null,
  },
  usage: {
    table: usage,
    key: ['account_id', 'metric', 'period_start'],
    columns: { periodStart: instant('period_start'), metric: column('metric'), value: number('value') },
    order: sql`period_start, metric`,
  },
  contacts: {
    table: contacts,
    key: ['id'],
    columns: { id: column('id'), email: column('email'), title: column('title'), seniority: column('seniority') },
    order: sql`id`,
  },
};
