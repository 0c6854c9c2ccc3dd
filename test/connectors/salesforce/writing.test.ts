import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { csvOfRows } from '../../../src/connectors/salesforce/csv-of-rows.ts';
import { csvRows } from '../../../src/connectors/salesforce/csv-rows.ts';
import { clientOf, rawSalesforce } from './raw-salesforce.ts';

const ids = [1, 2, 3].map((n) => `001${String(n).padStart(12, '0')}AAA`);
const [first = '', second = '', third = ''] = ids;
const jobId = '750000000000001AAA';

describe('rows for an upload', () => {
  it('keep every column, in whichever order and however many the rows carry them', () => {
    const rows = [
      { id: first, values: { Score: 90, Tier: null } },
      { id: second, values: { Tier: '2', Score: 50.5 } },
      { id: third, values: { Score: null, Tier: '' } },
    ];
    assert.equal(
      csvOfRows(['Score', 'Tier'], rows),
      `Id,Score,Tier\n${first},90,#N/A\n${second},50.5,2\n${third},#N/A,#N/A\n`,
    );
  });

  it('are refused where one lacks a column or has one too many', () => {
    assert.throws(() => csvOfRows(['Score', 'Tier'], [{ id: first, values: { Score: 1 } }]), {
      ...{ code: 'crm_stop', message: /^Tier needs text, a number, true, false or null, got undefined/ },
    });
    const rows = [{ id: first, values: { Score: 1, Tier: '1' } }];
    assert.throws(() => csvOfRows(['Score'], rows), {
      code: 'crm_stop',
      message: /has Tier, which is none of the columns/,
    });
  });

  it('are refused with what is no value, in a job and in a collection', async () => {
    const server = await rawSalesforce(() => false);
    const { crm } = clientOf(server.url);
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, new Date(0), { a: 1 }, undefined]) {
      const values = JSON.parse('{}');
      values.Score = odd;
      assert.throws(() => csvOfRows(['Score'], [{ id: first, values }]), {
        code: 'crm_stop',
        message: /nothing was sent/,
      });
      await assert.rejects(crm.writer.update('Account', [{ id: first, values }]), { code: 'crm_stop' });
      await assert.rejects(crm.writer.setLeadStatus(first, values), { code: 'crm_stop' });
    }
    assert.deepEqual(server.seen, []);
    await server.close();
  });

  it('come back from a reader of CSV as they went, whatever the text has in it', async () => {
    const text = fc.string({ minLength: 1, unit: 'binary' }).filter((one) => one !== '#N/A');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { maxLength: 20 }), async (pairs) => {
        const rows = pairs.map(([Reason, Segment]) => ({ id: first, values: { Reason, Segment } }));
        const read = await Array.fromAsync(csvRows(Buffer.from(csvOfRows(['Reason', 'Segment'], rows))));
        assert.deepEqual(
          read.slice(1),
          pairs.map(([reason, segment]) => [first, reason, segment]),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('are refused above 100 MB', () => {
    const long = 'x'.repeat(30_000);
    const rows = Array.from({ length: 4_000 }, () => ({ id: first, values: { Reason: long } }));
    assert.throws(() => csvOfRows(['Reason'], rows), { code: 'crm_stop', message: /at most 100 MB/ });
  });
});

describe('writing Salesforce', () => {
  it('says of each row of a collection what became of it, in words', async () => {
    const server = await rawSalesforce((came) => {
      if (came.path !== '/composite/sobjects') return false;
      const { allOrNone, records } = JSON.parse(came.body);
      assert.equal(allOrNone, false);
      assert.deepEqual(records[0], { attributes: { type: 'Account' }, id: first, Tier: '1', Reason: null });
      const failed = (statusCode: string, message: string, fields: string[]) => ({
        success: false,
        errors: [{ statusCode, message, fields }],
      });
      return came.json([
        { id: first, success: true, errors: [] },
        failed('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access', []),
        failed('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Only\n managers', ['Tier']),
      ]);
    });
    const { crm } = clientOf(server.url);
    const values = { Tier: '1', Reason: null };
    assert.deepEqual(
      await crm.writer.update(
        'Account',
        ids.map((id) => ({ id, values })),
      ),
      [
        { id: first, failure: null },
        {
          id: second,
          failure: {
            ...{ code: 'UNABLE_TO_LOCK_ROW', kind: 'retry', fields: [] },
            message: 'somebody else was writing the record (unable to obtain exclusive access)',
          },
        },
        {
          id: third,
          failure: {
            ...{ code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', kind: 'set aside', fields: ['Tier'] },
            message: 'a validation rule of the org refused it (Only managers)',
          },
        },
      ],
    );
    const many = Array.from({ length: 201 }, () => ({ id: first, values }));
    await assert.rejects(crm.writer.update('Account', many), { code: 'crm_stop', message: /at most 200 rows/ });
    await server.close();
  });

  it('says what is left of the calls of the org, or of this app where that is less', async () => {
    const server = await rawSalesforce((came) => {
      if (came.path !== '/limits') return false;
      const perApp = came.before === 0 ? '' : '; per-app-api-usage=17/250(appName=lodestar)';
      came.response.setHeader('Sforce-Limit-Info', `api-usage=1000/5000${perApp}`);
      return came.json({ DailyApiRequests: { Max: 5_000, Remaining: 4_000 } });
    });
    const { crm } = clientOf(server.url);
    assert.deepEqual(await crm.writer.budget(), { most: 5_000, left: 4_000 });
    assert.deepEqual(await crm.writer.budget(), { most: 250, left: 233 });
    await server.close();
  });

  it('refuses answers for fewer rows than were sent', async () => {
    const server = await rawSalesforce((came) => (came.path === '/composite/sobjects' ? came.json([]) : false));
    const { crm } = clientOf(server.url);
    const rows = [{ id: first, values: { Tier: '1' } }];
    await assert.rejects(crm.writer.update('Account', rows), {
      code: 'crm_retry',
      message: /sent 1 rows and answered for 0/,
    });
    await server.close();
  });

  it('reads the three result files of a job, each row with its reason', async () => {
    const server = await rawSalesforce((came) => {
      if (came.path.endsWith('/successfulResults'))
        return came.csv(`"sf__Id","sf__Created","Id","Reason"\n"${first}","false","${first}","a ""b"",\nc"\n`);
      if (came.path.endsWith('/failedResults'))
        return came.before === 0
          ? came.csv('"sf__Id","sf__Error","Id"\n"x","STRING')
          : came.csv(
              `"sf__Id","sf__Error","Id"\n"${second}","STRING_TOO_LONG:ICP Reasons: data value too large: abc (max length=255):Reason --","${second}"\n`,
            );
      if (came.path.endsWith('/unprocessedrecords')) return came.csv(`"Id","Reason"\n"${third}","z"\n`);
      return false;
    });
    const { crm } = clientOf(server.url);
    assert.deepEqual(await crm.writer.jobs.results(jobId), {
      results: [
        { id: first, failure: null },
        {
          id: second,
          failure: {
            ...{ code: 'STRING_TOO_LONG', kind: 'set aside', fields: ['Reason'] },
            message: 'the text is longer than the field (ICP Reasons: data value too large: abc (max length=255))',
          },
        },
      ],
      unprocessed: [third],
    });
    assert.equal(server.count(`GET /jobs/ingest/${jobId}/failedResults`), 2, 'a file that was cut is read again');
    await server.close();
  });

  it('finds jobs of its own that were left open, and no others', async () => {
    const of = (n: number, more: object) => ({
      ...{ id: `75000000000000${n}AAA`, state: 'Open', createdById: '005000000000001AAA' },
      ...{ createdDate: '2026-11-22T09:59:00.000+0000', object: 'Account', operation: 'update', ...more },
    });
    const server = await rawSalesforce((came) => {
      if (came.path !== '/jobs/ingest') return false;
      if (came.query.has('queryLocator')) return came.json({ done: true, records: [of(5, {})], nextRecordsUrl: null });
      const records = [
        of(1, {}),
        of(2, { state: 'JobComplete' }),
        of(3, { createdById: '005000000000002AAA' }),
        of(4, { createdDate: '2026-11-20T00:00:00.000+0000' }),
        of(6, { object: 'Contact' }),
        of(7, { operation: 'insert' }),
      ];
      return came.json({ done: false, records, nextRecordsUrl: '/services/data/v66.0/jobs/ingest?queryLocator=x' });
    });
    const { crm } = clientOf(server.url);
    const open = await crm.writer.jobs.open(Date.parse('2026-11-22T00:00:00Z'), 'Account');
    assert.deepEqual(
      open.map(({ id }) => id),
      [of(1, {}).id, of(5, {}).id],
    );
    await server.close();
  });

  it('knows a job that is gone, and one that had moved on before it was told to', async () => {
    let state = 'Open';
    const server = await rawSalesforce((came) => {
      if (came.path !== `/jobs/ingest/${jobId}`) return false;
      if (came.method === 'GET') return came.json({ id: jobId, state });
      if (state !== 'Open') return came.refuse(400, 'INVALIDJOBSTATE', `cannot move from ${state}`);
      state = 'UploadComplete';
      return came.response.socket?.destroy();
    });
    const { crm } = clientOf(server.url);
    const { jobs } = crm.writer;
    assert.equal((await jobs.state('750000000000099AAA')).state, 'gone');
    await jobs.close(jobId);
    assert.equal(state, 'UploadComplete');
    await assert.rejects(jobs.abort(jobId), { code: 'crm_stop', message: /cannot move from UploadComplete/ });
    await jobs.abort('750000000000099AAA');
    await assert.rejects(jobs.close('750000000000099AAA'), { code: 'crm_stop' });
    await assert.rejects(jobs.state('../limits'), { code: 'crm_stop', message: /needs an id/ });
    await server.close();
  });

  it('sets the status of a lead, and tells a refusal of the lead from one of the request', async () => {
    const server = await rawSalesforce((came) => {
      if (came.path === `/sobjects/Lead/${first}`) return came.response.writeHead(204).end();
      if (came.path === `/sobjects/Lead/${second}`)
        return came.refuse(400, 'CANNOT_UPDATE_CONVERTED_LEAD', 'converted');
      if (came.path === `/sobjects/Lead/${third}`) return came.refuse(400, 'INVALID_FIELD', "No such column 'X'");
      return false;
    });
    const { crm } = clientOf(server.url);
    const values = { Status: 'Working' };
    assert.deepEqual(await crm.writer.setLeadStatus(first, values), { id: first, failure: null });
    const { failure } = await crm.writer.setLeadStatus(second, values);
    assert.deepEqual([failure?.kind, failure?.message], ['set aside', 'the lead was converted (converted)']);
    await assert.rejects(crm.writer.setLeadStatus(third, values), {
      ...{ code: 'crm_stop', message: /No such column 'X'.*deploy the folder salesforce/ },
    });
    await server.close();
  });
});
