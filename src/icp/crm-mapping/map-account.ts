import type { FieldValue, Instant } from '../types.ts';
import { attributeOf, type CrmRow, domainOf, idOf, instantOf, maybeIdOf, textOf } from './crm-values.ts';
import type { CrmMapping } from './mapping-schema.ts';
import { overrideField } from './override-fields.ts';

/** What sources of this kind are called in observations. */
export const crmSource = 'Salesforce';

/** Addresses of the CRM's users, by id. */
export type Users = ReadonlyMap<string, string>;

export interface MappedAccount {
  id: string;
  name: string | null;
  domain: string | null;
  ownerEmail: string | null;
  /** The user who last changed anything of it, ourselves too: an id. */
  changedBy: string | null;
  /** Every mapped field of it, blank ones too. */
  values: Record<string, FieldValue>;
  /** When it was last written, by the CRM's clock. */
  changedAt: Instant | null;
}

/** An account of the CRM. @throws {UnusableRow} */
export function mapAccount(row: CrmRow, mapping: CrmMapping, users: Users): MappedAccount {
  const id = idOf(row);
  const values: Record<string, FieldValue> = {};
  for (const [field, { as, type }] of Object.entries(keptFields(mapping))) {
    if (Object.hasOwn(row, field)) values[as] = attributeOf(row, field, type);
  }
  return {
    id,
    name: textOf(row, 'Name'),
    domain: domainOf(textOf(row, 'Website')),
    ownerEmail: users.get(String(row.OwnerId)) ?? null,
    changedBy: maybeIdOf(row, 'LastModifiedById'),
    values,
    changedAt: instantOf(row, 'SystemModstamp'),
  };
}

const told = { layer: 'firmographic', type: 'category' } as const;

/** Everything that is read of an account: what features are made of, and what is only kept. */
export function keptFields({ account, customer }: CrmMapping): CrmMapping['account']['fields'] {
  const onlyKept: CrmMapping['account']['fields'] = {};
  const outcomes = [customer.churnDate, customer.churnReason, customer.arr, customer.renewalOn, customer.csOwnerEmail];
  for (const field of outcomes)
    if (field !== null) onlyKept[field] = { ...told, as: field, leftOut: 'tells of customers, not of prospects' };
  for (const field of Object.values(overrideField))
    onlyKept[field] = { ...told, as: field, leftOut: 'is what a person decided' };
  return { ...account.fields, ...onlyKept };
}
