import { type SQL, sql } from 'drizzle-orm';

/** How the rows of one table are written from JSON. */
interface RecordTableSpec {
  /** The columns of the table, in the order of `values`. */
  columns: SQL;
  /** The fields of the JSON with their types. */
  recordset: SQL;
  values: SQL;
  /** Keeps only rows that differ from the latest version before this import; `null` where a table has no versions. */
  changed: ((into: { book: string; importId: number }) => SQL) | null;
  conflict: SQL;
  /** In the place of `conflict`, where a later row of the same import is what counts. */
  replaced: SQL;
  /** What makes two rows versions of one thing, as columns. */
  key: readonly string[];
}

type ColumnType = 'text' | 'instant' | 'double precision' | 'boolean' | 'jsonb';

const nothing = sql`on conflict do nothing`;

/**
 * Describes a table by the fields of its rows.
 *
 * @param identity the fields that make two rows versions of one thing
 */
function versionedTable(
  name: string,
  identity: readonly string[],
  fields: Record<string, ColumnType>,
): RecordTableSpec {
  const all = Object.entries<ColumnType>({ ...fields, digest: 'text' });
  const key = (alias: string) =>
    identity.map((field) => `${alias}.${snake(field)} = ${selected(field, fields[field] ?? 'text')}`).join(' and ');
  return {
    columns: sql.raw(['book', 'import_id', ...all.map(([field]) => snake(field))].join(', ')),
    recordset: recordsetOf(all),
    values: sql.raw(all.map(([field, type]) => selected(field, type)).join(', ')),
    changed: ({ book, importId }) =>
      sql`where not exists (select 1 from ${sql.raw(name)} t where t.book = ${book} and ${sql.raw(key('t'))} and t.digest = r.digest and t.import_id = (select max(u.import_id) from ${sql.raw(name)} u where u.book = ${book} and ${sql.raw(key('u'))} and u.import_id < ${importId}::int))`,
    conflict: nothing,
    replaced: sql.raw(
      `on conflict (${['book', ...identity.map(snake), 'import_id'].join(', ')}) do update set ${all.map(([field]) => `${snake(field)} = excluded.${snake(field)}`).join(', ')}`,
    ),
    key: identity.map(snake),
  };
}

/** Rows that are never said again in other words: the same key is the same thing. */
function ledger(name: string, fields: Record<string, ColumnType>): RecordTableSpec {
  return { ...versionedTable(name, [], fields), changed: null, replaced: nothing };
}

const more = { more: 'jsonb' } as const;

export const recordTables = {
  accounts: versionedTable('accounts', ['id'], { id: 'text', name: 'text', domain: 'text', ownerEmail: 'text' }),
  observations: versionedTable('observations', ['accountId', 'slot'], {
    accountId: 'text',
    slot: 'text',
    observedAt: 'instant',
    source: 'text',
    values: 'jsonb',
  }),
  contacts: versionedTable('contacts', ['id'], {
    id: 'text',
    accountId: 'text',
    email: 'text',
    title: 'text',
    seniority: 'text',
    ...more,
  }),
  leads: versionedTable('leads', ['id'], {
    id: 'text',
    accountId: 'text',
    createdAt: 'instant',
    source: 'text',
    status: 'text',
    decidedAt: 'instant',
    rejectReason: 'text',
    ownerEmail: 'text',
    ...more,
  }),
  opportunities: versionedTable('opportunities', ['id'], {
    id: 'text',
    accountId: 'text',
    createdAt: 'instant',
    closedAt: 'instant',
    outcome: 'text',
    amount: 'double precision',
    type: 'text',
    closeDate: 'instant',
    budgetConfirmed: 'boolean',
    nextStep: 'text',
    lossReason: 'text',
    source: 'text',
    stakeholders: 'double precision',
    ...more,
  }),
  customers: versionedTable('customers', ['accountId', 'startedAt'], {
    accountId: 'text',
    startedAt: 'instant',
    endedAt: 'instant',
    churnReason: 'text',
    arr: 'double precision',
    renewalOn: 'instant',
    csOwnerEmail: 'text',
    ...more,
  }),
  outcomes: ledger('outcomes', {
    accountId: 'text',
    kind: 'text',
    occurredAt: 'instant',
    source: 'text',
    reason: 'text',
  }),
  signals: ledger('signals', {
    accountId: 'text',
    kind: 'text',
    observedAt: 'instant',
    source: 'text',
    value: 'double precision',
    text: 'text',
  }),
  usage: versionedTable('usage', ['accountId', 'metric', 'periodStart'], {
    accountId: 'text',
    metric: 'text',
    periodStart: 'instant',
    value: 'double precision',
  }),
  people: {
    columns: sql.raw('email, slack_id, name, role'),
    recordset: recordsetOf(Object.entries({ email: 'text', slackId: 'text', name: 'text', role: 'text' })),
    values: sql.raw('r."email", r."slackId", r."name", r."role"'),
    changed: null,
    conflict: sql`on conflict (email) do update set slack_id = coalesce(excluded.slack_id, people.slack_id), name = excluded.name, role = excluded.role`,
    replaced: nothing,
    key: ['email'],
  },
} as const satisfies Record<string, RecordTableSpec>;

export type RecordTable = keyof typeof recordTables;

/** Instants travel as milliseconds. */
function recordsetOf(fields: readonly (readonly [string, string])[]): SQL {
  return sql.raw(fields.map(([field, type]) => `"${field}" ${type === 'instant' ? 'bigint' : type}`).join(', '));
}

function selected(field: string, type: ColumnType): string {
  return type === 'instant' ? `to_timestamp(r."${field}" / 1000.0)` : `r."${field}"`;
}

function snake(field: string): string {
  const name = field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return name === 'values' ? '"values"' : name;
}
