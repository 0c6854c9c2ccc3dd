import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Client, startClient } from './client.ts';

const idOf = (n: number): string => `0010000000${String(n).padStart(5, '0')}`;
const update = { object: 'Account', operation: 'update' };
const csv = { 'content-type': 'text/csv' };

async function accounts(t: TestContext, count: number): Promise<Client> {
  const client = await startClient(t);
  client.sf.org.insert(
    'Account',
    Array.from({ length: count }, (_, i) => ({ Id: idOf(i), Name: `Company ${i}`, Site: 'old' })),
  );
  return client;
}

function lines(count: number, value: (n: number) => string): string {
  return ['Id,Site', ...Array.from({ length: count }, (_, i) => `${idOf(i)},${value(i)}`), ''].join('\n');
}

describe('Bulk ingest', () => {
  it('answers for every row: written, failed or not processed', async (t) => {
    const { sf, ingest, csv: read } = await accounts(t, 450);
    const job = await ingest(
      update,
      lines(450, (n) => (n % 100 === 7 ? 'x'.repeat(99) : `site ${n}`)),
    );
    assert.deepEqual([job.state, job.numberRecordsProcessed, job.numberRecordsFailed], ['JobComplete', 450, 5]);
    const good = await read(`jobs/ingest/${job.id}/successfulResults`);
    const bad = await read(`jobs/ingest/${job.id}/failedResults`);
    assert.equal(good.length, 445);
    assert.deepEqual(good[0], { sf__Id: `${idOf(0)}AAA`, sf__Created: 'false', Id: idOf(0), Site: 'site 0' });
    assert.deepEqual(
      bad.map(({ Id }) => Id),
      [407, 307, 207, 107, 7].map(idOf),
    );
    assert.match(bad[0]?.sf__Error ?? '', /^STRING_TOO_LONG:Site: data value too large: x+ \(max length=80\):Site --$/);
    assert.deepEqual(await read(`jobs/ingest/${job.id}/unprocessedrecords`), []);
    assert.deepEqual(sf.org.counters().triggers, { Account: 3 });
    assert.equal(sf.org.counters().assignmentRules, 0);
  });

  it('does nothing before it is closed', async (t) => {
    const { sf, call } = await accounts(t, 1);
    const { json: job } = await call('POST', 'jobs/ingest', update);
    assert.equal(job.state, 'Open');
    assert.equal(job.contentUrl, `services/data/v66.0/jobs/ingest/${job.id}/batches`);
    await call(
      'PUT',
      `jobs/ingest/${job.id}/batches`,
      lines(1, () => 'new'),
      csv,
    );
    const { json: later } = await call('GET', `jobs/ingest/${job.id}`);
    assert.equal(later.state, 'Open');
    assert.equal(sf.org.get('Account', idOf(0))?.Site, 'old');
    const { json: list } = await call('GET', 'jobs/ingest');
    assert.deepEqual(
      list.records.map(({ id, state }: { id: string; state: string }) => [id, state]),
      [[job.id, 'Open']],
    );
  });

  it('leaves a field that is empty in the file as it is, and clears it at #N/A', async (t) => {
    const { sf, ingest } = await accounts(t, 3);
    await ingest(
      update,
      lines(3, (n) => ['', '#N/A', '"a, ""b"""'][n] ?? ''),
    );
    assert.deepEqual(
      sf.org.rows('Account', { orderBy: 'Id' }).map(({ Site }) => Site),
      ['old', null, 'a, "b"'],
    );
  });

  it('fails as a whole for a column that is not there, and hands all rows back', async (t) => {
    const { ingest, csv: read } = await accounts(t, 2);
    const job = await ingest(update, 'Id,Nope__c\n001000000000000,1\n001000000000001,2\n');
    assert.deepEqual([job.state, job.errorMessage], ['Failed', 'InvalidBatch : Field name not found : Nope__c']);
    assert.equal((await read(`jobs/ingest/${job.id}/unprocessedrecords`)).length, 2);
  });

  it('fails when lines end in another way than the job says', async (t) => {
    const { ingest } = await accounts(t, 1);
    const crlf = lines(1, () => 'x').replaceAll('\n', '\r\n');
    const said = 'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ';
    assert.equal((await ingest(update, crlf)).errorMessage, `${said}LF`);
    assert.equal(
      (
        await ingest(
          { ...update, lineEnding: 'CRLF' },
          lines(1, () => 'x'),
        )
      ).errorMessage,
      `${said}CRLF`,
    );
    assert.equal((await ingest({ ...update, lineEnding: 'CRLF' }, crlf)).state, 'JobComplete');
  });

  it('takes names of columns in any case, and a byte order mark', async (t) => {
    const { sf, ingest } = await accounts(t, 1);
    const job = await ingest(update, `\uFEFFid,SITE\n${idOf(0)},new\n`);
    assert.equal(job.state, 'JobComplete');
    assert.equal(sf.org.get('Account', idOf(0))?.Site, 'new');
  });

  it('takes one upload only, none once it is closed, and no deletion while it is open', async (t) => {
    const { call } = await accounts(t, 1);
    const { json: job } = await call('POST', 'jobs/ingest', update);
    const put = async () =>
      (
        await call(
          'PUT',
          `jobs/ingest/${job.id}/batches`,
          lines(1, () => 'x'),
          csv,
        )
      ).status;
    assert.equal(await put(), 201);
    assert.equal(await put(), 400);
    assert.equal((await call('DELETE', `jobs/ingest/${job.id}`)).status, 400);
    await call('PATCH', `jobs/ingest/${job.id}`, { state: 'Aborted' });
    assert.equal(await put(), 400);
    assert.equal(
      (await call('PATCH', `jobs/ingest/${job.id}`, { state: 'UploadComplete' })).json[0].errorCode,
      'INVALIDJOBSTATE',
    );
    assert.equal((await call('DELETE', `jobs/ingest/${job.id}`)).status, 204);
    assert.equal((await call('GET', `jobs/ingest/${job.id}`)).status, 404);
  });

  it('makes records, and makes or changes them by a key', async (t) => {
    const key = { object: 'Account', name: 'Key__c', type: 'string', length: 20, externalId: true } as const;
    const { sf, ingest, csv: read } = await startClient(t, { org: { customFields: [key] } });
    await ingest({ object: 'Account', operation: 'insert' }, 'Name,Key__c\nAcme,a\n');
    const job = await ingest(
      { object: 'Account', operation: 'upsert', externalIdFieldName: 'Key__c' },
      'Key__c,Name\na,Acme 2\nb,Bolt\n',
    );
    const results = await read(`jobs/ingest/${job.id}/successfulResults`);
    assert.deepEqual(
      results.map(({ sf__Created }) => sf__Created),
      ['false', 'true'],
    );
    assert.deepEqual(
      sf.org.rows('Account', { orderBy: 'Name' }).map(({ Name }) => Name),
      ['Acme 2', 'Bolt'],
    );
  });

  it('forgets a job after seven days', async (t) => {
    let now = Date.UTC(2026, 0, 1);
    const { call } = await startClient(t, { clock: () => now, org: { tokenLifeMs: 30 * 86_400_000 } });
    const { json: job } = await call('POST', 'jobs/ingest', update);
    now += 7 * 86_400_000 + 1;
    assert.equal((await call('GET', `jobs/ingest/${job.id}`)).status, 404);
  });
});
