import type { RecordOf } from '../records.ts';
import type { FieldValue } from '../types.ts';
import {
  attributeOf,
  type CrmRow,
  idOf,
  instantOf,
  isAmong,
  isSet,
  maybeIdOf,
  numberOf,
  textOf,
} from './crm-values.ts';
import { crmSource } from './map-account.ts';
import type { CrmMapping } from './mapping-schema.ts';

type Deal = RecordOf<'opportunity'>;

/** Where a deal's row keeps who takes part in it: `ROLE=CONTACT`, so that a role that is deleted can be found. */
export const rolesKept = 'crm:roles';

/**
 * A deal of the CRM.
 *
 * It closed on the day of its close date, and not before it was created. A day has no time: midnight UTC.
 *
 * @param before the version that is stored; who takes part in it stays
 * @throws {UnusableRow}
 */
export function mapOpportunity(row: CrmRow, mapping: CrmMapping, before: Deal | null): Deal {
  const { lossReason, budgetConfirmed, more } = mapping.opportunity;
  const isClosed = isSet(row, 'IsClosed');
  const outcome = isClosed ? (isSet(row, 'IsWon') ? 'won' : 'lost') : 'open';
  const createdAt = instantOf(row, 'CreatedDate');
  const closeDate = instantOf(row, 'CloseDate');
  const kept: Record<string, FieldValue> = {};
  for (const [field, as] of Object.entries(more)) {
    const value = attributeOf(row, field, typeof row[field] === 'number' ? 'number' : 'category');
    if (value !== null) kept[as] = value;
  }
  const roles = rolesOf(before);
  return withRoles(
    {
      ...{ kind: 'opportunity', id: idOf(row), accountId: maybeIdOf(row, 'AccountId'), createdAt, closeDate, outcome },
      closedAt: isClosed && closeDate !== null ? Math.max(closeDate, createdAt ?? closeDate) : null,
      amount: numberOf(row, 'Amount'),
      type: dealTypeOf(row, mapping),
      budgetConfirmed: budgetConfirmed === null ? null : isSet(row, budgetConfirmed),
      nextStep: textOf(row, 'NextStep'),
      lossReason: outcome === 'lost' ? (textOf(row, lossReason) ?? textOf(row, 'StageName')) : null,
      source: textOf(row, 'LeadSource'),
      stakeholders: null,
      more: kept,
    },
    roles,
  );
}

/**
 * Whether a deal is for new business, an expansion or a renewal: by its type, else by the words of its name.
 *
 * @example dealTypeOf({ Type: 'Upsell' }, defaultCrmMapping); // => 'expansion'
 * @example dealTypeOf({ Type: null, Name: 'Acme renewal 2026' }, defaultCrmMapping); // => 'renewal'
 */
export function dealTypeOf(row: CrmRow, { opportunity }: CrmMapping): Deal['type'] {
  const type = textOf(row, 'Type');
  if (isAmong(type, opportunity.renewal)) return 'renewal';
  if (isAmong(type, opportunity.expansion)) return 'expansion';
  if (type !== null && /^new\b/i.test(type)) return 'new';
  const words = `${textOf(row, 'Name') ?? ''} ${textOf(row, 'RecordType.Name') ?? ''}`
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return opportunity.renewalWords.some((word) => words.includes(word.toLowerCase())) ? 'renewal' : 'new';
}

export function rolesOf(deal: Pick<Deal, 'more'> | null): readonly string[] {
  const kept = deal?.more[rolesKept];
  return Array.isArray(kept) ? kept : [];
}

/** The deal with who takes part in it. */
export function withRoles(deal: Deal, roles: readonly string[]): Deal {
  if (roles.length === 0) return { ...deal, stakeholders: null, more: without(deal.more) };
  const people = new Set(roles.map((role) => role.split('=')[1]));
  return { ...deal, stakeholders: people.size, more: { ...without(deal.more), [rolesKept]: [...roles].sort() } };
}

function without(more: Deal['more']): Deal['more'] {
  return Object.fromEntries(Object.entries(more).filter(([name]) => name !== rolesKept));
}

/** A deal that came to a stage from which on it is qualified, by the history of its stages. @throws {UnusableRow} */
export function qualifiedBy(row: CrmRow, mapping: CrmMapping): RecordOf<'outcome'> | null {
  const accountId = maybeIdOf(row, 'Opportunity.AccountId');
  const occurredAt = instantOf(row, 'CreatedDate');
  if (accountId === null || occurredAt === null) return null;
  if (!isAmong(textOf(row, 'StageName'), mapping.opportunity.qualifiedStages)) return null;
  return { kind: 'outcome', accountId, outcome: 'qualified', occurredAt, source: crmSource, reason: null };
}
