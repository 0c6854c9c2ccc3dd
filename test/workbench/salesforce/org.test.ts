import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startLocalSalesforce } from '../../../src/workbench/salesforce/local-salesforce.ts';
import { longId } from '../../../src/workbench/salesforce/org/ids.ts';
import { type Client, connect, startClient } from './client.ts';

describe('the inside of the org', () => {
  it('keeps the changes of tracked fields, an owner as two rows', async (t) => {
    const { sf, call } = await startClient(t, { org: { historyTracked: { Lead: ['Status', 'OwnerId'] } } });
    const { org } = sf;
    org.insert('Group', [{ Id: '00G000000000001', Name: 'New leads', Type: 'Queue' }]);
    const lead = { Id: '00Q000000000001', LastName: 'Doe', Company: 'Acme', Status: 'Open - Not Contacted' };
    org.insert('Lead', [{ ...lead, OwnerId: '00G000000000001' }]);
    org.update('Lead', lead.Id, { OwnerId: org.adminUser, Title: 'CEO' }, org.adminUser);
    await call('PATCH', `sobjects/Lead/${lead.Id}`, { Status: 'Working - Contacted' });
    const rows = org
      .history('Lead', lead.Id)
      .map((row) => [row.Field, row.DataType, row.OldValue, row.NewValue, row.CreatedById]);
    assert.deepEqual(rows, [
      ['Owner', 'Text', 'New leads', 'Administrator', org.adminUser],
      ['Owner', 'EntityId', longId('00G000000000001'), org.adminUser, org.adminUser],
      ['Status', 'Text', 'Open - Not Contacted', 'Working - Contacted', org.integrationUser],
    ]);
  });

  it('merges a record into another: what hung on it hangs on the winner', async (t) => {
    const { sf, query } = await startClient(t);
    sf.org.insert('Account', [
      { Id: '001000000000001', Name: 'Winner' },
      { Id: '001000000000002', Name: 'Loser' },
    ]);
    sf.org.insert('Contact', [{ LastName: 'Doe', AccountId: '001000000000002' }]);
    sf.org.merge('Account', '001000000000001', '001000000000002');
    assert.deepEqual(
      (await query('SELECT Account.Name FROM Contact')).map(({ Account }) => Account.Name),
      ['Winner'],
    );
    const [gone] = await query('SELECT Id, MasterRecordId FROM Account WHERE IsDeleted = true', 'queryAll');
    assert.deepEqual([gone.Id, gone.MasterRecordId], [longId('001000000000002'), longId('001000000000001')]);
    assert.equal(sf.org.count('Account'), 1);
  });

  it('takes a record out of the bin again, or out of everything', async (t) => {
    const { sf, query } = await startClient(t);
    sf.org.insert('Account', [{ Id: '001000000000001', Name: 'Acme' }]);
    sf.org.delete('Account', '001000000000001');
    assert.equal(sf.org.get('Account', '001000000000001'), undefined);
    sf.org.undelete('Account', '001000000000001');
    assert.equal(sf.org.get('Account', '001000000000001')?.Name, 'Acme');
    sf.org.erase('Account', '001000000000001');
    assert.equal((await query('SELECT Id FROM Account', 'queryAll')).length, 0);
  });

  it('takes what hangs on a record along into the bin and back, and leaves what was there before', async (t) => {
    let now = Date.UTC(2026, 0, 1);
    const { sf, call } = await startClient(t, { clock: () => now });
    const [account, contact, early, deal] = [
      '001000000000001',
      '003000000000001',
      '003000000000002',
      '006000000000001',
    ];
    sf.org.insert('Account', [{ Id: account, Name: 'Acme' }]);
    sf.org.insert('Contact', [
      { Id: contact, LastName: 'Doe', AccountId: account },
      { Id: early, LastName: 'Gone', AccountId: account },
    ]);
    sf.org.insert('Opportunity', [{ Id: deal, Name: 'Deal', StageName: 'Prospecting', AccountId: account }]);
    sf.org.insert('OpportunityContactRole', [{ OpportunityId: deal, ContactId: contact }]);
    sf.org.delete('Contact', early);
    now += 5000;
    await call('DELETE', `sobjects/Account/${account}`);
    const left = (): number[] => ['Contact', 'Opportunity', 'OpportunityContactRole'].map((name) => sf.org.count(name));
    assert.deepEqual(left(), [0, 0, 0]);
    now += 5000;
    sf.org.undelete('Account', account);
    assert.deepEqual(left(), [1, 1, 1]);
    assert.equal(sf.org.get('Contact', early), undefined);
  });

  it('does not count what its people do as writes of the API', async (t) => {
    const { sf } = await startClient(t);
    sf.org.insert('Account', [{ Id: '001000000000001', Name: 'Acme' }]);
    sf.org.update('Account', '001000000000001', { Name: 'Acme 2' });
    assert.equal(sf.org.updatesOf('Account', '001000000000001'), 0);
    assert.deepEqual(sf.org.counters().triggers, {});
  });

  it('gets a field while it runs', async (t) => {
    const { sf, call } = await startClient(t);
    sf.org.insert('Account', [{ Id: '001000000000001', Name: 'Acme' }]);
    const write = async () => (await call('PATCH', 'sobjects/Account/001000000000001', { ICP_Score__c: 7 })).status;
    assert.equal(await write(), 400);
    sf.org.addField({ object: 'Account', name: 'ICP_Score__c', type: 'double', precision: 5, scale: 1 });
    assert.equal(await write(), 204);
    assert.equal(sf.org.get('Account', '001000000000001')?.ICP_Score__c, 7);
  });

  it('says what it needs when it is given a field or a record that is not there', async (t) => {
    const { sf } = await startClient(t);
    assert.throws(() => sf.org.insert('Account', [{ Nope: 1 }]), { code: 'salesforce_row' });
    assert.throws(() => sf.org.insert('Account', [{ NumberOfEmployees: 'many' }]), { code: 'salesforce_row' });
    assert.throws(() => sf.org.insert('Nope', []), { code: 'salesforce_no_object' });
    assert.throws(() => sf.org.update('Account', '001000000000009', {}), { code: 'salesforce_no_record' });
  });

  it('adds all rows or none', async (t) => {
    const { sf } = await startClient(t);
    assert.throws(() => sf.org.insert('Account', [{ Name: 'Acme' }, { Nope: 1 }]));
    assert.equal(sf.org.count('Account'), 0);
  });

  it('gives 18 characters to ids with 15, by the rule of Salesforce', () => {
    // By hand: of 00190 00000 JHLy2 the third group has capitals in its first three places, 1 + 2 + 4 = H.
    assert.equal(longId('001A000000abcDE'), '001A000000abcDEIAY');
    assert.equal(longId('0019000000JHLy2'), '0019000000JHLy2AAH');
  });
});

describe('an org in a file', () => {
  async function open(file: string): Promise<Client> {
    return connect(await startLocalSalesforce({ file, org: { jobDelayMs: 1 } }));
  }

  it('has its records, counts and ids again after a restart, and goes on with its jobs', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'org-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'org.sqlite');
    const first = await open(file);
    const id = (n: number): string => `0010000000${String(n).padStart(5, '0')}`;
    const count = 450;
    first.sf.org.insert(
      'Account',
      Array.from({ length: count }, (_, i) => ({ Id: id(i), Name: 'x' })),
    );
    const { json: made } = await first.call('POST', 'sobjects/Account', { Name: 'Made' });
    // Held behind its first 200 rows, so that the restart finds it at work.
    first.sf.plan({ jobs: { neverComplete: true } });
    const { json: job } = await first.call('POST', 'jobs/ingest', { object: 'Account', operation: 'update' });
    const path = `jobs/ingest/${job.id}`;
    const rows = ['Id,Name', ...Array.from({ length: count }, (_, i) => `${id(i)},new`), ''].join('\n');
    await first.call('PUT', `${path}/batches`, rows, { 'content-type': 'text/csv' });
    await first.call('PATCH', path, { state: 'UploadComplete' });
    while ((await first.call('GET', path)).json.numberRecordsProcessed < 200);
    await first.sf.close();

    const second = await open(file);
    t.after(() => second.sf.close());
    assert.equal(second.sf.org.get('Account', made.id)?.Name, 'Made');
    while ((await second.call('GET', path)).json.state !== 'JobComplete');
    const results = await second.csv(`${path}/successfulResults`);
    assert.equal(new Set(results.map(({ Id }) => Id)).size, count);
    assert.equal(second.sf.org.updatesOf('Account', id(0)), 1);
    assert.equal(second.sf.org.updatesOf('Account', id(count - 1)), 1);
    const { json: next } = await second.call('POST', 'sobjects/Account', { Name: 'Next' });
    assert.notEqual(next.id, made.id);
  });
});
