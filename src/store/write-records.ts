import { hash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { BundleRecord, RecordOf } from '../icp/records.ts';
import type { FieldValue } from '../icp/types.ts';
import { type RecordTable, recordTables } from './record-tables.ts';
import type { Store } from './store.ts';

/** Under which import rows are written. */
export interface WritingImport {
  book: string;
  importId: number;
  /** No import of the book came before: nothing that is written can be a version of something else. */
  isFirst: boolean;
  /** Things are said more than once in one import, as a CRM that changes while it is read does: the last counts. */
  lastCounts?: boolean;
}

type Row = Record<string, unknown>;

/**
 * Writes records as rows of the import: new things, and new versions of things that say something else now.
 *
 * A row that repeats its latest version is not written. One statement a table, the rows as one JSON value, about ten
 * times faster than rows of parameters.
 */
export async function writeRecords(store: Store, into: WritingImport, records: readonly BundleRecord[]): Promise<void> {
  const rows = new Map<RecordTable, Row[]>();
  const add = (table: RecordTable, identity: Row, content: Row) => {
    const row = { ...identity, ...content, digest: digestOf(content) };
    const others = rows.get(table);
    if (others === undefined) rows.set(table, [row]);
    else others.push(row);
  };
  for (const record of together(records)) addRows(record, add);
  for (const [table, list] of rows)
    await insertRows(store, into, table, into.lastCounts === true ? lastOfEach(table, list) : list);
}

/** Observations of one account, time and source that follow one another become one, with all their values. */
function* together(records: readonly BundleRecord[]): Generator<BundleRecord> {
  let gathered: RecordOf<'observation'> | null = null;
  for (const record of records) {
    if (gathered !== null && record.kind === 'observation' && belongTogether(gathered, record)) {
      Object.assign(gathered.values, record.values);
      continue;
    }
    if (gathered !== null) yield gathered;
    gathered = record.kind === 'observation' ? { ...record, values: { ...record.values } } : null;
    if (gathered === null) yield record;
  }
  if (gathered !== null) yield gathered;
}

function belongTogether(one: RecordOf<'observation'>, other: RecordOf<'observation'>): boolean {
  return (
    one.accountId === other.accountId &&
    one.observedAt === other.observedAt &&
    one.source === other.source &&
    !Object.keys(other.values).some((field) => Object.hasOwn(one.values, field))
  );
}

/** The content is in an order of its own, so that the same said in another order has the same digest. */
function addRows(record: BundleRecord, add: (table: RecordTable, identity: Row, content: Row) => void): void {
  switch (record.kind) {
    case 'account': {
      const { id, name, domain, ownerEmail, values, observedAt, source } = record;
      add('accounts', { id }, { name, domain, ownerEmail });
      // A row of accounts is replaced as a whole, whatever columns its next version has.
      const slot = shortHash([source, observedAt]);
      const sorted = sortedByField(values);
      if (Object.keys(values).length > 0)
        add('observations', { accountId: id, slot, observedAt, source }, { values: sorted });
      return;
    }
    case 'observation': {
      const { accountId, values, observedAt, source } = record;
      const slot = shortHash([source, observedAt, Object.keys(values).sort()]);
      add('observations', { accountId, slot, observedAt, source }, { values: sortedByField(values) });
      return;
    }
    case 'contact': {
      const { id, accountId, email, title, seniority, more } = record;
      add('contacts', { id }, { accountId, email, title, seniority, more: sortedByField(more) });
      return;
    }
    case 'lead': {
      const { id, accountId, createdAt, source, status, decidedAt, rejectReason, ownerEmail } = record;
      const said = { accountId, createdAt, source, status, decidedAt, rejectReason, ownerEmail };
      add('leads', { id }, { ...said, more: sortedByField(record.more) });
      return;
    }
    case 'opportunity': {
      const { id, accountId, createdAt, closedAt, outcome, amount, type, closeDate, budgetConfirmed } = record;
      const { nextStep, lossReason, source, stakeholders, more } = record;
      const said = { accountId, createdAt, closedAt, outcome, amount, type, closeDate, budgetConfirmed };
      add('opportunities', { id }, { ...said, nextStep, lossReason, source, stakeholders, more: sortedByField(more) });
      return;
    }
    case 'customer': {
      const { accountId, startedAt, endedAt, churnReason, arr, renewalOn, csOwnerEmail, more } = record;
      const said = { endedAt, churnReason, arr, renewalOn, csOwnerEmail };
      add('customers', { accountId, startedAt }, { ...said, more: sortedByField(more) });
      return;
    }
    case 'outcome': {
      const { accountId, outcome, occurredAt, source, reason } = record;
      add('outcomes', { accountId, kind: outcome, occurredAt, source }, { reason });
      return;
    }
    case 'signal': {
      const { accountId, signal, observedAt, source, value, text } = record;
      add('signals', { accountId, kind: signal, observedAt, source }, { value, text });
      return;
    }
    case 'usage': {
      const { accountId, metric, periodStart, value } = record;
      add('usage', { accountId, metric, periodStart }, { value });
      return;
    }
    case 'person': {
      const { email, slackId, name, role } = record;
      add('people', { email }, { slackId, name, role });
      return;
    }
  }
}

/** One statement may not write a row twice. */
function lastOfEach(table: RecordTable, rows: readonly Row[]): readonly Row[] {
  const { key } = recordTables[table];
  if (key.length === 0) return rows;
  const fields = key.map((column) => column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
  return [...new Map(rows.map((row) => [JSON.stringify(fields.map((field) => row[field])), row])).values()];
}

async function insertRows(store: Store, into: WritingImport, table: RecordTable, rows: readonly Row[]): Promise<void> {
  const { recordset, columns, values, changed, ...kinds } = recordTables[table];
  const conflict = into.lastCounts === true ? kinds.replaced : kinds.conflict;
  const owner = table === 'people' ? sql`` : sql`${into.book}, ${into.importId}::int, `;
  // Where the last counts, what repeats an earlier version is found at the end: until then it may replace something.
  const only = into.isFirst || into.lastCounts === true || changed === null ? sql`` : changed(into);
  const json = JSON.stringify(rows);
  await store.db.execute(
    sql`insert into ${sql.raw(table)} (${columns}) select ${owner}${values} from json_to_recordset(${json}::json) as r(${recordset}) ${only} ${conflict}`,
  );
}

/** Fields in the order of their names, so that a source that moves its columns has changed nothing. */
function sortedByField(values: Readonly<Record<string, FieldValue>>): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The content itself where it is no longer than its hash would be, which it is for a figure or two. */
function digestOf(content: Row): string {
  const text = JSON.stringify(Object.values(content));
  return text.length <= hashLength ? text : hashOf(text);
}

const hashLength = 16;
const hashOf = (text: string) => hash('sha256', text, 'base64url').slice(0, hashLength);
const shortHash = (parts: unknown) => hashOf(JSON.stringify(parts));
