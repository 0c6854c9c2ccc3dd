import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { type Client, startClient } from './client.ts';

async function finished({ call }: Client, query: string, operation = 'query'): Promise<string> {
  const { json } = await call('POST', 'jobs/query', { operation, query });
  assert.equal(json.state, 'UploadComplete');
  while ((await call('GET', `jobs/query/${json.id}`)).json.state !== 'JobComplete') await wait(2);
  return json.id;
}

describe('Bulk query', () => {
  it('gives all rows in pages with a header on each, and null for the locator of the last', async (t) => {
    const client = await startClient(t);
    client.sf.org.insert(
      'Account',
      Array.from({ length: 1234 }, (_, i) => ({ Name: `Company "${i}"` })),
    );
    const id = await finished(client, 'SELECT Id, Name, Industry, Owner.Email, SystemModstamp FROM Account');
    const names = new Set<string>();
    const sizes: string[] = [];
    let locator = '';
    while (locator !== 'null') {
      const { headers, text } = await client.call('GET', `jobs/query/${id}/results?maxRecords=500&locator=${locator}`);
      assert.ok(text.startsWith('"Id","Name","Industry","Owner.Email","SystemModstamp"\n'));
      const rows: Record<string, string>[] = parse(text, { columns: true });
      for (const row of rows) names.add(row.Name ?? '');
      assert.match(rows[0]?.SystemModstamp ?? '', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.000Z$/);
      assert.equal(rows[0]?.Industry, '');
      sizes.push(headers.get('sforce-numberofrecords') ?? '');
      locator = headers.get('sforce-locator') ?? '';
    }
    assert.deepEqual(sizes, ['500', '500', '234']);
    assert.equal(names.size, 1234);
    assert.equal((await client.call('GET', `jobs/query/${id}`)).json.numberRecordsProcessed, 1234);
  });

  it('gives an empty page with its header when nothing fits', async (t) => {
    const client = await startClient(t);
    const id = await finished(client, 'SELECT Id FROM Account');
    const { headers, text } = await client.call('GET', `jobs/query/${id}/results`);
    assert.equal(text, '"Id"\n');
    assert.deepEqual([headers.get('sforce-locator'), headers.get('sforce-numberofrecords')], ['null', '0']);
  });

  it('sees the bin with queryAll', async (t) => {
    const client = await startClient(t);
    client.sf.org.insert('Account', [{ Id: '001000000000001', Name: 'Gone' }]);
    client.sf.org.delete('Account', '001000000000001');
    const id = await finished(client, 'SELECT Id, IsDeleted FROM Account WHERE IsDeleted = true', 'queryAll');
    assert.match((await client.call('GET', `jobs/query/${id}/results`)).text, /"001000000000001AAA","true"/);
  });

  it('refuses addresses as a whole, sums and broken queries', async (t) => {
    const { call } = await startClient(t);
    const code = async (query: string) =>
      (await call('POST', 'jobs/query', { operation: 'query', query })).json[0].errorCode;
    assert.equal(await code('SELECT BillingAddress FROM Account'), 'FUNCTIONALITY_NOT_ENABLED');
    assert.equal(await code('SELECT COUNT(Id) FROM Account'), 'API_ERROR');
    assert.equal(await code('SELECT Nope FROM Account'), 'INVALID_FIELD');
  });

  it('gives results to the version of the job only, and none of a job that still runs', async (t) => {
    const client = await startClient(t);
    const id = await finished(client, 'SELECT Id FROM Account');
    const other = await client.call('GET', `/services/data/v65.0/jobs/query/${id}/results`);
    assert.equal(other.status, 409);
    client.sf.plan({ jobs: { neverComplete: true } });
    const { json } = await client.call('POST', 'jobs/query', { operation: 'query', query: 'SELECT Id FROM Account' });
    await wait(20);
    assert.equal((await client.call('GET', `jobs/query/${json.id}`)).json.state, 'InProgress');
    assert.equal((await client.call('GET', `jobs/query/${json.id}/results`)).status, 400);
    assert.equal((await client.call('DELETE', `jobs/query/${json.id}`)).status, 400);
    assert.equal((await client.call('PATCH', `jobs/query/${json.id}`, { state: 'Aborted' })).json.state, 'Aborted');
  });
});
