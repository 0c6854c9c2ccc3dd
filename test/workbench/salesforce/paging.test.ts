import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { array, asyncProperty, assert as check, constantFrom, integer, option, record } from 'fast-check';
import { type Client, startClient } from './client.ts';

async function pageByPage({ call }: Client, soql: string, batch: number): Promise<string[]> {
  const headers = { 'sforce-query-options': `batchSize=${batch}` };
  let { json } = await call('GET', `query?q=${encodeURIComponent(soql)}`, undefined, headers);
  const ids: string[] = json.records.map(({ Id }: { Id: string }) => Id);
  while (!json.done) {
    ({ json } = await call('GET', json.nextRecordsUrl, undefined, headers));
    ids.push(...json.records.map(({ Id }: { Id: string }) => Id));
  }
  return ids;
}

describe('pages of a query', () => {
  it('are 2,000 records, say how many there are in all, and are the same when asked for again', async (t) => {
    const { sf, call } = await startClient(t);
    sf.org.insert(
      'Account',
      Array.from({ length: 4500 }, (_, i) => ({ Name: `Company ${i}` })),
    );
    const { json: first } = await call('GET', `query?q=${encodeURIComponent('SELECT Id FROM Account')}`);
    assert.equal(first.totalSize, 4500);
    assert.equal(first.done, false);
    assert.equal(first.records.length, 2000);
    assert.match(first.nextRecordsUrl, /^\/services\/data\/v66\.0\/query\/01g\w{15}-2000$/);
    const { json: second } = await call('GET', first.nextRecordsUrl);
    assert.deepEqual((await call('GET', first.nextRecordsUrl)).json.records, second.records);
    const { json: third } = await call('GET', second.nextRecordsUrl);
    assert.equal(third.done, true);
    assert.equal(third.records.length, 500);
    assert.equal(third.nextRecordsUrl, undefined);
  });

  it('come to an end at the limit of the query', async (t) => {
    const { sf, call, query } = await startClient(t, { org: { queryPage: 10 } });
    sf.org.insert(
      'Account',
      Array.from({ length: 40 }, (_, i) => ({ Name: `Company ${i}` })),
    );
    assert.equal((await query('SELECT Id FROM Account LIMIT 25')).length, 25);
    const { json } = await call('GET', `query?q=${encodeURIComponent('SELECT Id FROM Account LIMIT 10')}`);
    assert.deepEqual([json.totalSize, json.done], [10, true]);
  });

  it('refuse a locator that was never given', async (t) => {
    const { call } = await startClient(t);
    const { status, json } = await call('GET', 'query/01g000000000000AAA-2000');
    assert.deepEqual([status, json[0].errorCode], [400, 'INVALID_QUERY_LOCATOR']);
  });

  it('together are every record once and in order, whatever the order and however many share a value', async (t) => {
    const client = await startClient(t);
    const row = record({
      NumberOfEmployees: option(integer({ min: 0, max: 3 })),
      Industry: constantFrom('a', 'B', 'c', null),
    });
    const rows = array(row, { minLength: 200, maxLength: 900, size: 'max' });
    const orders = constantFrom(
      ...['NumberOfEmployees', 'NumberOfEmployees DESC', 'NumberOfEmployees NULLS LAST', 'SystemModstamp DESC'],
      ...['NumberOfEmployees DESC NULLS LAST, Industry', 'Industry, NumberOfEmployees DESC', 'SystemModstamp, Id'],
    );
    await check(
      asyncProperty(rows, orders, async (given, order) => {
        for (const { Id } of client.sf.org.rows('Account')) client.sf.org.erase('Account', String(Id));
        client.sf.org.insert(
          'Account',
          given.map((each, i) => ({ Name: 'x', SystemModstamp: Math.floor(i / 40) * 1000, ...each })),
        );
        const whole = client.sf.org.rows('Account', { orderBy: order }).map(({ Id }) => String(Id));
        assert.equal(whole.length, given.length);
        assert.deepEqual(await pageByPage(client, `SELECT Id FROM Account ORDER BY ${order}`, 200), whole);
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });

  it('can be asked for by the last change and id of the page before, and miss nothing that shares a second', async (t) => {
    const { sf, query } = await startClient(t);
    const stamp = (i: number): number => Date.UTC(2026, 0, 1) + Math.floor(i / 37) * 1000;
    sf.org.insert(
      'Account',
      Array.from({ length: 500 }, (_, i) => ({ Name: `${i}`, SystemModstamp: stamp(i) })),
    );
    const seen: string[] = [];
    let behind = '';
    for (;;) {
      const soql = `SELECT Id, SystemModstamp FROM Account ${behind} ORDER BY SystemModstamp, Id LIMIT 50`;
      const records = await query(soql);
      seen.push(...records.map(({ Id }) => Id));
      if (records.length < 50) break;
      const { Id, SystemModstamp } = records.at(-1);
      const at = new Date(Date.parse(SystemModstamp.replace('+0000', 'Z'))).toISOString();
      behind = `WHERE (SystemModstamp = ${at} AND Id > '${Id}') OR SystemModstamp > ${at}`;
    }
    assert.equal(seen.length, 500);
    assert.equal(new Set(seen).size, 500);
  });
});
