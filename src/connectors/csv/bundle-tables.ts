import type { BundleRecord } from '../../icp/records.ts';
import { outcomeKinds, roles } from '../../icp/types.ts';
import type { FieldReader } from './field-reader.ts';

/** The files of a bundle, accounts first, then what refers to them, with the columns that each is known to have. */
export const bundleColumns = {
  accounts: ['account_id', 'name', 'domain', 'owner_email', 'observed_at', 'source'],
  contacts: ['contact_id', 'account_id', 'email', 'title', 'seniority'],
  leads: ['lead_id', 'account_id', 'created_at', 'source', 'status', 'decided_at', 'reject_reason', 'owner_email'],
  opportunities: [
    'opportunity_id',
    'account_id',
    'created_at',
    'closed_at',
    'outcome',
    'amount',
    'type',
    'close_date',
    'budget_confirmed',
    'next_step',
    'loss_reason',
    'source',
    'stakeholders',
  ],
  customers: ['account_id', 'started_at', 'ended_at', 'churn_reason', 'arr', 'renewal_on', 'cs_owner_email'],
  outcomes: ['account_id', 'kind', 'occurred_at', 'reason', 'source'],
  signals: ['account_id', 'kind', 'observed_at', 'value', 'source', 'text'],
  usage: ['account_id', 'period_start', 'metric', 'value'],
  observations: ['account_id', 'field', 'value', 'observed_at', 'source'],
  people: ['email', 'slack_id', 'name', 'role'],
} as const;

export type TableName = keyof typeof bundleColumns;
export const tableNames = Object.keys(bundleColumns) as TableName[];

/** Columns without which no row of a file can be used. */
export const requiredColumns: Record<TableName, readonly string[]> = {
  accounts: ['account_id'],
  contacts: ['contact_id'],
  leads: ['lead_id'],
  opportunities: ['opportunity_id'],
  customers: ['account_id', 'started_at'],
  outcomes: ['account_id', 'kind', 'occurred_at'],
  signals: ['account_id', 'kind', 'observed_at'],
  usage: ['account_id', 'period_start', 'metric', 'value'],
  observations: ['account_id', 'field', 'value'],
  people: ['email', 'role'],
};

/** Where a row says nothing of its source: the file itself. */
const unnamedSource = 'import';

/** A domain as such, also where the source has the address of a page. */
function bareDomain(text: string | null): string | null {
  const host = text
    ?.toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#:].*$/, '')
    .replace(/^www\./, '');
  return host === undefined || host === '' ? null : host;
}

/** How a row of each file becomes a record. What cannot be read is noted in the reader, and the record is not used. */
export const recordOf: Record<TableName, (row: FieldReader) => BundleRecord> = {
  accounts: (row) => ({
    kind: 'account',
    id: row.key('account_id'),
    name: row.text('name'),
    domain: bareDomain(row.text('domain')),
    ownerEmail: row.text('owner_email')?.toLowerCase() ?? null,
    values: row.further(),
    observedAt: row.past('observed_at'),
    source: row.text('source') ?? unnamedSource,
  }),
  contacts: (row) => ({
    kind: 'contact',
    id: row.key('contact_id'),
    accountId: row.text('account_id'),
    email: row.text('email')?.toLowerCase() ?? null,
    title: row.text('title'),
    seniority: row.text('seniority'),
    more: row.further(),
  }),
  leads: (row) => ({
    kind: 'lead',
    id: row.key('lead_id'),
    accountId: row.text('account_id'),
    createdAt: row.past('created_at'),
    source: row.text('source'),
    status: row.oneOf('status', ['open', 'accepted', 'rejected'], 'open'),
    decidedAt: row.pastAfter('decided_at', 'created_at'),
    rejectReason: row.text('reject_reason'),
    ownerEmail: row.text('owner_email')?.toLowerCase() ?? null,
    more: row.further(),
  }),
  opportunities: (row) => ({
    kind: 'opportunity',
    id: row.key('opportunity_id'),
    accountId: row.text('account_id'),
    createdAt: row.past('created_at'),
    closedAt: row.pastAfter('closed_at', 'created_at'),
    outcome: row.oneOf('outcome', ['open', 'won', 'lost'], row.text('closed_at') === null ? 'open' : null),
    amount: row.atLeastZero('amount'),
    type: row.oneOf('type', ['new', 'expansion', 'renewal'], 'new'),
    closeDate: row.date('close_date'),
    budgetConfirmed: row.flag('budget_confirmed'),
    nextStep: row.text('next_step'),
    lossReason: row.text('loss_reason'),
    source: row.text('source'),
    stakeholders: row.atLeastZero('stakeholders'),
    more: row.further(),
  }),
  customers: (row) => ({
    kind: 'customer',
    accountId: row.key('account_id'),
    startedAt: row.pastKey('started_at'),
    endedAt: row.pastAfter('ended_at', 'started_at'),
    churnReason: row.text('churn_reason'),
    arr: row.atLeastZero('arr'),
    renewalOn: row.date('renewal_on'),
    csOwnerEmail: row.text('cs_owner_email')?.toLowerCase() ?? null,
    more: row.further(),
  }),
  outcomes: (row) => ({
    kind: 'outcome',
    accountId: row.key('account_id'),
    outcome: row.oneOf('kind', outcomeKinds, null),
    occurredAt: row.pastKey('occurred_at'),
    source: row.text('source') ?? unnamedSource,
    reason: row.text('reason'),
  }),
  signals: (row) => ({
    kind: 'signal',
    accountId: row.key('account_id'),
    signal: row.key('kind'),
    observedAt: row.pastKey('observed_at'),
    value: row.number('value'),
    source: row.text('source') ?? unnamedSource,
    text: row.text('text'),
  }),
  usage: (row) => ({
    kind: 'usage',
    accountId: row.key('account_id'),
    periodStart: row.pastKey('period_start'),
    metric: row.key('metric'),
    value: row.numberKey('value'),
  }),
  observations: (row) => ({
    kind: 'observation',
    accountId: row.key('account_id'),
    values: { [row.key('field')]: row.valueOf(row.key('field'), row.text('value')) },
    observedAt: row.past('observed_at'),
    source: row.text('source') ?? unnamedSource,
  }),
  people: (row) => ({
    kind: 'person',
    email: row.key('email').toLowerCase(),
    slackId: row.text('slack_id'),
    name: row.text('name') ?? row.key('email'),
    role: row.oneOf('role', roles, null),
  }),
};
