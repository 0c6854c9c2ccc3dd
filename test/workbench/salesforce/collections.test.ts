import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Json, startClient } from './client.ts';

const row = (Id: string, values: Json): Json => ({ attributes: { type: 'Account' }, Id, ...values });
const idOf = (n: number): string => `0010000000${String(n).padStart(5, '0')}`;

async function accounts(t: TestContext, count: number) {
  const client = await startClient(t);
  client.sf.org.insert(
    'Account',
    Array.from({ length: count }, (_, i) => ({ Id: idOf(i), Name: `Company ${i}` })),
  );
  return client;
}

describe('collections', () => {
  it('write each record on its own and answer in the same order', async (t) => {
    const { sf, call } = await accounts(t, 3);
    const records = [row(idOf(0), { Site: 'a' }), row(idOf(1), { Site: 'x'.repeat(99) }), row(idOf(2), { Site: 'c' })];
    const { status, json } = await call('PATCH', 'composite/sobjects', { records });
    assert.equal(status, 200);
    assert.deepEqual(
      json.map(({ success }: Json) => success),
      [true, false, true],
    );
    assert.equal(json[1].errors[0].statusCode, 'STRING_TOO_LONG');
    assert.deepEqual(json[1].errors[0].fields, ['Site']);
    assert.deepEqual(
      sf.org.rows('Account', { orderBy: 'Id' }).map(({ Site }) => Site),
      ['a', null, 'c'],
    );
  });

  it('write all or none when asked to', async (t) => {
    const { sf, call } = await accounts(t, 2);
    const records = [row(idOf(0), { Site: 'a' }), row('001000000099999', { Site: 'b' })];
    const { json } = await call('PATCH', 'composite/sobjects', { allOrNone: true, records });
    assert.equal(json[0].errors[0].statusCode, 'ALL_OR_NONE_OPERATION_ROLLED_BACK');
    assert.equal(json[1].errors[0].statusCode, 'INVALID_CROSS_REFERENCE_KEY');
    assert.equal(sf.org.get('Account', idOf(0))?.Site, null);
    assert.equal(sf.org.counters().updates, 0);
  });

  it('take 200 records and run triggers once for them; 201 are refused', async (t) => {
    const { sf, call } = await accounts(t, 201);
    const records = Array.from({ length: 201 }, (_, i) => row(idOf(i), { Site: 'x' }));
    const { status, json } = await call('PATCH', 'composite/sobjects', { records });
    assert.deepEqual([status, json[0].errorCode], [400, 'EXCEEDED_ID_LIMIT']);
    await call('PATCH', 'composite/sobjects', { records: records.slice(0, 200) });
    assert.deepEqual(sf.org.counters().triggers, { Account: 1 });
    assert.equal(sf.org.counters().updates, 200);
    assert.equal(sf.org.updatesOf('Account', idOf(0)), 1);
  });

  it('run assignment rules unless the header says not to', async (t) => {
    const { sf, call } = await accounts(t, 1);
    const records = [row(idOf(0), { Site: 'x' })];
    await call('PATCH', 'composite/sobjects', { records }, { 'sforce-auto-assign': 'FALSE' });
    assert.equal(sf.org.counters().assignmentRules, 0);
    await call('PATCH', 'composite/sobjects', { records });
    assert.equal(sf.org.counters().assignmentRules, 1);
  });

  it('make, delete and read records', async (t) => {
    const { sf, call } = await accounts(t, 1);
    const made = await call('POST', 'composite/sobjects', {
      records: [{ attributes: { type: 'Account' }, Name: 'New' }],
    });
    const [{ id }] = made.json;
    const ids = [id, '001000000099999', idOf(0)];
    const read = await call('POST', 'composite/sobjects/Account', { ids, fields: ['Name'] });
    assert.deepEqual(
      read.json.map((record: Json) => record?.Name ?? null),
      ['New', null, 'Company 0'],
    );
    const gone = await call('DELETE', `composite/sobjects?ids=${id},${idOf(0)}`);
    assert.deepEqual(
      gone.json.map(({ success }: Json) => success),
      [true, true],
    );
    assert.equal(sf.org.count('Account'), 0);
  });

  it('refuse ids of another object and ids that are none', async (t) => {
    const { call } = await accounts(t, 0);
    const records = [row('003000000000001', { Site: 'x' }), row('nonsense', { Site: 'x' })];
    const { json } = await call('PATCH', 'composite/sobjects', { records });
    assert.deepEqual(
      json.map(({ errors }: Json) => errors[0].statusCode),
      ['MALFORMED_ID', 'MALFORMED_ID'],
    );
  });
});
