import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import { reconcileCrm, syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import { resolveAccount } from '../../../src/questions/resolve-account.ts';
import { accountNames } from '../../../src/store/account-names.ts';
import { contactsAt, leadsNow, openLeads, takenAccounts } from '../../../src/store/leads.ts';
import type { Store } from '../../../src/store/store.ts';
import { type FakeOrg, recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { historiesAt } from '../../support/records.ts';
import { smallOrg } from '../../support/small-org.ts';

const now = () => Date.UTC(2026, 9, 1);
const account = (at: number) => recordId('001', at);

describe('records that are gone from the CRM', () => {
  let store: Store;
  let org: FakeOrg;
  const sync = () => syncCrm({ store, crm: org.crm, now }, { book: 'main' });
  before(async () => {
    store = await freshStore();
    org = smallOrg();
    await sync();
    await store.db.execute(sql`insert into signals (book, import_id, account_id, kind, observed_at, source, digest, value)
      values ('main', 1, ${account(6)}, 'visit', '2026-08-01', 'web', 'x', 3), ('main', 1, ${account(4)}, 'visit', '2026-08-03', 'web', 'y', 1)`);
    await store.db.execute(sql`insert into usage (book, import_id, digest, account_id, metric, period_start, value)
      values ('main', 1, 'x', ${account(4)}, 'sessions', '2026-08-01', 5), ('main', 1, 'y', ${account(6)}, 'sessions', '2026-07-01', 9)`);
  });
  after(() => store.close());

  it('are left out by every reader from then on, and by none that looks back', async () => {
    org.write('Lead', recordId('00Q', 1), { Status: 'Working' });
    await sync();
    assert.deepEqual(await takenAccounts(store, 'main', { importId: 2, since: 0, most: 9 }), [account(1)]);
    org.delete('Account', account(1));
    org.delete('Lead', recordId('00Q', 1));
    org.delete('Lead', recordId('00Q', 2));
    org.delete('Contact', recordId('003', 2));
    org.delete('Opportunity', recordId('006', 2));
    const summary = await sync();
    assert.equal(summary.departures, 5);
    assert.ok(summary.accountsTouched.includes(account(1)));
    const last = summary.importId ?? 0;

    const there = await historiesAt(store, last);
    assert.deepEqual(
      there.map(({ id }) => id),
      [2, 3, 4, 5, 6, 7, 8, 9].map(account),
    );
    const second = there.find(({ id }) => id === account(2));
    assert.deepEqual([second?.leads.length, second?.opportunities.length], [0, 0]);
    const [named] = await historiesAt(store, last, { accountIds: [account(1), account(2)] });
    assert.deepEqual([named?.id, named?.contacts.length], [account(2), 0]);
    assert.equal((await accountNames(store, 'main', last, [account(1), account(2)])).size, 1);
    assert.deepEqual(
      (await leadsNow(store, 'main', [recordId('00Q', 1), recordId('00Q', 4)])).map(({ id }) => id),
      [recordId('00Q', 4)],
    );
    const { ids } = await openLeads(store, 'main', { limit: 99 });
    assert.ok(!ids.includes(recordId('00Q', 2)) && ids.includes(recordId('00Q', 4)));
    assert.equal((await contactsAt(store, 'main', [account(2)])).size, 0);
    assert.deepEqual(await takenAccounts(store, 'main', { importId: last, since: 0, most: 9 }), []);
    await assert.rejects(resolveAccount(store, account(1)), /no account answers/);
    await assert.rejects(resolveAccount(store, 'a1.example'), /no account answers/);

    assert.equal((await historiesAt(store, last - 1)).length, 9, 'what an earlier import saw is still seen from it');
    assert.equal((await accountNames(store, 'main', last - 1, [account(1)])).size, 1);
    assert.equal((await sync()).importId, null, 'what is gone does not go twice');
  });

  it('give what was heard of them to the account that they were merged into', async () => {
    org.write('Opportunity', recordId('006', 6), { AccountId: account(4) });
    org.write('Contact', recordId('003', 6), { AccountId: account(4) });
    org.delete('Account', account(6), account(4));
    const { importId } = await sync();
    const [winner] = await historiesAt(store, importId ?? 0, { accountIds: [account(4)] });
    assert.deepEqual(
      winner?.opportunities.map(({ id }) => id),
      [recordId('006', 4), recordId('006', 6)],
    );
    assert.deepEqual(
      winner?.signals.map(({ value }) => value),
      [3, 1],
    );
    assert.deepEqual(
      winner?.usage.map(({ value }) => value),
      [9, 5],
    );
    assert.equal(winner?.contacts.length, 2);
    assert.equal(winner?.leads.length, 2, 'a lead that was found by its address follows');
    const all = await historiesAt(store, importId ?? 0);
    assert.ok(!all.some(({ id }) => id === account(6)));
    assert.deepEqual(all.find(({ id }) => id === account(4))?.signals.length, 2);
    const [before] = await historiesAt(store, (importId ?? 0) - 1, { accountIds: [account(4)] });
    assert.equal(before?.signals.length, 1);
  });

  it('come back when they are restored, with nothing changed about them', async () => {
    org.write('Account', account(1), {
      Name: 'Account 1',
      Website: 'a1.example',
      OwnerId: recordId('005', 1),
      Industry: 'Retail',
    });
    const { importId, accountsTouched } = await sync();
    assert.deepEqual(accountsTouched, [account(1)]);
    assert.ok((await historiesAt(store, importId ?? 0)).some(({ id }) => id === account(1)));
    assert.equal((await resolveAccount(store, account(1))).id, account(1));
    assert.equal((await sync()).importId, null);
  });

  it('are found missing by the reconciliation where nothing told of them, and what was passed over is read', async () => {
    org.vanish('Account', account(9));
    org.write('Account', account(30), { Name: 'Late', Website: null }, org.now - 30 * 86_400_000);
    assert.equal((await sync()).importId, null, 'neither shows in what has changed since');
    const summary = await reconcileCrm({ store, crm: org.crm, now }, { book: 'main' });
    assert.equal(summary.departures, 1);
    await sync();
    const ids = (await historiesAt(store, summary.importId ?? 0)).map(({ id }) => id);
    assert.ok(ids.includes(account(30)) && !ids.includes(account(9)));
    assert.equal((await sync()).importId, null);
  });
});

describe('an org that suddenly shows much less', () => {
  it('is taken for a permission that was lost, and nothing departs', async () => {
    const store = await freshStore();
    const org = smallOrg({ accounts: 120, pageSize: 50 });
    await syncCrm({ store, crm: org.crm, now }, { book: 'main' });
    for (let at = 1; at <= 100; at++) org.vanish('Account', account(at));
    await assert.rejects(reconcileCrm({ store, crm: org.crm, now }, { book: 'main' }), { code: 'crm_shrunk' });
    assert.equal((await historiesAt(store, 1)).length, 120);
    for (const id of [...(org.records.get('Account')?.keys() ?? [])]) org.vanish('Account', id);
    await assert.rejects(reconcileCrm({ store, crm: org.crm, now }, { book: 'main' }), /shows none to this user/);
    await store.close();
  });
});
