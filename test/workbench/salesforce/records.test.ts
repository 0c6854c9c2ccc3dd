import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Json, startClient } from './client.ts';

const icpFields = [
  { object: 'Account', name: 'ICP_Score__c', label: 'ICP Score', type: 'double', precision: 5, scale: 1 },
  { object: 'Account', name: 'ICP_Tier__c', type: 'picklist', picklist: ['1', '2'], restricted: true },
  { object: 'Account', name: 'Key__c', type: 'string', length: 20, externalId: true },
  { object: 'Account', name: 'Hidden__c', type: 'string', readable: false },
  { object: 'Account', name: 'Fixed__c', type: 'string', updateable: false },
] as const;

describe('records over REST', () => {
  it('are made, read, changed and deleted', async (t) => {
    const { call } = await startClient(t);
    const made = await call('POST', 'sobjects/Account', { Name: 'Acme', BillingCountry: 'NL' });
    assert.equal(made.status, 201);
    const { id } = made.json;
    assert.match(id, /^001\w{15}$/);
    const { json } = await call('GET', `sobjects/Account/${id}?fields=Name,BillingAddress`);
    assert.equal(json.Name, 'Acme');
    assert.equal(json.BillingAddress.country, 'NL');
    assert.equal((await call('PATCH', `sobjects/Account/${id.slice(0, 15)}`, { Name: 'Acme Ltd' })).status, 204);
    assert.equal((await call('GET', `sobjects/Account/${id}`)).json.Name, 'Acme Ltd');
    assert.equal((await call('DELETE', `sobjects/Account/${id}`)).status, 204);
    assert.equal((await call('GET', `sobjects/Account/${id}`)).status, 404);
    const again = await call('PATCH', `sobjects/Account/${id}`, { Name: 'x' });
    assert.deepEqual([again.status, again.json[0].errorCode], [404, 'ENTITY_IS_DELETED']);
  });

  it('move SystemModstamp in whole seconds, even when nothing has changed', async (t) => {
    let now = Date.UTC(2026, 0, 1) + 999;
    const { sf, call } = await startClient(t, { clock: () => now });
    sf.org.insert('Account', [{ Id: '001000000000001', Name: 'Acme' }]);
    assert.equal(sf.org.get('Account', '001000000000001')?.SystemModstamp, '2026-01-01T00:00:00.000+0000');
    now += 1500;
    await call('PATCH', 'sobjects/Account/001000000000001', { Name: 'Acme' });
    const after = sf.org.get('Account', '001000000000001');
    assert.equal(after?.SystemModstamp, '2026-01-01T00:00:02.000+0000');
    assert.equal(after?.CreatedDate, '2026-01-01T00:00:00.000+0000');
    assert.equal(after?.LastModifiedById, sf.org.integrationUser);
  });

  it('are made or changed by a key of ours', async (t) => {
    const { call } = await startClient(t, { org: { customFields: icpFields } });
    const first = await call('PATCH', 'sobjects/Account/Key__c/A%2F1', { Name: 'Acme' });
    assert.deepEqual([first.status, first.json.created], [201, true]);
    const second = await call('PATCH', 'sobjects/Account/Key__c/A%2F1', { Name: 'Acme 2' });
    assert.deepEqual([second.status, second.json.created, second.json.id], [200, false, first.json.id]);
  });

  const refusals: [Json, string][] = [
    [{ Name: 'x'.repeat(256) }, 'STRING_TOO_LONG'],
    [{ ICP_Score__c: 10_000 }, 'NUMBER_OUTSIDE_VALID_RANGE'],
    [{ ICP_Score__c: 'many' }, 'INVALID_TYPE_ON_FIELD_IN_RECORD'],
    [{ ICP_Tier__c: '9' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    [{ Name: null }, 'REQUIRED_FIELD_MISSING'],
    [{ Nope__c: 1 }, 'INVALID_FIELD'],
    [{ Hidden__c: 'x' }, 'INVALID_FIELD'],
    [{ Fixed__c: 'x' }, 'INVALID_FIELD_FOR_INSERT_UPDATE'],
    [{ CreatedDate: '2026-01-01T00:00:00Z' }, 'INVALID_FIELD_FOR_INSERT_UPDATE'],
    [{ Industry: 'Forbidden' }, 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
  ];
  it('refuse what the org does not allow, and stay as they were', async (t) => {
    const rule = { object: 'Account', message: 'not this', refuses: ({ Industry }: Json) => Industry === 'Forbidden' };
    const { sf, call } = await startClient(t, { org: { customFields: icpFields, validationRules: [rule] } });
    sf.org.insert('Account', [{ Id: '001000000000001', Name: 'Acme' }]);
    const before = sf.org.get('Account', '001000000000001');
    for (const [body, code] of refusals) {
      const { status, json } = await call('PATCH', 'sobjects/Account/001000000000001', body);
      assert.deepEqual([status, json[0].errorCode], [400, code]);
    }
    assert.deepEqual(sf.org.get('Account', '001000000000001'), before);
    assert.equal(sf.org.updatesOf('Account', '001000000000001'), 0);
  });

  it('round numbers to the decimals of the field', async (t) => {
    const { sf, call } = await startClient(t, { org: { customFields: icpFields } });
    sf.org.insert('Account', [{ Id: '001000000000001', Name: 'Acme' }]);
    await call('PATCH', 'sobjects/Account/001000000000001', { ICP_Score__c: 71.25 });
    assert.equal(sf.org.get('Account', '001000000000001')?.ICP_Score__c, 71.3);
  });

  it('refuse a lead that was converted', async (t) => {
    const { sf, call } = await startClient(t);
    const lead = { Id: '00Q000000000001', LastName: 'Doe', Company: 'Acme', Status: 'Closed - Converted' };
    sf.org.insert('Lead', [{ ...lead, IsConverted: true, ConvertedDate: '2026-01-02' }]);
    const { json } = await call('PATCH', 'sobjects/Lead/00Q000000000001', { Title: 'CEO' });
    assert.equal(json[0].errorCode, 'CANNOT_UPDATE_CONVERTED_LEAD');
  });

  it('work out whether a deal is closed and won from its stage', async (t) => {
    const { call, query } = await startClient(t);
    const deal = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-06-30', Amount: 10 };
    const { id } = (await call('POST', 'sobjects/Opportunity', deal)).json;
    await call('PATCH', `sobjects/Opportunity/${id}`, { StageName: 'Closed Won' });
    const [found] = await query('SELECT IsClosed, IsWon, Probability FROM Opportunity');
    assert.deepEqual([found.IsClosed, found.IsWon, found.Probability], [true, true, 100]);
    const [stage] = await query('SELECT StageName, PrevAmount FROM OpportunityHistory ORDER BY SystemModstamp');
    assert.deepEqual([stage.StageName, stage.PrevAmount], ['Closed Won', 10]);
  });

  it('are described with what the user may see and write', async (t) => {
    const { call } = await startClient(t, { org: { customFields: icpFields } });
    const { json } = await call('GET', 'sobjects/Account/describe');
    const byName = new Map<string, Json>(json.fields.map((field: Json) => [field.name, field]));
    assert.equal(byName.has('Hidden__c'), false);
    assert.equal(byName.get('Fixed__c').updateable, false);
    const score = byName.get('ICP_Score__c');
    assert.deepEqual([score.type, score.precision, score.scale, score.custom], ['double', 5, 1, true]);
    const tier = byName.get('ICP_Tier__c');
    assert.equal(tier.restrictedPicklist, true);
    assert.deepEqual(
      tier.picklistValues.map(({ value }: Json) => value),
      ['1', '2'],
    );
    assert.equal(byName.get('OwnerId').relationshipName, 'Owner');
  });

  it('that changed or went in a span are listed by id', async (t) => {
    const now = Date.UTC(2026, 5, 15);
    const { sf, call } = await startClient(t, { clock: () => now });
    sf.org.insert('Account', [
      { Id: '001000000000001', Name: 'Old', SystemModstamp: now - 86_400_000 },
      { Id: '001000000000002', Name: 'New' },
      { Id: '001000000000003', Name: 'Gone' },
    ]);
    sf.org.delete('Account', '001000000000003');
    const span = 'start=2026-06-14T23:00:00%2B00:00&end=2026-06-15T01:00:00%2B00:00';
    assert.deepEqual((await call('GET', `sobjects/Account/updated?${span}`)).json.ids, ['001000000000002AAA']);
    const { deletedRecords } = (await call('GET', `sobjects/Account/deleted?${span}`)).json;
    assert.deepEqual(deletedRecords, [{ id: '001000000000003AAA', deletedDate: '2026-06-15T00:00:00.000+0000' }]);
    const early = await call('GET', 'sobjects/Account/deleted?start=2026-04-01T00:00:00Z&end=2026-05-01T00:00:00Z');
    assert.equal(early.json[0].errorCode, 'INVALID_REPLICATION_DATE');
  });

  it('carry the use of the daily limit on every answer', async (t) => {
    const { call } = await startClient(t, { org: { dailyRequests: 2 } });
    assert.equal((await call('GET', 'sobjects')).headers.get('sforce-limit-info'), 'api-usage=1/2');
    assert.equal((await call('GET', 'limits')).json.DailyApiRequests.Remaining, 0);
    const third = await call('GET', 'limits');
    assert.deepEqual([third.status, third.json[0].errorCode], [403, 'REQUEST_LIMIT_EXCEEDED']);
  });
});
