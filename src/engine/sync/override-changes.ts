import type { CrmChange, CrmReader, CrmRecord } from '../../connectors/crm.ts';
import { crmSource } from '../../icp/crm-mapping/map-account.ts';
import { overrideField } from '../../icp/crm-mapping/override-fields.ts';
import { saidOfAccounts } from '../../store/latest-versions.ts';
import type { Store } from '../../store/store.ts';
import type { Reading } from './object-reading.ts';

/**
 * Who set the overrides of a page that are not as they stood before, by the CRM's own record of changes. Few accounts have one, so
 * that little is asked.
 */
export async function overrideChanges(
  { store, reader }: { store: Store; reader: Pick<CrmReader, 'lastAccountChanges'> },
  reading: Reading,
  records: readonly CrmRecord[],
): Promise<ReadonlyMap<string, CrmChange>> {
  const { tier, reason } = overrideField;
  const carrying = records.filter((record) => typeof record[tier] === 'string' && record[tier] !== '');
  if (carrying.length === 0) return new Map();
  const ids = carrying.map(({ Id }) => String(Id));
  const said = await saidOfAccounts(store, reading, ids, crmSource);
  const changed = carrying.filter((record) => {
    const before = said.get(String(record.Id))?.standing;
    return [tier, reason].some((field) => (before?.[field] ?? null) !== (record[field] ?? null));
  });
  return reader.lastAccountChanges(
    tier,
    changed.map(({ Id }) => String(Id)),
  );
}
