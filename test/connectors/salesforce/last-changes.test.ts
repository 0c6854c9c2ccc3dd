import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CrmReader } from '../../../src/connectors/crm.ts';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import { inSalesOrg, startSalesOrg } from '../../support/sales-org.ts';
import { rawSalesforce, silent } from './raw-salesforce.ts';

const { rita, otto, harbor, harborTwin, mill } = inSalesOrg;

describe('who last changed a field of an account', () => {
  it('is whom the history of the field names, whoever wrote the record later, and nobody where it is not kept', async () => {
    const local = await startSalesOrg();
    const { clientId, clientSecret } = local.options;
    const auth = { kind: 'client credentials', clientId, clientSecret } as const;
    const crm = openSalesforce({ loginUrl: local.url, auth }, { log: silent, now: Date.now });
    local.org.update('Account', harbor, { ICP_Override__c: '2' }, otto);
    local.org.update('Account', harbor, { ICP_Override__c: '1' }, rita);
    local.org.update('Account', harborTwin, { ICP_Override__c: '3' }, otto);
    local.org.update('Account', mill, { Industry: 'Mills' }, otto);
    await crm.writer.update('Account', [{ id: harbor, values: { ICP_Tier__c: '3', ICP_Score__c: 12 } }]);
    const record = (await crm.reader.byId('Account', [harbor], ['LastModifiedById'])).get(harbor);
    assert.equal(record?.LastModifiedById, await crm.ourId(), 'the record itself only remembers us');
    // More ids than one query takes.
    const others = Array.from({ length: 450 }, (_, nth) => `001LS9${String(nth).padStart(9, '0')}YAA`);
    const ids = [harbor, ...others, mill, harborTwin];
    assert.deepEqual(
      await crm.reader.lastAccountChanges('ICP_Override__c', ids),
      new Map([
        [harbor, { by: rita, to: '1' }],
        [harborTwin, { by: otto, to: '3' }],
      ]),
    );
    assert.equal((await crm.reader.lastAccountChanges('Industry', [mill])).size, 0, 'it is not tracked');
    crm.close();
    await local.close();
  });

  it('is nobody where the org shows no history', async () => {
    const of = async (describe: (came: Parameters<Parameters<typeof rawSalesforce>[0]>[0]) => unknown) => {
      const server = await rawSalesforce((came) => (came.path.endsWith('/describe') ? describe(came) : false));
      const auth = { kind: 'client credentials', clientId: 'key', clientSecret: 'secret' } as const;
      const crm = openSalesforce({ loginUrl: server.url, auth }, { log: silent, now: Date.now, retries: 0 });
      const found: Awaited<ReturnType<CrmReader['lastAccountChanges']>> = await crm.reader.lastAccountChanges(
        'ICP_Override__c',
        [harbor],
      );
      crm.close();
      await server.close();
      return found.size;
    };
    assert.equal(await of((came) => came.refuse(404, 'NOT_FOUND')), 0);
    assert.equal(await of((came) => came.json({ fields: [{ name: 'AccountId', type: 'reference' }] })), 0);
  });
});
