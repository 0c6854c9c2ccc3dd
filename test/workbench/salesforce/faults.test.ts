import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FaultRule } from '../../../src/workbench/salesforce/faults/faults.ts';
import { type Client, connect, startClient } from './client.ts';

async function statuses({ call }: Client, count: number): Promise<number[]> {
  const seen: number[] = [];
  for (let i = 0; i < count; i += 1) seen.push((await call('GET', 'limits')).status);
  return seen;
}

describe('faults of the local Salesforce', () => {
  it('strike so many calls, from a certain one on, that fit a pattern', async (t) => {
    const client = await startClient(t);
    client.sf.plan({ rules: [{ fault: { kind: 'status', status: 503 }, on: '^GET .*/limits', after: 1, times: 2 }] });
    assert.equal((await client.call('GET', 'sobjects')).status, 200);
    assert.deepEqual(await statuses(client, 5), [200, 503, 503, 200, 200]);
    assert.deepEqual(
      client.sf
        .calls()
        .map(({ fault }) => fault)
        .filter((fault) => fault !== null),
      ['status', 'status'],
    );
  });

  it('strike by chance, the same for the same seed', async (t) => {
    const client = await startClient(t);
    const rules: FaultRule[] = [{ fault: { kind: 'status', status: 429 }, probability: 0.5 }];
    client.sf.plan({ clear: true, seed: 7, rules });
    const first = await statuses(client, 30);
    client.sf.plan({ clear: true, seed: 7, rules });
    assert.deepEqual(await statuses(client, 30), first);
    const struck = first.filter((status) => status === 429).length;
    assert.ok(struck > 5 && struck < 25, `${struck} of 30`);
  });

  it('say that the session or the daily limit is at its end', async (t) => {
    const client = await startClient(t);
    client.sf.plan({
      rules: [
        { fault: { kind: 'limit' }, times: 1 },
        { fault: { kind: 'unauthorized' }, times: 1 },
      ],
    });
    const limit = await client.call('GET', 'limits');
    assert.deepEqual([limit.status, limit.json[0].errorCode], [403, 'REQUEST_LIMIT_EXCEEDED']);
    const session = await client.call('GET', 'limits');
    assert.deepEqual([session.status, session.json[0].errorCode], [401, 'INVALID_SESSION_ID']);
    assert.equal((await client.call('GET', 'limits')).status, 200);
  });

  it('end every token that is out', async (t) => {
    const client = await startClient(t);
    client.sf.plan({ expireTokens: true });
    assert.equal((await client.call('GET', 'limits')).status, 401);
    assert.equal((await (await connect(client.sf)).call('GET', 'limits')).status, 200);
  });

  it('lose the answer after the work is done, or the call before it', async (t) => {
    const { sf, call } = await startClient(t);
    sf.org.insert('Account', [{ Id: '001000000000001', Name: 'Acme' }]);
    sf.plan({
      rules: [
        { fault: { kind: 'lose' }, on: 'PATCH', times: 1 },
        { fault: { kind: 'reset' }, on: 'PATCH', times: 1 },
      ],
    });
    await assert.rejects(call('PATCH', 'sobjects/Account/001000000000001', { Name: 'One' }));
    assert.equal(sf.org.get('Account', '001000000000001')?.Name, 'One');
    await assert.rejects(call('PATCH', 'sobjects/Account/001000000000001', { Name: 'Two' }));
    assert.equal(sf.org.get('Account', '001000000000001')?.Name, 'One');
    assert.deepEqual(
      sf.calls().map(({ status }) => status),
      [200, null, null],
    );
  });

  it('cut a body off, answer with a page, and drip', async (t) => {
    const { sf, call } = await startClient(t);
    const whole = (await call('GET', 'sobjects')).text;
    sf.plan({
      rules: [
        { fault: { kind: 'cut', bytes: 100 }, times: 1 },
        { fault: { kind: 'html' }, times: 1 },
        { fault: { kind: 'drip', bytes: 4000, everyMs: 1 }, times: 1 },
      ],
    });
    await assert.rejects(call('GET', 'sobjects'));
    const page = await call('GET', 'sobjects');
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-type') ?? '', /html/);
    assert.equal((await call('GET', 'sobjects')).text, whole);
  });

  it('stall for ever, or for a while before the work is done', async (t) => {
    const { sf, token, call } = await startClient(t);
    sf.plan({
      rules: [
        { fault: { kind: 'stall' }, times: 1 },
        { fault: { kind: 'stall', ms: 20 }, times: 1 },
      ],
    });
    const headers = { authorization: `Bearer ${token}` };
    const signal = AbortSignal.timeout(60);
    await assert.rejects(fetch(`${sf.url}/services/data/v66.0/limits`, { headers, signal }), { name: 'TimeoutError' });
    assert.equal((await call('GET', 'limits')).status, 200);
  });

  it('hold records for a number of attempts', async (t) => {
    const { sf, call } = await startClient(t);
    sf.org.insert('Account', [{ Id: '001000000000001', Name: 'Acme' }]);
    sf.plan({ locks: [{ ids: ['001000000000001AAA'], times: 2 }] });
    const patch = async () =>
      (await call('PATCH', 'sobjects/Account/001000000000001', { Name: 'x' })).json?.[0].errorCode;
    assert.deepEqual(
      [await patch(), await patch(), await patch()],
      ['UNABLE_TO_LOCK_ROW', 'UNABLE_TO_LOCK_ROW', undefined],
    );
  });

  it('fail a job behind some rows and hand the rest back', async (t) => {
    const { sf, ingest, csv } = await startClient(t);
    const id = (n: number): string => `0010000000${String(n).padStart(5, '0')}`;
    sf.org.insert(
      'Account',
      Array.from({ length: 500 }, (_, i) => ({ Id: id(i), Name: 'x' })),
    );
    sf.plan({ jobs: { failAfterRows: 250 } });
    const file = ['Id,Name', ...Array.from({ length: 500 }, (_, i) => `${id(i)},new`), ''].join('\n');
    const job = await ingest({ object: 'Account', operation: 'update' }, file);
    assert.deepEqual([job.state, job.numberRecordsProcessed], ['Failed', 250]);
    assert.equal((await csv(`jobs/ingest/${job.id}/successfulResults`)).length, 250);
    const rest = await csv(`jobs/ingest/${job.id}/unprocessedrecords`);
    assert.deepEqual(
      rest.map(({ Id }) => Id),
      Array.from({ length: 250 }, (_, i) => id(i + 250)),
    );
    assert.equal(sf.org.count('Account', "Name = 'new'"), 250);
    assert.equal((await ingest({ object: 'Account', operation: 'update' }, file)).state, 'JobComplete');
  });

  it('keep a job from its end until it is let go or aborted', async (t) => {
    const { sf, call } = await startClient(t);
    sf.org.insert('Account', [{ Id: '001000000000001', Name: 'Acme' }]);
    sf.plan({ jobs: { neverComplete: true } });
    const { json: job } = await call('POST', 'jobs/ingest', { object: 'Account', operation: 'update' });
    const path = `jobs/ingest/${job.id}`;
    await call('PUT', `${path}/batches`, 'Id,Name\n001000000000001,new\n', { 'content-type': 'text/csv' });
    await call('PATCH', path, { state: 'UploadComplete' });
    while (sf.org.get('Account', '001000000000001')?.Name !== 'new') await call('GET', path);
    assert.equal((await call('GET', path)).json.state, 'InProgress');
    assert.equal((await call('DELETE', path)).status, 400);
    assert.equal((await call('GET', `${path}/successfulResults`)).status, 400);
    sf.plan({ jobs: { neverComplete: false } });
    while ((await call('GET', path)).json.state === 'InProgress');
    assert.equal((await call('GET', path)).json.state, 'JobComplete');
  });

  it('cut a page of Bulk results short without a word', async (t) => {
    const { sf, call } = await startClient(t);
    sf.org.insert(
      'Account',
      Array.from({ length: 20 }, (_, i) => ({ Name: `${i}` })),
    );
    const { json } = await call('POST', 'jobs/query', { operation: 'query', query: 'SELECT Id FROM Account' });
    while ((await call('GET', `jobs/query/${json.id}`)).json.state !== 'JobComplete');
    sf.plan({ rules: [{ fault: { kind: 'truncate', rows: 5 }, on: '/results', times: 1 }] });
    const { text, headers } = await call('GET', `jobs/query/${json.id}/results`);
    assert.equal(text.trim().split('\n').length, 6);
    assert.equal(headers.get('sforce-numberofrecords'), '20');
  });

  it('show records later than their SystemModstamp says', async (t) => {
    let now = Date.UTC(2026, 0, 1);
    const { sf, query } = await startClient(t, { clock: () => now });
    sf.plan({ lateRows: { object: 'Account', byMs: 60_000 } });
    sf.org.insert('Account', [{ Name: 'Late' }]);
    now += 30_000;
    assert.deepEqual(await query('SELECT Id FROM Account'), []);
    now += 30_000;
    const [found] = await query('SELECT Id, SystemModstamp FROM Account');
    assert.equal(found.SystemModstamp, '2026-01-01T00:00:00.000+0000');
  });

  it('are planned over HTTP too, and a plan that is none is refused', async (t) => {
    const client = await startClient(t);
    const plan = (body: unknown) => client.call('POST', '/control/salesforce/faults', body);
    assert.equal((await plan({ rules: [{ fault: { kind: 'status', status: 500 }, times: 1 }] })).status, 200);
    assert.deepEqual(await statuses(client, 2), [500, 200]);
    assert.equal((await plan({ rules: [{ fault: { kind: 'earthquake' } }] })).status, 400);
    assert.equal((await plan({ rule: [] })).status, 400);
    assert.equal((await client.call('GET', '/control/salesforce/counters')).json.dataRequests, 1);
  });
});
