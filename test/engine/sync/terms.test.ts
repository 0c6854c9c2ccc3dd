import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import { addSetting } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import { type FakeOrg, recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { historiesAt } from '../../support/records.ts';
import { smallOrg } from '../../support/small-org.ts';
import { syncTables } from '../../support/sync-tables.ts';

const now = () => Date.UTC(2026, 9, 1);
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const won = day('2024-06-30');
const account = (at: number) => recordId('001', at);
const contract = (at: number) => recordId('800', at);

describe('contracts that are gone or that moved', () => {
  let store: Store;
  let org: FakeOrg;
  const sync = (full = false, fault?: (point: string) => void) =>
    syncCrm({ store, crm: org.crm, now, fault }, { book: 'main', full });
  const spans = async (at: number) => {
    const [history] = await historiesAt(store, 99, { accountIds: [account(at)] });
    return history?.customers.map(({ startedAt, endedAt }) => [startedAt, endedAt]);
  };
  const sign = (id: string, of: string, to = '2025-06-30') =>
    org.write('Contract', id, { AccountId: of, StatusCode: 'Activated', StartDate: '2024-07-01', EndDate: to });
  beforeEach(async () => {
    store = await freshStore();
    org = smallOrg();
    sign(contract(1), account(2));
    await sync();
    assert.deepEqual(await spans(2), [[won, day('2025-06-30')]]);
  });
  afterEach(() => store.close());

  it('end nobody from the next sync on, and the customer lives on as its deals say', async () => {
    org.delete('Contract', contract(1));
    const { accountsTouched } = await sync();
    assert.deepEqual(accountsTouched, [account(2)]);
    assert.deepEqual(await spans(2), [[won, null]]);
    assert.equal((await sync()).importId, null, 'it does not go twice');
    sign(contract(1), account(2));
    await sync();
    assert.deepEqual(await spans(2), [[won, day('2025-06-30')]], 'it comes back when it is restored');
  });

  it('are found missing by the reconciliation where nothing told of them', async () => {
    org.vanish('Contract', contract(1));
    assert.equal((await sync()).importId, null);
    await sync(true);
    assert.deepEqual(await spans(2), [[won, null]]);
    assert.equal((await sync(true)).importId, null);
  });

  it('run on the account that they moved to, and on that one only', async () => {
    org.write('Contract', contract(1), { AccountId: account(4) });
    await sync();
    assert.deepEqual(await spans(2), [[won, null]]);
    assert.deepEqual(await spans(4), [[won, day('2025-06-30')]]);
    assert.equal((await sync(true)).importId, null);
  });

  it('run on the last account also where they move while they are read, and the process dies there', async () => {
    org.pageSize = 1;
    org.now += 86_400_000;
    for (const at of [1, 2, 3]) sign(contract(at), account(6));
    let left = 1;
    const die = (point: string) => {
      if (point === 'sync Contract page kept' && left-- === 0) throw new Error('the process died');
    };
    await assert.rejects(sync(false, die), /the process died/);
    for (const at of [1, 2, 3]) org.write('Contract', contract(at), { AccountId: account(8) });
    await sync();
    assert.deepEqual(await spans(2), [[won, null]]);
    assert.deepEqual(await spans(6), [[won, null]]);
    assert.deepEqual(await spans(8), [[won, day('2025-06-30')]]);
  });

  it('are taken for hidden where very many are missing at once', async () => {
    for (let at = 2; at <= 70; at++) sign(contract(at), account(4));
    await sync();
    const before = await syncTables(store);
    for (let at = 1; at <= 60; at++) org.vanish('Contract', contract(at));
    await assert.rejects(sync(true), /70 records of Contract.*60 of them are missing/);
    assert.deepEqual((await syncTables(store)).customers, before.customers);
  });

  it('count for nothing where the mapping leaves them out', async () => {
    const value = { customer: { contracts: false } };
    await addSetting(store, { key: 'crm.mapping.main', value, setAt: now(), setBy: 'a test' });
    await sync();
    assert.deepEqual(await spans(2), [[won, null]]);
  });

  it('are like assets that are gone', async () => {
    org.define('Asset', ['Id', 'AccountId', 'Status', 'InstallDate', 'UsageEndDate', 'SystemModstamp']);
    org.write('Asset', recordId('02i', 1), {
      AccountId: account(4),
      InstallDate: '2024-07-01',
      UsageEndDate: '2025-03-31',
    });
    const value = { customer: { assets: true } };
    await addSetting(store, { key: 'crm.mapping.main', value, setAt: now(), setBy: 'a test' });
    await sync();
    assert.deepEqual(await spans(4), [[won, day('2025-03-31')]]);
    org.write('Asset', recordId('02i', 1), { AccountId: null });
    await sync();
    assert.deepEqual(await spans(4), [[won, null]], 'of nobody any more');
    org.write('Asset', recordId('02i', 1), { AccountId: account(4) });
    await sync();
    org.delete('Asset', recordId('02i', 1));
    await sync();
    assert.deepEqual(await spans(4), [[won, null]]);
  });
});

describe('people who take part in deals', () => {
  it('leave them at the reconciliation where nothing told that they had gone', async () => {
    const store = await freshStore();
    const org = smallOrg();
    const run = (full: boolean) => syncCrm({ store, crm: org.crm, now }, { book: 'main', full });
    const counts = async () => {
      const all = await historiesAt(store, 99, { accountIds: [account(2), account(3)] });
      return all.map(({ opportunities }) => opportunities[0]?.stakeholders);
    };
    org.write('OpportunityContactRole', recordId('00K', 60), {
      OpportunityId: recordId('006', 3),
      ContactId: recordId('003', 8),
    });
    await run(false);
    assert.deepEqual(await counts(), [1, 2]);
    org.vanish('OpportunityContactRole', recordId('00K', 2));
    org.vanish('OpportunityContactRole', recordId('00K', 60));
    assert.equal((await run(false)).importId, null);
    await run(true);
    assert.deepEqual(await counts(), [null, 1]);
    assert.equal((await run(true)).importId, null);
    await store.close();
  });
});
