import type { RecordOf } from '../records.ts';
import { attributeOf, type CrmRow, idOf, instantOf } from './crm-values.ts';
import { crmSource } from './map-account.ts';
import type { CrmMapping } from './mapping-schema.ts';

/**
 * What a field of an account was and when, by the CRM's own record of changes: dated observations.
 *
 * What stood before the first change that is on record goes back to the day on which the account was created. The CRM keeps
 * 18 to 24 months, of the fields that are tracked.
 *
 * @param isFirst whether no earlier change of that field of that account is known
 * @throws {UnusableRow}
 */
export function mapAccountHistory(
  row: CrmRow,
  mapping: CrmMapping,
  isFirst: (accountId: string, field: string) => boolean,
): readonly RecordOf<'observation'>[] {
  const name = typeof row.Field === 'string' ? row.Field : '';
  const field = mapping.account.fields[name] ?? mapping.account.fields[`${name}__c`];
  if (field === undefined || field.leftOut !== null) return [];
  const accountId = idOf(row, 'AccountId');
  const observedAt = instantOf(row, 'CreatedDate');
  const [old, now] = [attributeOf(row, 'OldValue', field.type), attributeOf(row, 'NewValue', field.type)];
  // Of long texts the record says only that they changed.
  if (observedAt === null || (old === null && now === null)) return [];
  const say = (value: typeof now, at: number): RecordOf<'observation'> => ({
    ...{ kind: 'observation', accountId, values: { [field.as]: value }, observedAt: at, source: crmSource },
  });
  const createdAt = instantOf(row, 'Account.CreatedDate');
  const before =
    createdAt !== null && createdAt < observedAt && isFirst(accountId, field.as) ? [say(old, createdAt)] : [];
  return [...before, say(now, observedAt)];
}
