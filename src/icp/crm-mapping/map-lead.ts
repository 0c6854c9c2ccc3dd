import type { RecordOf } from '../records.ts';
import {
  type CrmRow,
  domainOf,
  idOf,
  instantOf,
  isAmong,
  isSet,
  maybeIdOf,
  parseCrmInstant,
  textOf,
} from './crm-values.ts';
import { isFreeMail } from './free-mail.ts';
import { crmSource, type Users } from './map-account.ts';
import type { CrmMapping } from './mapping-schema.ts';
import { ownOverrideOf } from './override-fields.ts';

type Lead = RecordOf<'lead'>;
type Status = Lead['status'];

/** What a lead's row remembers of the CRM, beside the known columns. */
export const leadKept = {
  /** The status in the CRM's words. */
  status: 'crm:status',
  /** What happened to it: instants, each with what it was from then on, `taken` for one that a person took from a queue. */
  changes: 'crm:changes',
} as const;

/**
 * A lead of the CRM. Where it is undecided when it was decided, the history tells.
 *
 * @param before the version that is stored; what it remembers of changes stays
 * @throws {UnusableRow}
 */
export function mapLead(row: CrmRow, mapping: CrmMapping, users: Users, before: Lead | null): Lead {
  const isConverted = isSet(row, 'IsConverted');
  const convertedAt = isConverted ? instantOf(row, 'ConvertedDate') : null;
  const createdAt = instantOf(row, 'CreatedDate');
  const said = textOf(row, 'Status');
  const status = isConverted ? 'accepted' : leadStatusOf(said, mapping);
  const changes = changesOf(before);
  const seen = seenChange(row, before, status, mapping);
  const all = seen === null ? changes : withChanges(changes, [seen]);
  const person = Object.fromEntries(
    [
      ['name', textOf(row, 'Name')],
      ['title', textOf(row, 'Title')],
      ['email', textOf(row, 'Email')],
      ['company', textOf(row, 'Company')],
    ].filter(([, value]) => value !== null),
  );
  const lead: Lead = {
    ...{ kind: 'lead', id: idOf(row), accountId: maybeIdOf(row, 'ConvertedAccountId') },
    ...{ createdAt, source: textOf(row, 'LeadSource'), status, decidedAt: null },
    rejectReason: status === 'rejected' ? (textOf(row, mapping.lead.rejectReason) ?? said) : null,
    ownerEmail: users.get(String(row.OwnerId)) ?? null,
    more: {
      ...person,
      ...ownOverrideOf(row),
      [leadKept.status]: said,
      ...(all.length === 0 ? {} : { [leadKept.changes]: all }),
    },
  };
  if (convertedAt === null) return decided(lead, mapping);
  return { ...lead, decidedAt: earlierOf(decided(lead, mapping).decidedAt, dayAfterCreation(convertedAt, createdAt)) };
}

/**
 * That an account was qualified, by the conversion of a lead into a deal, where the mapping takes that for it.
 *
 * @throws {UnusableRow}
 */
export function qualifiedByConversion(row: CrmRow, { lead }: CrmMapping): RecordOf<'outcome'> | null {
  if (!lead.convertedQualifies || !isSet(row, 'IsConverted')) return null;
  if (maybeIdOf(row, 'ConvertedOpportunityId') === null) return null;
  const [accountId, convertedAt] = [maybeIdOf(row, 'ConvertedAccountId'), instantOf(row, 'ConvertedDate')];
  if (accountId === null || convertedAt === null) return null;
  const occurredAt = dayAfterCreation(convertedAt, instantOf(row, 'CreatedDate'));
  return { kind: 'outcome', accountId, outcome: 'qualified', occurredAt, source: crmSource, reason: null };
}

/** Days are without a time: what happened on the day of the creation did not happen before it. */
function dayAfterCreation(at: number, createdAt: number | null): number {
  return createdAt === null ? at : Math.max(at, createdAt);
}

function earlierOf(one: number | null, other: number): number {
  return one === null ? other : Math.min(one, other);
}

/** The lead with what its changes say of when it was decided, and by whom. */
export function decided(lead: Lead, mapping: CrmMapping): Lead {
  const changes = changesOf(lead).map(readChange);
  const said = typeof lead.more[leadKept.status] === 'string' ? String(lead.more[leadKept.status]) : null;
  const isTaken = mapping.lead.ownerTakes && leadStatusOf(said, mapping) === 'open';
  const taken = isTaken ? changes.find(({ was }) => was === 'taken') : undefined;
  if (lead.status === 'open' || (taken !== undefined && lead.status === 'accepted' && lead.decidedAt === null))
    return taken === undefined ? lead : { ...lead, status: 'accepted', decidedAt: taken.at };
  let since: number | null = null;
  for (const { at, was } of changes) {
    if (was === 'taken') continue;
    if (was !== lead.status) since = null;
    else since ??= at;
  }
  return { ...lead, decidedAt: since };
}

/**
 * What a status of a lead means.
 *
 * @example leadStatusOf('Disqualified', defaultCrmMapping); // => 'rejected'
 */
export function leadStatusOf(status: string | null, { lead }: CrmMapping): Status {
  if (isAmong(status, lead.rejected)) return 'rejected';
  return isAmong(status, lead.accepted) ? 'accepted' : 'open';
}

/** A lead whose history has come to be known. @param rows of LeadHistory, in any order */
export function withLeadHistory(lead: Lead, rows: readonly CrmRow[], mapping: CrmMapping): Lead {
  const told = rows.flatMap((row) => changeOf(row, mapping) ?? []);
  if (told.length === 0) return lead;
  const changed: Lead = {
    ...lead,
    more: { ...lead.more, [leadKept.changes]: withChanges(changesOf(lead), told) },
  };
  const after = decided({ ...changed, decidedAt: null }, mapping);
  if (after.decidedAt === null || after.status === 'open') return { ...changed, decidedAt: lead.decidedAt };
  return { ...after, decidedAt: earlierOf(lead.decidedAt, after.decidedAt) };
}

/** The domain by which a lead without an account finds one; `null` where it cannot. */
export function matchableDomain(lead: Lead): string | null {
  if (lead.accountId !== null || typeof lead.more.email !== 'string') return null;
  const domain = domainOf(lead.more.email);
  return domain === null || isFreeMail(domain) ? null : domain;
}

/** That a lead's status has changed between two readings, where no history says when. */
function seenChange(row: CrmRow, before: Lead | null, status: Status, mapping: CrmMapping): string | null {
  if (before === null || before.more[leadKept.status] === undefined) return null;
  const was = before.more[leadKept.status];
  const statusBefore = leadStatusOf(typeof was === 'string' ? was : null, mapping);
  const at = instantOf(row, 'SystemModstamp');
  return statusBefore === status || at === null ? null : writeChange(at, status);
}

function changeOf(row: CrmRow, mapping: CrmMapping): string | null {
  const at = instantOf(row, 'CreatedDate');
  if (at === null) return null;
  const [from, to] = [textOf(row, 'OldValue'), textOf(row, 'NewValue')];
  if (row.Field === 'Status') return writeChange(at, leadStatusOf(to, mapping));
  // Queues are of the kind 00G, people of 005; the row that has names instead of ids says nothing.
  const isTaken =
    (row.Field === 'Owner' || row.Field === 'OwnerId') &&
    from?.startsWith('00G') === true &&
    to?.startsWith('005') === true;
  if (isTaken) return writeChange(at, 'taken');
  return row.Field === 'leadConverted' ? writeChange(at, 'accepted') : null;
}

function changesOf(lead: Pick<Lead, 'more'> | null): readonly string[] {
  const kept = lead?.more[leadKept.changes];
  return Array.isArray(kept) ? kept : [];
}

function withChanges(kept: readonly string[], told: readonly string[]): readonly string[] {
  return [...new Set([...kept, ...told])].sort();
}

const writeChange = (at: number, was: string) => `${new Date(at).toISOString()} ${was}`;

function readChange(written: string): { at: number; was: string } {
  const [at = '', was = ''] = written.split(' ');
  return { at: parseCrmInstant(at) ?? 0, was };
}
