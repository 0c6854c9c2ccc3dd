import assert from 'node:assert/strict';
import { it } from 'node:test';
import { syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import { deriveOutcomes } from '../../../src/icp/outcomes.ts';
import { recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { historiesAt } from '../../support/records.ts';
import { smallOrg } from '../../support/small-org.ts';

it('a lead that was converted into a deal qualifies its account once, however often it is read', async () => {
  const [store, org] = [await freshStore(), smallOrg()];
  const now = () => Date.UTC(2026, 9, 1);
  const sync = (full = false) => syncCrm({ store, crm: org.crm, now }, { book: 'main', full });
  const account = recordId('001', 5);
  const qualified = async () => {
    const [history] = await historiesAt(store, 99, { accountIds: [account] });
    const { outcomes } = deriveOutcomes(history ?? assert.fail('it is there'), { asOf: now() });
    return outcomes.flatMap(({ kind, occurredAt }) => (kind === 'qualified' ? [occurredAt] : []));
  };
  org.define('Lead', ['ConvertedOpportunityId']);
  await sync();
  assert.deepEqual(await qualified(), []);
  org.write('Lead', recordId('00Q', 5), {
    ...{ IsConverted: true, ConvertedDate: '2024-02-20', ConvertedAccountId: account },
    ConvertedOpportunityId: recordId('006', 5),
  });
  const { importId } = await sync();
  assert.ok(importId !== null);
  assert.deepEqual(await qualified(), [Date.UTC(2024, 1, 20)]);
  assert.equal((await sync()).importId, null);
  await sync(true);
  assert.deepEqual(await qualified(), [Date.UTC(2024, 1, 20)]);
  await store.close();
});
