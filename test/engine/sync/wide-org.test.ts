import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import { syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import type { FieldValue } from '../../../src/icp/types.ts';
import type { Store } from '../../../src/store/store.ts';
import { startLocalSalesforce } from '../../../src/workbench/salesforce/local-salesforce.ts';
import { silent } from '../../connectors/salesforce/raw-salesforce.ts';
import { recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { historiesAt } from '../../support/records.ts';

const own = Array.from({ length: 500 }, (_, n) => `Installed_Capacity_By_Region_Number_${n}__c`);
const accounts = 25;

/** What the book says of each account now, by id. */
async function saidNow(store: Store, importId: number | null): Promise<Map<string, Record<string, FieldValue>>> {
  const histories = await historiesAt(store, importId ?? 0);
  return new Map(
    histories.map(({ id, observations }) => [id, Object.assign({}, ...observations.map(({ values }) => values))]),
  );
}

it('keeps an org with 500 account fields of its own in step: a first sync by a job, increments by REST', async () => {
  let clock = Date.UTC(2026, 0, 5, 9);
  const customFields = own.map((name) => ({ object: 'Account', name, type: 'double' as const }));
  const local = await startLocalSalesforce({ clock: () => clock, org: { customFields } });
  const { clientId, clientSecret } = local.options;
  const auth = { kind: 'client credentials', clientId, clientSecret } as const;
  const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms / 50));
  const crm = openSalesforce({ loginUrl: local.url, auth }, { log: silent, now: () => clock, sleep, bulkAbove: 20 });
  const stores = [await freshStore(), await freshStore()] as const;
  const [store, another] = stores;
  const idOf = (n: number) => recordId('001', n + 1);
  local.org.insert(
    'Account',
    Array.from({ length: accounts }, (_, n) => {
      const values = Object.fromEntries(own.map((name, nth) => [name, (n + nth) % 3 === 0 ? null : n * 1000 + nth]));
      // Further apart than the quarter of an hour that every sync looks back.
      const SystemModstamp = clock - (accounts - n) * 20 * 60_000;
      return { Id: idOf(n), Name: `Account ${n}`, Website: `https://a${n}.example`, SystemModstamp, ...values };
    }),
  );
  const ways = () => local.calls().map(({ method, path }) => `${method} ${path.replace(/^.*v66\.0|\?.*$/g, '')}`);
  try {
    clock += 86_400_000;
    const first = await syncCrm({ store, crm, now: () => clock }, { book: 'main' });
    assert.equal(first.objects[0]?.read, accounts);
    assert.ok(ways().includes('POST /jobs/query'));
    for (const n of [1, 17, 24]) {
      clock += 3_600_000;
      local.org.update('Account', idOf(n), { [own[0] ?? '']: -n, [own[499] ?? '']: null, [own[250] ?? '']: n / 2 });
    }
    clock += 86_400_000;
    const jobs = ways().filter((way) => way === 'POST /jobs/query').length;
    const since = await syncCrm({ store, crm, now: () => clock }, { book: 'main' });
    assert.equal(since.objects[0]?.read, 3);
    assert.equal(ways().filter((way) => way === 'POST /jobs/query').length, jobs);
    assert.ok(ways().includes('POST /composite'));

    const said = await saidNow(store, since.importId);
    for (let n = 0; n < accounts; n += 1) {
      const record = local.org.get('Account', idOf(n));
      const expected = own.map((name) => record?.[name] ?? null);
      const kept = own.map((name) => said.get(idOf(n))?.[name.slice(0, -3).toLowerCase()] ?? null);
      assert.deepEqual(kept, expected, `account ${n}`);
    }
    const anew = await syncCrm({ store: another, crm, now: () => clock }, { book: 'main' });
    assert.deepEqual(await saidNow(another, anew.importId), said);
  } finally {
    crm.close();
    await local.close();
    for (const each of stores) await each.close();
  }
});
