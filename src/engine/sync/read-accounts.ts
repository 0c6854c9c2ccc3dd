import { crmSource, keptFields, type MappedAccount, mapAccount } from '../../icp/crm-mapping/map-account.ts';
import { mapAccountHistory } from '../../icp/crm-mapping/map-account-history.ts';
import type { BundleRecord } from '../../icp/records.ts';
import type { FieldValue } from '../../icp/types.ts';
import { type SaidOfAccount, saidOfAccounts } from '../../store/latest-versions.ts';
import { eachUsable, type ObjectReading } from './object-reading.ts';
import { overrideChanges } from './override-changes.ts';
import { takeOverrides } from './take-overrides.ts';

const head = ['Id', 'Name', 'Website', 'OwnerId', 'LastModifiedById', 'SystemModstamp'];

/**
 * Accounts. What is read of one for the first time has no date; what is found changed later is dated by the CRM's clock, so
 * that from the first sync on there is a history of every field, tracked or not.
 */
export const readAccounts: ObjectReading = {
  object: 'Account',
  isOptional: false,
  needs: ['Name'],
  wanted: (mapping) => [...head, ...Object.keys(keptFields(mapping))],
  ask: overrideChanges,
  async read(tx, reading, records, changes) {
    const { mapped, setAside } = eachUsable(records, (record) => mapAccount(record, reading.mapping, reading.users));
    const ids = mapped.map(({ id }) => id);
    const said = new Map(await saidOfAccounts(tx, reading, ids, crmSource));
    await takeOverrides(tx, reading, mapped, { said, changes });
    return { records: mapped.flatMap((account) => recordsOf(account, said)), setAside };
  },
};

/** The changes of accounts that the CRM has kept. */
export const readAccountHistory: ObjectReading = {
  object: 'AccountHistory',
  isOptional: true,
  needs: ['AccountId', 'Field'],
  wanted: () => ['Id', 'AccountId', 'Field', 'OldValue', 'NewValue', 'CreatedDate', 'Account.CreatedDate'],
  async read(tx, reading, records) {
    const ids = [...new Set(records.flatMap(({ AccountId }) => (typeof AccountId === 'string' ? [AccountId] : [])))];
    const said = await saidOfAccounts(tx, reading, ids, crmSource);
    const known = new Set<string>();
    const isFirst = (accountId: string, field: string): boolean => {
      const name = `${accountId} ${field}`;
      if (known.has(name) || said.get(accountId)?.dated.has(field) === true) return false;
      known.add(name);
      return true;
    };
    const { mapped, setAside } = eachUsable(records, (record) => mapAccountHistory(record, reading.mapping, isFirst));
    return { records: mapped.flat(), setAside };
  },
};

function recordsOf(account: MappedAccount, said: Map<string, SaidOfAccount>): BundleRecord[] {
  const { id, name, domain, ownerEmail, values, changedAt } = account;
  const before = said.get(id) ?? { undated: {}, standing: {}, dated: new Set<string>() };
  const undated: Record<string, FieldValue> = { ...before.undated };
  const changed: Record<string, FieldValue> = {};
  for (const [field, value] of Object.entries(values)) {
    if (!Object.hasOwn(before.standing, field) || changedAt === null) undated[field] = value;
    else if (!isSame(before.standing[field] ?? null, value)) changed[field] = value;
  }
  // A page may hold an account twice.
  said.set(id, { ...before, undated, standing: { ...before.standing, ...values } });
  return [
    { kind: 'account', id, name, domain, ownerEmail, values: undated, observedAt: null, source: crmSource },
    ...(Object.keys(changed).length === 0
      ? []
      : [{ kind: 'observation', accountId: id, values: changed, observedAt: changedAt, source: crmSource } as const]),
  ];
}

function isSame(one: FieldValue, other: FieldValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
