import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CrmPlace, CrmRecord } from '../../../src/connectors/crm.ts';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import type { SalesforceDeps } from '../../../src/connectors/salesforce/settings.ts';
import { type LocalSalesforce, startLocalSalesforce } from '../../../src/workbench/salesforce/local-salesforce.ts';
import type { CustomField } from '../../../src/workbench/salesforce/org/options.ts';
import { clientOf, rawSalesforce, silent } from './raw-salesforce.ts';

const types = ['string', 'double', 'boolean', 'datetime', 'picklist'] as const;
const customFields = Array.from({ length: 500 }, (_, n): CustomField => {
  const name = `Customer_Success_Health_Detail_${String(n).padStart(3, '0')}__c`;
  return { object: 'Account', name, type: types[n % types.length] ?? 'string' };
});
const fields = ['Name', 'Owner.Email', ...customFields.map(({ name }) => name)];
const stamp = Date.parse('2026-01-01T00:00:00Z');
const idOf = (n: number) => `001${String(n).padStart(12, '0')}AAA`;

/** What an account has in the n-th field. */
function cellOf(account: number, n: number): CrmRecord[string] {
  if ((account + n) % 4 === 0) return n % types.length === 2 ? false : null;
  switch (types[n % types.length]) {
    case 'double':
      return account * 1000 + n;
    case 'boolean':
      return true;
    case 'datetime':
      return new Date(stamp + n * 1000).toISOString().replace('Z', '+0000');
    default:
      return `a${account}, "f${n}" & + % @{x}`;
  }
}

let local: LocalSalesforce;

function client(deps: Partial<SalesforceDeps> = {}) {
  const { clientId, clientSecret } = local.options;
  const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms / 100));
  const auth = { kind: 'client credentials', clientId, clientSecret } as const;
  return openSalesforce({ loginUrl: local.url, auth }, { log: silent, now: Date.now, sleep, ...deps });
}

async function changed(crm: ReturnType<typeof client>, behind: CrmPlace | null) {
  const pages = await Array.fromAsync(crm.reader.changed('Account', { fields, after: behind }));
  return { rows: pages.flatMap(({ records }) => records), place: pages.at(-1)?.place ?? behind, pages };
}

/** A query job writes the zone of an instant as Z, REST as +0000: both are the same instant. */
const sameZone = (rows: readonly CrmRecord[]) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.replace(/(T[\d:.]+)\+0000$/, '$1Z') : value,
      ]),
    ),
  );

describe('an org whose accounts have 500 fields of its own', () => {
  const accounts = 90;
  before(async () => {
    local = await startLocalSalesforce({ org: { customFields, queryPage: 20 } });
    local.org.insert(
      'Account',
      Array.from({ length: accounts }, (_, n) => ({
        ...{ Id: idOf(n), Name: `Account ${n}`, SystemModstamp: new Date(stamp + Math.floor(n / 3) * 1000) },
        ...Object.fromEntries(customFields.map(({ name }, nth) => [name, cellOf(n, nth)])),
      })),
    );
  });
  after(() => local.close());

  it('is read whole at first, and then by what changed, with every field in every row', async () => {
    const crm = client({ bulkAbove: 50 });
    const first = await changed(crm, null);
    assert.deepEqual(
      first.rows.map(({ Id }) => Id),
      Array.from({ length: accounts }, (_, n) => idOf(n)),
    );
    const touched = [3, 50, 7];
    const [{ name: text = '' } = {}, { name: number = '' } = {}] = customFields;
    for (const n of touched) local.org.update('Account', idOf(n), { [text]: `changed ${n}`, [number]: null });
    const since = await changed(crm, first.place);
    assert.deepEqual(since.rows.map(({ Id }) => Id).sort(), touched.map(idOf).sort());
    for (const row of since.rows) {
      const n = Number(String(row.Id).slice(3, 15));
      const expected = Object.fromEntries(customFields.map(({ name }, nth) => [name, cellOf(n, nth)]));
      const custom = Object.fromEntries(customFields.map(({ name }) => [name, row[name]]));
      assert.deepEqual(custom, { ...expected, [text]: `changed ${n}`, [number]: null });
    }
    const ways = local.calls().map(({ method, path }) => `${method} ${path.split('?')[0]}`);
    assert.ok(ways.includes('POST /services/data/v66.0/jobs/query'));
    assert.ok(ways.includes('POST /services/data/v66.0/composite'));
    assert.ok(local.calls().every(({ path, status }) => path.length < 8_100 && (status ?? 0) < 400));
    crm.close();
  });

  it('gives the same rows without a job, in bounded pages, from any place on', async () => {
    const byJob = client({ bulkAbove: 10 });
    const byRest = client({ bulkAbove: 10_000 });
    const whole = await changed(byJob, null);
    const same = await changed(byRest, null);
    assert.deepEqual(sameZone(same.rows), sameZone(whole.rows));
    assert.ok(same.pages.every(({ records }) => records.length <= 20));
    const middle = same.pages[1]?.place ?? null;
    assert.deepEqual((await changed(byRest, middle)).rows, same.rows.slice(40));
    const snapshot = (await Array.fromAsync(byRest.reader.snapshot('Account', fields))).flat();
    assert.deepEqual(new Set(snapshot.map(({ Id }) => Id)), new Set(whole.rows.map(({ Id }) => Id)));
    const ids = whole.rows.map(({ Id }) => String(Id));
    assert.equal((await byRest.reader.byId('Account', ids, fields)).size, accounts);
    byJob.close();
    byRest.close();
  });

  it('is read through answers that are lost, cut and refused', async () => {
    const crm = client({ bulkAbove: 10_000 });
    const plain = await changed(crm, null);
    const faults = [
      ...[{ kind: 'lose' }, { kind: 'html' }, { kind: 'unauthorized' }, { kind: 'cut', bytes: 5_000 }],
      { kind: 'status', status: 503 },
    ] as const;
    local.plan({ rules: faults.map((fault) => ({ fault, on: '/composite$', times: 1 })) });
    assert.deepEqual((await changed(crm, null)).rows, plain.rows);
    local.plan({ clear: true });
    crm.close();
  });

  it('says what is wrong with a long query as it does with a short one', async () => {
    const crm = client({ bulkAbove: 10_000 });
    const asked = [...fields, 'Nobody_Knows_This__c'];
    await assert.rejects(Array.fromAsync(crm.reader.snapshot('Account', asked)), {
      code: 'crm_stop',
      message: /INVALID_FIELD: No such column 'Nobody_Knows_This__c'.*permission set/,
    });
    crm.close();
  });

  it('refuses a query that is longer than SOQL may be before it asks', async () => {
    const crm = client({ bulkAbove: 10_000 });
    const asked = Array.from({ length: 2_500 }, (_, n) => `Customer_Success_Health_Detail_${n}_Wide__c`);
    const before = local.calls().length;
    await assert.rejects(Array.fromAsync(crm.reader.snapshot('Account', asked)), {
      code: 'crm_stop',
      message: /at most 100,000 characters.*Account.*fields/,
    });
    assert.equal(local.calls().length, before);
    crm.close();
  });

  it('is read in pages of so many fewer records as there are more fields than a hundred', async (t) => {
    const total = 1_000;
    const limits: number[] = [];
    const sizes: string[] = [];
    const id = '750000000000004AAA';
    const row = (n: number) => ({ Id: idOf(n), SystemModstamp: new Date(stamp + n * 1000).toISOString() });
    const server = await rawSalesforce((came) => {
      if (came.path.endsWith('/describe')) return came.json({ fields: [{ name: 'SystemModstamp', type: 'datetime' }] });
      if (came.path === '/query') return came.json({ totalSize: total, done: true, records: [] });
      if (came.path === '/composite') {
        const { url } = JSON.parse(came.body).compositeRequest[0];
        const soql = new URL(url, server.url).searchParams.get('q') ?? '';
        const from = Number(/Id > '001(\d{12})/.exec(soql)?.[1] ?? -1) + 1;
        const limit = Number(/LIMIT (\d+)$/.exec(soql)?.[1]);
        limits.push(limit);
        const records = Array.from({ length: Math.min(limit, total - from) }, (_, n) => row(from + n));
        const body = { totalSize: records.length, done: true, records };
        return came.json({ compositeResponse: [{ httpStatusCode: 200, httpHeaders: {}, referenceId: 'read', body }] });
      }
      if (!came.path.startsWith('/jobs/query')) return false;
      if (!came.path.endsWith('/results')) return came.json({ id, state: 'JobComplete' });
      sizes.push(came.query.get('maxRecords') ?? '');
      return came.csv(`${['Id', 'SystemModstamp', ...wide].join(',')}\n`, { 'sforce-locator': 'null' });
    });
    t.after(() => server.close());
    const wide = customFields.slice(0, 498).map(({ name }) => name);
    const { crm } = clientOf(server.url);
    const read = await Array.fromAsync(crm.reader.changed('Account', { fields: wide, after: null }));
    assert.deepEqual(
      read.flatMap(({ records }) => records.map(({ Id }) => Id)),
      Array.from({ length: total }, (_, n) => idOf(n)),
    );
    assert.deepEqual(limits, [400, 400, 400]);
    await Array.fromAsync(
      clientOf(server.url, { bulkAbove: 10 }).crm.reader.changed('Account', { fields: wide, after: null }),
    );
    assert.deepEqual(sizes, ['10000']);
  });
});
