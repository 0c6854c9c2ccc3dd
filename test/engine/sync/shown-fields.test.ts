import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import { reconcileCrm, syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import { addSetting, settingHistory } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import { type FakeOrg, recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { historiesAt } from '../../support/records.ts';
import { smallOrg } from '../../support/small-org.ts';
import { syncTables } from '../../support/sync-tables.ts';

const now = () => Date.UTC(2026, 9, 1);

describe('a field that is hidden', () => {
  let store: Store;
  let org: FakeOrg;
  const sync = () => syncCrm({ store, crm: org.crm, now }, { book: 'main' });
  const reconcile = () => reconcileCrm({ store, crm: org.crm, now }, { book: 'main' });
  const hide = (object: string, ...fields: string[]) => {
    for (const field of fields) org.described.get(object)?.delete(field);
  };
  const set = (key: string, value: unknown) => addSetting(store, { key, value, setAt: now(), setBy: 'a test' });
  beforeEach(async () => {
    store = await freshStore();
    org = smallOrg();
  });
  afterEach(() => store.close());

  it('after it was read stops every sync before anything is written, and says which and what to do', async () => {
    await sync();
    const before = await syncTables(store);
    hide('Account', 'Website', 'Industry');
    hide('Opportunity', 'Amount', 'Type', 'Loss_Reason__c');
    hide('User', 'Email');
    org.now += 86_400_000;
    org.write('Account', recordId('001', 1), { BillingCountry: 'FR' });
    org.delete('Opportunity', recordId('006', 4));
    for (const run of [sync, reconcile])
      await assert.rejects(run(), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'crm_hidden');
        assert.match(
          error.message,
          /^sync needs User\.Email, Account\.Website, Account\.Industry, Opportunity\.Type, Opportunity\.Amount, Opportunity\.Loss_Reason__c, which/,
        );
        assert.match(
          error.message,
          /permission set read access.*lodestar settings crm\.without\.main '\["User\.Email",/,
        );
        return true;
      });
    assert.deepEqual(await syncTables(store), before);
    assert.deepEqual(await store.rows(sql`select count(*)::int as n from imports`), [{ n: 1 }]);
  });

  it('is read on with nothing lost when it is shown again', async () => {
    await sync();
    hide('Account', 'Website');
    org.write('Account', recordId('001', 1), { Website: 'https://new.example' });
    await assert.rejects(sync(), { code: 'crm_hidden' });
    org.define('Account', ['Website']);
    const { importId } = await sync();
    const [first] = await historiesAt(store, importId ?? 0, { accountIds: [recordId('001', 1)] });
    assert.equal(first?.domain, 'new.example');
  });

  it('may stay so where a person says that it is meant', async () => {
    await sync();
    hide('Account', 'Website');
    hide('Contract', 'Id');
    org.write('Account', recordId('001', 1), { BillingCountry: 'FR' });
    await assert.rejects(sync(), /needs Account\.Website, Contract, which/);
    await set('crm.without.main', ['Account.Website']);
    await assert.rejects(sync(), /needs Contract, .*'\["Account\.Website","Contract"\]'/);
    await set('crm.without.main', ['Account.Website', 'Contract']);
    const { importId } = await sync();
    assert.ok(importId !== null);
    hide('Account', 'Industry');
    await assert.rejects(sync(), /needs Account\.Industry, which/);
  });

  it('stops the first sync too where the mapping names it', async () => {
    await set('crm.mapping.main', { customer: { arr: 'ARR__c' }, opportunity: { more: { Products__c: 'products' } } });
    await assert.rejects(sync(), /needs Account\.ARR__c, Opportunity\.Products__c, which the mapping names/);
    await set('crm.mapping.main', {});
    assert.equal((await sync()).importId, 1);
  });

  it('is named by a first sync that does not see it, with what that costs', async () => {
    assert.deepEqual((await sync()).unseen, []);
    const [other, blind] = [await freshStore(), smallOrg()];
    blind.described.get('Account')?.delete('Website');
    blind.described.get('Account')?.delete('Industry');
    blind.described.delete('LeadHistory');
    const { unseen } = await syncCrm({ store: other, crm: blind.crm, now }, { book: 'main' });
    assert.deepEqual(
      unseen.map(({ object, field }) => [object, field]),
      [
        ['Account', 'Website'],
        ['Account', 'Industry'],
        ['LeadHistory', null],
      ],
    );
    assert.match(unseen[0]?.lost ?? '', /no domain/);
    assert.equal((await syncCrm({ store: other, crm: blind.crm, now }, { book: 'main' })).unseen.length, 0);
    await other.close();
  });

  it('is remembered once, not at every sync', async () => {
    await sync();
    await sync();
    await reconcile();
    const kept = await settingHistory(store, 'crm.fields.main');
    assert.equal(kept.length, 1);
  });
});
