import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { CrmPlace, CrmRecord, CrmUpdate } from '../../../src/connectors/crm.ts';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import type { SalesforceDeps, SalesforceSettings } from '../../../src/connectors/salesforce/settings.ts';
import { overrideFields, type PublishedField, publishedFields } from '../../../src/icp/publishing/published-fields.ts';
import { type LocalSalesforce, startLocalSalesforce } from '../../../src/workbench/salesforce/local-salesforce.ts';
import type { CustomField } from '../../../src/workbench/salesforce/org/options.ts';
import { silent } from './raw-salesforce.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  ...{ modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' } },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** A field as the folder `salesforce/` deploys it. */
function deployed(object: string, { name, label, kind }: PublishedField, updateable: boolean): CustomField {
  const type = (
    { number: 'double', text: 'string', checkbox: 'boolean', datetime: 'datetime', picklist: 'picklist' } as const
  )[kind.type];
  return {
    ...{ object, name, label, type, updateable },
    ...(kind.type === 'number' ? { precision: kind.precision, scale: kind.scale } : {}),
    ...(kind.type === 'text' ? { length: kind.length } : {}),
    ...(kind.type === 'picklist' ? { picklist: kind.values } : {}),
  };
}

const customFields = ['Account', 'Lead', 'Contact'].flatMap((object) => [
  ...publishedFields.map((field) => deployed(object, field, true)),
  ...overrideFields.map((field) => deployed(object, field, false)),
]);
const idOf = (n: number) => `001${String(n).padStart(12, '0')}`;
const accounts = 3_000;
const columns = ['ICP_Score__c', 'ICP_Tier__c', 'ICP_Reasons__c', 'ICP_Detractor__c'];

let local: LocalSalesforce;
let ids: string[];

function client(deps: Partial<SalesforceDeps> = {}, auth?: SalesforceSettings['auth']) {
  const { clientId, clientSecret } = local.options;
  const settings = {
    loginUrl: local.url,
    auth: auth ?? ({ kind: 'client credentials', clientId, clientSecret } as const),
  };
  // Faults are many and waiting teaches nothing: waits are short here, and their length is tested elsewhere.
  const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms / 100));
  return openSalesforce(settings, { log: silent, now: Date.now, sleep, ...deps });
}

function plannedRows(seed: number): CrmUpdate[] {
  return ids.map((id, n) => ({
    id,
    values: {
      ICP_Score__c: n % 7 === 0 ? null : ((n * 7 + seed) % 1000) / 10,
      ICP_Tier__c: (['1', '2', '3', null] as const)[(n + seed) % 4] ?? null,
      ICP_Reasons__c: n % 5 === 0 ? null : `base 40, "size" +${n},\n${seed}`,
      ICP_Detractor__c: (n + seed) % 3 === 0,
    },
  }));
}

/** What the org has, beside what was planned. */
function assertHolds(rows: readonly CrmUpdate[]): void {
  for (const { id, values } of rows) {
    const record = local.org.get('Account', id);
    assert.deepEqual(Object.fromEntries(columns.map((field) => [field, record?.[field]])), { ...values });
  }
}

before(async () => {
  local = await startLocalSalesforce({ org: { customFields, publicKey, queryPage: 200 } });
  const at = Date.parse('2026-01-01T00:00:00Z');
  local.org.insert(
    'Account',
    Array.from({ length: accounts }, (_, n) => ({
      ...{ Id: idOf(n), Name: `Account ${n}, "Ltd"`, NumberOfEmployees: n % 3 === 0 ? null : n },
      ...{
        CreatedDate: new Date(at).toISOString(),
        SystemModstamp: new Date(at + Math.floor(n / 450) * 1000).toISOString(),
      },
    })),
  );
  ids = local.org.rows('Account', { orderBy: 'SystemModstamp, Id', limit: accounts }).map(({ Id }) => String(Id));
});
after(() => local.close());
beforeEach(() => local.plan({ clear: true }));

async function changes(crm: ReturnType<typeof client>, from: CrmPlace | null) {
  return Array.fromAsync(
    crm.reader.changed('Account', { fields: ['Name', 'NumberOfEmployees', 'Owner.IsActive'], after: from }),
  );
}

/** A record with its dates as instants: REST and Bulk write them differently. */
const plain = ({ SystemModstamp, ...record }: CrmRecord): CrmRecord => ({
  ...record,
  modstamp: Date.parse(String(SystemModstamp)),
});

describe('the client on a local Salesforce', () => {
  it('signs in either way, and knows which org it is', async () => {
    const { clientId, username } = local.options;
    for (const crm of [client(), client({}, { kind: 'jwt', clientId, username, privateKey })]) {
      const org = await crm.org();
      assert.deepEqual([org.id, org.setting, org.url], [local.org.id, 'local', local.url]);
      assert.ok((await crm.writer.budget()).left > 0);
    }
    const wrong = client({}, { kind: 'client credentials', clientId, clientSecret: 'no' });
    await assert.rejects(wrong.org(), { code: 'crm_signed_out', message: /SF_CLIENT_SECRET/ });
  });

  it('finds everything there where the folder was deployed, and names each thing that is not', async () => {
    assert.deepEqual(await client().writer.missing(['Account', 'Lead', 'Contact']), []);
    const bare = await startLocalSalesforce({
      org: {
        customFields: customFields
          .filter(({ name }) => name !== 'ICP_Pain__c')
          .map((field) =>
            field.name === 'ICP_Score__c'
              ? { ...field, updateable: false }
              : field.name === 'ICP_Override__c'
                ? { ...field, readable: false }
                : field,
          ),
      },
    });
    const { clientId, clientSecret } = bare.options;
    const crm = openSalesforce(
      { loginUrl: bare.url, auth: { kind: 'client credentials', clientId, clientSecret } },
      { log: silent, now: Date.now },
    );
    const missing = await crm.writer.missing(['Lead']);
    assert.deepEqual(
      missing.map(({ field }) => field),
      ['ICP_Score__c', 'ICP_Pain__c', 'ICP_Override__c'],
    );
    await bare.close();
  });

  it('reads the same by REST and by a job, in order, and goes on behind any page', async () => {
    const byRest = await changes(client({ bulkAbove: accounts }), null);
    const byJob = await changes(client({ bulkAbove: 100, jobPage: 700 }), null);
    const records = byRest.flatMap((page) => page.records.map(plain));
    assert.deepEqual(
      byJob.flatMap((page) => page.records.map(plain)),
      records,
    );
    assert.deepEqual(
      records.map(({ Id }) => Id),
      ids,
    );
    for (const at of [0, 1, byRest.length - 2]) {
      const rest = await changes(client({ bulkAbove: at * 100 }), byRest[at]?.place ?? null);
      const expected = byRest.slice(at + 1).flatMap((page) => page.records.map(plain));
      assert.deepEqual(
        rest.flatMap((page) => page.records.map(plain)),
        expected,
      );
    }
  });

  it('reads everything through faults of every kind', async () => {
    const expected = (await changes(client(), null)).flatMap((page) => page.records.map(plain));
    for (const bulkAbove of [100, accounts]) {
      local.plan({
        ...{ clear: true, seed: 7 },
        rules: [
          { fault: { kind: 'truncate', rows: 40 }, on: '/results', times: 2 },
          ...(
            [
              { kind: 'cut', bytes: 900 },
              { kind: 'html' },
              { kind: 'status', status: 503 },
              { kind: 'lose' },
              { kind: 'reset' },
              { kind: 'status', status: 420 },
            ] as const
          ).map((fault) => ({
            ...{ fault, on: '/services/data', probability: 0.04 },
          })),
        ],
      });
      const read = (await changes(client({ bulkAbove, jobPage: 500 }), null)).flatMap((page) =>
        page.records.map(plain),
      );
      assert.deepEqual(read, expected);
    }
  });

  it('goes on reading when its token runs out, and signs in once for it', async () => {
    const crm = client({ bulkAbove: accounts });
    const tokens = local.org.counters().tokens;
    const seen: unknown[] = [];
    for await (const { records } of crm.reader.changed('Account', { fields: [], after: null })) {
      if (seen.length === 0) local.plan({ expireTokens: true });
      seen.push(...records.map(({ Id }) => Id));
    }
    assert.deepEqual(seen, ids);
    assert.equal(local.org.counters().tokens - tokens, 2);
  });

  it('tells deletions and merges, counts, and lists every id', async () => {
    const since = Date.now() - 2_000;
    local.org.insert(
      'Account',
      [8001, 8002, 8003].map((n) => ({ Id: idOf(n), Name: `Gone ${n}` })),
    );
    const all = local.org.rows('Account', { where: "Name LIKE 'Gone%'", orderBy: 'Id' }).map(({ Id }) => String(Id));
    local.org.merge('Account', all[0] ?? '', all[1] ?? '');
    local.org.delete('Account', all[2] ?? '');
    const crm = client({ bulkAbove: 1_000 });
    const gone = (await Array.fromAsync(crm.reader.deleted('Account', since))).flat();
    assert.deepEqual(
      new Map(gone.map(({ id, mergedInto }) => [id, mergedInto])),
      new Map([
        [all[1], all[0]],
        [all[2], null],
      ]),
    );
    assert.ok(gone.every(({ deletedAt }) => deletedAt >= since - 1_000));
    local.org.delete('Account', all[0] ?? '');
    assert.equal(await crm.reader.count('Account'), accounts);
    assert.deepEqual((await Array.fromAsync(crm.reader.ids('Account'))).flat(), ids.toSorted());
    assert.deepEqual(await Array.fromAsync(crm.reader.deleted('User', since)), []);
    assert.equal((await crm.reader.byId('Account', all, ['Name'])).size, 0);
    await assert.rejects(crm.reader.describe('Nothing__c'), { code: 'crm_no_object' });
  });

  it('writes a collection so that it can be read again, and sets no assignment rule off', async () => {
    const rules = local.org.counters().assignmentRules;
    const crm = client();
    const rows = plannedRows(1).slice(0, 200);
    const results = await crm.writer.update('Account', rows);
    assert.ok(results.every(({ id, failure }, at) => id === rows[at]?.id && failure === null));
    assertHolds(rows);
    const read = await crm.reader.byId(
      'Account',
      rows.map(({ id }) => id),
      columns,
    );
    for (const { id, values } of rows) {
      const { Id: _, SystemModstamp: __, ...record } = read.get(id) ?? {};
      assert.deepEqual(record, values);
    }
    assert.equal(local.org.counters().assignmentRules, rules);
  });

  it('writes by a job through lost answers, 503 and tokens that run out, and nothing before it is closed', async () => {
    const crm = client();
    const rows = plannedRows(2);
    const job = await crm.writer.jobs.create('Account');
    local.plan({
      rules: [
        { fault: { kind: 'lose' }, on: 'PUT .*batches', times: 1 },
        { fault: { kind: 'status', status: 503 }, on: 'PUT .*batches', times: 1 },
        { fault: { kind: 'lose' }, on: 'PATCH .*jobs/ingest', times: 1 },
        { fault: { kind: 'cut', bytes: 500 }, on: 'successfulResults', times: 2 },
      ],
      locks: [{ ids: ids.slice(0, 3) }],
    });
    await crm.writer.jobs.upload(job.id, columns, rows);
    assert.deepEqual(
      (await crm.writer.jobs.open(Date.now() - 60_000)).map(({ id }) => id),
      [job.id],
    );
    local.plan({ expireTokens: true });
    assert.notEqual(local.org.get('Account', ids[11] ?? '')?.ICP_Reasons__c, rows[11]?.values.ICP_Reasons__c);
    await crm.writer.jobs.close(job.id);
    let state = await crm.writer.jobs.state(job.id);
    while (state.state === 'working') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      state = await crm.writer.jobs.state(job.id);
    }
    assert.deepEqual([state.state, state.processed, state.failed], ['complete', accounts, 3]);
    const { results, unprocessed } = await crm.writer.jobs.results(job.id);
    const failed = results.filter(({ failure }) => failure !== null);
    assert.deepEqual(failed.map(({ id }) => id).sort(), ids.slice(0, 3).sort());
    assert.ok(failed.every(({ failure }) => failure?.kind === 'retry' && /somebody else/.test(failure.message)));
    assert.deepEqual([results.length, unprocessed], [accounts, []]);
    assert.deepEqual(results.map(({ id }) => id).sort(), ids.toSorted());
    assertHolds(rows.slice(3));
    assert.deepEqual(await crm.writer.jobs.open(0), []);
  });

  it('gets back the rows of a job that failed halfway, and knows one that was aborted', async () => {
    const crm = client();
    local.plan({ jobs: { failAfterRows: 1_000 } });
    const job = await crm.writer.jobs.create('Account');
    await crm.writer.jobs.upload(job.id, columns, plannedRows(3));
    await crm.writer.jobs.close(job.id);
    while ((await crm.writer.jobs.state(job.id)).state === 'working')
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal((await crm.writer.jobs.state(job.id)).state, 'failed');
    const { results, unprocessed } = await crm.writer.jobs.results(job.id);
    assert.equal(results.length + unprocessed.length, accounts);
    assert.deepEqual([...results.map(({ id }) => id), ...unprocessed].sort(), ids.toSorted());
    const other = await crm.writer.jobs.create('Lead');
    await crm.writer.jobs.abort(other.id);
    await crm.writer.jobs.abort(other.id);
    assert.equal((await crm.writer.jobs.state(other.id)).state, 'aborted');
  });

  it('pauses at the limit and stops at a field that is not there', async () => {
    const crm = client();
    await assert.rejects(crm.reader.byId('Account', ids.slice(0, 2), ['Nothing__c']), {
      code: 'crm_stop',
      message: /Nothing__c/,
    });
    local.plan({ rules: [{ fault: { kind: 'limit' }, on: '/composite' }] });
    await assert.rejects(crm.writer.update('Account', plannedRows(4).slice(0, 5)), { code: 'crm_limit' });
  });

  it('sets the status of a lead', async () => {
    local.org.insert('Lead', [{ Id: '00Q000000000001', LastName: 'A', Company: 'B', Status: 'Open - Not Contacted' }]);
    const [lead] = local.org.rows('Lead');
    const id = String(lead?.Id);
    const crm = client();
    assert.deepEqual(await crm.writer.setLeadStatus(id, { Status: 'Working - Contacted' }), { id, failure: null });
    assert.equal(local.org.get('Lead', id)?.Status, 'Working - Contacted');
    assert.equal(local.org.counters().assignmentRules, 0);
  });
});
