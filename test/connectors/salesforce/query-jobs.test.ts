import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { type Client, startClient } from '../../workbench/salesforce/client.ts';
import { clientOf, rawSalesforce } from './raw-salesforce.ts';

/** An org with 50 accounts, and our client on it, which reads more than ten by a job; its clock makes nobody wait. */
async function wideOpen(t: TestContext) {
  const org = await startClient(t);
  const { clientId, clientSecret } = org.sf.options;
  org.sf.org.insert(
    'Account',
    Array.from({ length: 50 }, (_, n) => ({ Name: `Account ${n}` })),
  );
  const auth = { kind: 'client credentials', clientId, clientSecret } as const;
  const { crm, clock } = clientOf(org.sf.url, { bulkAbove: 10, jobPage: 20 }, { auth });
  t.after(() => crm.close());
  return { org, crm, clock };
}

const jobsIn = async ({ call }: Client): Promise<string[]> =>
  (await call('GET', 'jobs/query')).json.records.map(({ state }: { state: string }) => state);
const callsOf = ({ sf }: Client, method: string) =>
  sf.calls().filter((call) => call.method === method && call.path.includes('/jobs/query')).length;

it('a query job is deleted once everything is read', async (t) => {
  const { org, crm } = await wideOpen(t);
  const rows = (await Array.fromAsync(crm.reader.snapshot('Account', ['Name']))).flat();
  assert.equal(rows.length, 50);
  assert.deepEqual(await jobsIn(org), []);
  assert.deepEqual([callsOf(org, 'PATCH'), callsOf(org, 'DELETE')], [0, 1]);
});

it('a query job is deleted where its reader stops halfway', async (t) => {
  const { org, crm } = await wideOpen(t);
  for await (const { records } of crm.reader.changed('Account', { fields: ['Name'], after: null })) {
    assert.equal(records.length, 20);
    assert.deepEqual(await jobsIn(org), ['JobComplete']);
    break;
  }
  assert.deepEqual(await jobsIn(org), []);
});

it('a query job that is not finished within the hour is aborted and deleted', async (t) => {
  const { org, crm, clock } = await wideOpen(t);
  org.sf.plan({ jobs: { neverComplete: true } });
  await assert.rejects(Array.fromAsync(crm.reader.snapshot('Account', ['Name'])), {
    code: 'crm_retry',
    message: /for an hour/,
  });
  assert.ok(clock.waits.length > 100);
  assert.deepEqual(await jobsIn(org), []);
  assert.deepEqual([callsOf(org, 'PATCH'), callsOf(org, 'DELETE')], [1, 1]);
});

it('a query job that cannot be deleted is asked once, and the rows are given all the same', async (t) => {
  const { org, crm } = await wideOpen(t);
  org.sf.plan({ rules: [{ fault: { kind: 'status', status: 503 }, on: '^DELETE ' }] });
  assert.equal((await Array.fromAsync(crm.reader.snapshot('Account', ['Name']))).flat().length, 50);
  assert.deepEqual(await jobsIn(org), ['JobComplete']);
  assert.equal(callsOf(org, 'DELETE'), 1);
});

it('a query job that failed is left for a person to look at', async (t) => {
  const id = '750000000000003AAA';
  const server = await rawSalesforce((came) => {
    if (came.path.endsWith('/describe')) return came.json({ fields: [] });
    if (came.path === '/query') return came.json({ totalSize: 11, done: true, records: [] });
    if (came.path === '/jobs/query') return came.json({ id, state: 'UploadComplete' });
    return came.path === `/jobs/query/${id}` ? came.json({ id, state: 'Failed', errorMessage: 'odd' }) : false;
  });
  t.after(() => server.close());
  const { crm } = clientOf(server.url, { bulkAbove: 10 });
  await assert.rejects(Array.fromAsync(crm.reader.snapshot('Account', [])), { code: 'crm_stop', message: /odd/ });
  assert.ok(!server.seen.some((name) => /^(PATCH|DELETE) /.test(name)));
});
