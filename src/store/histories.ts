import { type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { AccountHistory, FieldValue } from '../icp/types.ts';
import { instantOf } from './instants.ts';
import { accounts, contacts, observations } from './schema/accounts.ts';
import { customers, leads, opportunities, outcomes } from './schema/outcomes.ts';
import { signals, usage } from './schema/signals.ts';
import type { Store } from './store.ts';

/** Accounts read at a time: a chunk of histories fits in memory whatever the size of the book. */
const chunkSize = 2_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };
type Row = Record<string, unknown>;

/**
 * Everything known of a book's accounts, in account order, a chunk at a time, as an import left it.
 *
 * Later versions of a row win; rows of later or unfinished imports are not there. Contacts are read for one account only
 * (`accountIds`): a score needs none of them.
 */
export async function* readHistories(
  store: Store,
  book: string,
  options: { importId: number; accountIds?: readonly string[] },
): AsyncGenerator<AccountHistory[]> {
  const { accountIds } = options;
  if (accountIds?.length === 0) return;
  let after = '';
  for (;;) {
    const chosen = accountIds === undefined ? sql`id > ${after}` : sql`id > ${after} and id in ${[...accountIds]}`;
    const heads = await store.rows<{
      id: string;
      name: string | null;
      domain: string | null;
      owner_email: string | null;
    }>(sql`
      select distinct on (id) id, name, domain, owner_email from ${accounts}
      where book = ${book} and import_id <= ${options.importId} and ${chosen}
      order by id, import_id desc limit ${chunkSize}`);
    if (heads.length === 0) return;
    const histories = new Map<string, Mutable<AccountHistory>>();
    for (const head of heads) {
      histories.set(head.id, {
        ...{ book, id: head.id, name: head.name ?? head.id, domain: head.domain, ownerEmail: head.owner_email },
        ...{
          observations: [],
          outcomes: [],
          leads: [],
          opportunities: [],
          customers: [],
          signals: [],
          usage: [],
          contacts: [],
        },
      });
    }
    await fillHistories(store, book, options.importId, histories, accountIds !== undefined);
    yield [...histories.values()];
    const last = heads.at(-1);
    if (last === undefined || heads.length < chunkSize) return;
    after = last.id;
  }
}

async function fillHistories(
  store: Store,
  book: string,
  importId: number,
  histories: Map<string, Mutable<AccountHistory>>,
  few: boolean,
): Promise<void> {
  const ids = [...histories.keys()];
  const chosen = few ? sql`in ${ids}` : sql`between ${ids[0]} and ${ids.at(-1)}`;
  /** Rows of the chunk's accounts; of those that can be said again, the version that was the latest at the import. */
  const read = async (
    table: PgTable,
    key: readonly string[],
    columns: SQL,
    order: SQL,
    take: (row: Row, history: Mutable<AccountHistory>) => void,
  ) => {
    const sameKey = sql.join(
      key.map((column) => sql`later.${sql.identifier(column)} = this.${sql.identifier(column)}`),
      sql` and `,
    );
    const superseded = sql`exists (select from ${table} later where later.book = this.book and ${sameKey}
      and later.import_id > this.import_id and later.import_id <= ${importId})`;
    const rows = await store.rows<Row>(sql`
      select account_id, ${columns} from ${table} this
      where book = ${book} and import_id <= ${importId} and account_id ${chosen} ${key.length === 0 ? sql`` : sql`and not ${superseded}`}
      order by account_id, ${order}`);
    for (const row of rows) {
      const history = histories.get(row.account_id as string);
      if (history !== undefined) take(row, history);
    }
  };

  await read(
    observations,
    ['account_id', 'slot'],
    sql`${instantOf(sql`observed_at`)} as observed_at, source, "values"`,
    sql`observed_at nulls first, source, slot`,
    (row, { observations }) =>
      observations.push({
        values: row.values as Record<string, FieldValue>,
        observedAt: row.observed_at as number | null,
        source: row.source as string,
      }),
  );
  await read(
    outcomes,
    [],
    sql`kind, ${instantOf(sql`occurred_at`)} as occurred_at, source, reason`,
    sql`occurred_at, kind, source`,
    (row, { outcomes }) =>
      outcomes.push({
        kind: row.kind as AccountHistory['outcomes'][number]['kind'],
        occurredAt: row.occurred_at as number,
        source: row.source as string,
        reason: row.reason as string | null,
      }),
  );
  await read(
    leads,
    ['id'],
    sql`id, ${instantOf(sql`created_at`)} as created_at, source, status, ${instantOf(sql`decided_at`)} as decided_at, reject_reason, owner_email`,
    sql`created_at nulls first, id`,
    (row, { leads }) =>
      leads.push({
        id: row.id as string,
        createdAt: row.created_at as number | null,
        source: row.source as string | null,
        status: row.status as 'open',
        decidedAt: row.decided_at as number | null,
        rejectReason: row.reject_reason as string | null,
        ownerEmail: row.owner_email as string | null,
      }),
  );
  await read(
    opportunities,
    ['id'],
    sql`id, ${instantOf(sql`created_at`)} as created_at, ${instantOf(sql`closed_at`)} as closed_at, outcome, amount, type,
      ${instantOf(sql`close_date`)} as close_date, budget_confirmed, next_step, loss_reason, source, stakeholders, more`,
    sql`created_at nulls first, id`,
    (row, { opportunities }) =>
      opportunities.push({
        id: row.id as string,
        createdAt: row.created_at as number | null,
        closedAt: row.closed_at as number | null,
        outcome: row.outcome as 'open',
        amount: row.amount as number | null,
        type: row.type as 'new',
        closeDate: row.close_date as number | null,
        budgetConfirmed: row.budget_confirmed as boolean | null,
        nextStep: row.next_step as string | null,
        lossReason: row.loss_reason as string | null,
        source: row.source as string | null,
        stakeholders: row.stakeholders as number | null,
        more: row.more as Record<string, FieldValue>,
      }),
  );
  await read(
    customers,
    ['account_id', 'started_at'],
    sql`${instantOf(sql`started_at`)} as started_at, ${instantOf(sql`ended_at`)} as ended_at, churn_reason, arr,
      ${instantOf(sql`renewal_on`)} as renewal_on, cs_owner_email`,
    sql`started_at`,
    (row, { customers }) =>
      customers.push({
        startedAt: row.started_at as number,
        endedAt: row.ended_at as number | null,
        churnReason: row.churn_reason as string | null,
        arr: row.arr as number | null,
        renewalOn: row.renewal_on as number | null,
        csOwnerEmail: row.cs_owner_email as string | null,
      }),
  );
  await read(
    signals,
    [],
    sql`kind, ${instantOf(sql`observed_at`)} as observed_at, source, value, text`,
    sql`observed_at, kind, source, digest`,
    (row, { signals }) =>
      signals.push({
        kind: row.kind as string,
        observedAt: row.observed_at as number,
        value: row.value as number | null,
        source: row.source as string,
        text: row.text as string | null,
      }),
  );
  await read(
    usage,
    ['account_id', 'metric', 'period_start'],
    sql`metric, ${instantOf(sql`period_start`)} as period_start, value`,
    sql`period_start, metric`,
    (row, { usage }) =>
      usage.push({ periodStart: row.period_start as number, metric: row.metric as string, value: row.value as number }),
  );
  if (!few) return;
  await read(contacts, ['id'], sql`id, email, title, seniority`, sql`id`, (row, { contacts }) =>
    contacts.push({
      id: row.id as string,
      email: row.email as string | null,
      title: row.title as string | null,
      seniority: row.seniority as string | null,
    }),
  );
}
