import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Json, startClient } from './client.ts';

/** A query whose address is of exactly so many bytes. */
function queryPath(bytes: number): string {
  const path = (name: string) =>
    `/services/data/v66.0/query?q=${encodeURIComponent(`SELECT Id FROM Account WHERE Name = '${name}'`).replaceAll("'", '%27')}`;
  return path('x'.repeat(bytes - path('').length));
}

const long = (characters: number) => {
  const soql = "SELECT Id, Name FROM Account WHERE Name != ''";
  return soql.replace("''", `'${'x'.repeat(characters - soql.length)}'`);
};
const subrequest = (soql: string, referenceId = 'query', resource = 'query') => {
  return { method: 'GET', url: `/services/data/v66.0/${resource}?q=${encodeURIComponent(soql)}`, referenceId };
};

describe('a call that is longer than Salesforce takes', () => {
  it('is refused with 414 for its address and with 431 for address and headers together, and costs nothing', async (t) => {
    const { sf, call } = await startClient(t);
    assert.equal((await call('GET', queryPath(15_000))).status, 200);
    const used = sf.org.counters().dataRequests;
    const wide = await call('GET', queryPath(16_300));
    assert.equal(wide.status, 431);
    assert.match(wide.text, /Bad Message 431.*Request Header Fields Too Large/);
    assert.equal((await call('GET', queryPath(16_384))).status, 431);
    const longer = await call('GET', queryPath(16_385));
    assert.equal(longer.status, 414);
    assert.match(longer.text, /Bad Message 414.*URI Too Long/);
    assert.equal((await call('GET', 'limits', undefined, { 'x-wide': 'x'.repeat(16_384) })).status, 431);
    assert.equal(sf.org.counters().dataRequests, used);
    assert.equal(sf.calls().at(-1)?.status, 431);
  });

  it('goes into a composite, whose queries give what they give by themselves, page by page', async (t) => {
    const client = await startClient(t, { org: { queryPage: 200 } });
    client.sf.org.insert(
      'Account',
      Array.from({ length: 450 }, (_, n) => ({ Name: `Account ${n}` })),
    );
    const soql = long(30_000);
    const used = client.sf.org.counters().dataRequests;
    const { status, json } = await client.call('POST', 'composite', { compositeRequest: [subrequest(soql)] });
    assert.equal(status, 200);
    const [{ httpStatusCode, referenceId, body }] = json.compositeResponse;
    assert.deepEqual([httpStatusCode, referenceId, body.totalSize, body.done], [200, 'query', 450, false]);
    const records = [...body.records];
    for (let next = body.nextRecordsUrl; next !== undefined; ) {
      const page = (await client.call('GET', next)).json;
      records.push(...page.records);
      next = page.nextRecordsUrl;
    }
    assert.equal(client.sf.org.counters().dataRequests - used, 3);
    assert.deepEqual(records, await client.query("SELECT Id, Name FROM Account WHERE Name != 'x'"));
  });

  it('has a status of its own for each of its calls', async (t) => {
    const { call } = await startClient(t);
    const compositeRequest = [
      ...[subrequest('SELECT Nope FROM Account', 'bad'), subrequest('SELECT Id FROM Account', 'all', 'queryAll')],
      { method: 'GET', url: '/services/data/v66.0/sobjects/Account/001000000000001', referenceId: 'gone' },
    ];
    const { status, json } = await call('POST', 'composite', { compositeRequest });
    assert.equal(status, 200);
    const told = json.compositeResponse.map(({ referenceId, httpStatusCode, body }: Json) => [
      ...[referenceId, httpStatusCode, body[0]?.errorCode],
    ]);
    assert.deepEqual(told, [
      ['bad', 400, 'INVALID_FIELD'],
      ['all', 200, undefined],
      ['gone', 404, 'NOT_FOUND'],
    ]);
  });

  it('is refused as a whole where it is too many, or writes', async (t) => {
    const { call } = await startClient(t);
    const ids = (count: number) => Array.from({ length: count }, (_, n) => `call${n}`);
    const queries = (count: number) => ids(count).map((id) => subrequest('SELECT Id FROM Account', id));
    const describes = (count: number) =>
      ids(count).map((referenceId) => ({ method: 'GET', url: '/services/data/v66.0/sobjects', referenceId }));
    const statusOf = async (compositeRequest: unknown) =>
      (await call('POST', 'composite', { compositeRequest })).status;
    assert.equal(await statusOf(queries(5)), 200);
    assert.equal(await statusOf(queries(6)), 400);
    assert.equal(await statusOf(describes(25)), 200);
    assert.equal(await statusOf(describes(26)), 400);
    assert.equal(await statusOf([{ ...subrequest('SELECT Id FROM Account'), method: 'POST' }]), 400);
    assert.equal(await statusOf([subrequest('SELECT Id FROM Account', 'not a name')]), 400);
    assert.equal(await statusOf([{ method: 'GET', url: '/services/data/v66.0/composite', referenceId: 'a' }]), 400);
    assert.equal((await call('GET', 'composite')).status, 405);
  });

  it('may have a query of 100,000 characters and no longer one', async (t) => {
    const { call } = await startClient(t);
    const askIt = async (soql: string) =>
      (await call('POST', 'composite', { compositeRequest: [subrequest(soql)] })).json.compositeResponse[0];
    assert.equal((await askIt(long(100_000))).httpStatusCode, 200);
    const { httpStatusCode, body } = await askIt(long(100_001));
    assert.deepEqual([httpStatusCode, body[0].errorCode], [400, 'MALFORMED_QUERY']);
    assert.match(body[0].message, /100000 characters/);
  });
});
