import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import { syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import { latestImport } from '../../../src/store/books.ts';
import type { Store } from '../../../src/store/store.ts';
import { recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { historiesAt } from '../../support/records.ts';
import { smallOrg } from '../../support/small-org.ts';

const now = () => Date.UTC(2026, 9, 1);
const stores: Store[] = [];
async function emptyStore(): Promise<Store> {
  const store = await freshStore();
  stores.push(store);
  return store;
}
after(async () => {
  for (const store of stores) await store.close();
});

describe('syncCrm', () => {
  it('brings accounts, people, leads and deals into the book, with what the CRM says of them', async () => {
    const store = await emptyStore();
    const org = smallOrg();
    const summary = await syncCrm({ store, crm: org.crm, now }, { book: 'main' });
    assert.equal(summary.importId, 1);
    assert.deepEqual(
      summary.objects.slice(0, 4).map(({ object, read, expected }) => [object, read, expected]),
      [
        ['Account', 9, 9],
        ['Contact', 9, 9],
        ['Lead', 9, 9],
        ['Opportunity', 9, 9],
      ],
    );
    const [first, second, third] = await historiesAt(store, 1);
    assert.equal(first?.name, 'Account 1');
    assert.equal(first?.domain, 'a1.example');
    assert.equal(first?.ownerEmail, 'dana@ours.example');
    assert.equal(first?.opportunities[0]?.lossReason, 'Price');
    assert.equal(second?.opportunities[0]?.stakeholders, 1);
    assert.equal(second?.customers[0]?.startedAt, Date.UTC(2024, 5, 30));
    assert.equal(third?.leads[0]?.status, 'rejected');
    assert.equal(third?.leads[0]?.rejectReason, 'Too small');
    assert.equal(third?.leads[0]?.decidedAt, Date.UTC(2024, 1, 10, 9));
    assert.deepEqual(
      second?.observations.map(({ values, observedAt }) => [values.industry, observedAt]),
      [
        ['Logistics', null],
        ['Mining', Date.UTC(2024, 0, 5, 9)],
        ['Logistics', Date.UTC(2024, 4, 1, 9)],
      ],
    );
  });

  it('writes nothing the second time, and leaves no import behind', async () => {
    const store = await emptyStore();
    const org = smallOrg();
    await syncCrm({ store, crm: org.crm, now }, { book: 'main' });
    const before = await tablesOf(store);
    for (const full of [false, true]) {
      const again = await syncCrm({ store, crm: org.crm, now }, { book: 'main', full });
      assert.equal(again.importId, null);
      assert.deepEqual(again.accountsTouched, []);
      assert.deepEqual(await tablesOf(store), before);
    }
    assert.equal(await latestImport(store, 'main'), 1);
  });

  it('takes a change that it made itself for none', async () => {
    const store = await emptyStore();
    const org = smallOrg();
    await syncCrm({ store, crm: org.crm, now }, { book: 'main' });
    const before = await tablesOf(store);
    org.now += 86_400_000;
    for (const id of org.records.get('Account')?.keys() ?? []) org.write('Account', id, { ICP_Score__c: 77 });
    const echo = await syncCrm({ store, crm: org.crm, now }, { book: 'main' });
    assert.equal(echo.importId, null);
    assert.equal(echo.objects[0]?.read, 9);
    assert.deepEqual(await tablesOf(store), before);
    const after = await syncCrm({ store, crm: org.crm, now }, { book: 'main' });
    assert.equal(after.objects[0]?.read, 9, 'what is within the look-back is read again');
  });

  it('dates a value that changes between two readings by the clock of the CRM', async () => {
    const store = await emptyStore();
    const org = smallOrg();
    await syncCrm({ store, crm: org.crm, now }, { book: 'main' });
    org.now += 86_400_000;
    org.write('Account', recordId('001', 1), { Industry: 'Shipping' });
    const stamp = org.now;
    const summary = await syncCrm({ store, crm: org.crm, now }, { book: 'main' });
    assert.deepEqual(summary.accountsTouched, [recordId('001', 1)]);
    const [first] = await historiesAt(store, summary.importId ?? 0, { accountIds: [recordId('001', 1)] });
    assert.deepEqual(
      first?.observations.map(({ values, observedAt }) => [values.industry, observedAt]),
      [
        ['Retail', null],
        ['Shipping', stamp],
      ],
    );
    assert.equal(first?.observations[1]?.values.employees, undefined, 'only what changed is dated');
  });
});

/** Everything that a sync writes, in an order of its own. */
async function tablesOf(store: Store): Promise<Record<string, unknown[]>> {
  const tables = [
    'accounts',
    'observations',
    'contacts',
    'leads',
    'opportunities',
    'customers',
    'outcomes',
    'departures',
  ];
  const all: Record<string, unknown[]> = {};
  for (const table of [...tables, 'set_aside'])
    all[table] = await store.rows(sql`select row_to_json(t)::text as row from ${sql.raw(table)} t order by 1`);
  return all;
}
