import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Json, startClient } from './client.ts';

type Fields = Readonly<Record<string, 'read' | 'edit'>>;

/** A permission set as it is deployed. */
function setOf(objects: Readonly<Record<string, 'read' | 'edit' | 'all'>>, fields: Fields = {}): string {
  const ofObjects = Object.entries(objects).map(([object, may]) => {
    const flags = {
      allowCreate: may === 'all',
      allowDelete: may === 'all',
      allowEdit: may !== 'read',
      allowRead: true,
    };
    const tags = Object.entries(flags).map(([tag, value]) => `<${tag}>${value}</${tag}>`);
    return `<objectPermissions>${tags.join('')}<object>${object}</object></objectPermissions>`;
  });
  const ofFields = Object.entries(fields).map(
    ([field, may]) =>
      `<fieldPermissions><editable>${may === 'edit'}</editable><field>${field}</field><readable>true</readable></fieldPermissions>`,
  );
  return `<PermissionSet>${ofObjects.join('')}${ofFields.join('')}</PermissionSet>`;
}

const customFields = [{ object: 'Account', name: 'Fleet__c', type: 'double' }] as const;
const readsAccounts = setOf({ Account: 'read' });

async function client(t: Parameters<typeof startClient>[0], permissionSets: readonly string[] | null) {
  const started = await startClient(t, { org: { customFields, permissionSets } });
  started.sf.org.insert('Account', [{ Id: '001000000000001', Name: 'Acme', Industry: 'Retail', Fleet__c: 7 }]);
  return started;
}
const names = (json: Json): string[] => json.fields.map(({ name }: { name: string }) => name);

describe('what a user of the local Salesforce sees', () => {
  it('is everything where the profile shows everything', async (t) => {
    const { call } = await client(t, null);
    const { json } = await call('GET', 'sobjects/Account/describe');
    for (const name of ['Name', 'Industry', 'BillingCountry', 'Fleet__c']) assert.ok(names(json).includes(name), name);
  });

  it('is no record of sales with the minimum access, by whichever way it asks, and the set-up all the same', async (t) => {
    const { call, ingest } = await client(t, []);
    assert.equal((await call('GET', 'sobjects/Account/describe')).status, 404);
    const { json } = await call('GET', 'query?q=SELECT+Id+FROM+Account');
    assert.equal(json[0].errorCode, 'INVALID_TYPE');
    assert.equal((await call('GET', 'query?q=SELECT+Id+FROM+AccountHistory')).json[0].errorCode, 'INVALID_TYPE');
    assert.equal((await call('GET', 'sobjects/Account/001000000000001')).status, 404);
    await assert.rejects(ingest({ object: 'Account', operation: 'update' }, 'Id,Name\n001000000000001,x\n'));
    const listed = (await call('GET', 'sobjects')).json.sobjects.map(({ name }: { name: string }) => name);
    assert.ok(listed.includes('User') && !listed.includes('Account') && !listed.includes('OpportunityContactRole'));
    assert.equal((await call('GET', 'query?q=SELECT+Id,Email+FROM+User')).status, 200);
  });

  it('is the required fields with the object, and any other by a permission of its own', async (t) => {
    const { sf, call } = await client(t, [readsAccounts]);
    const seen = async () => names((await call('GET', 'sobjects/Account/describe')).json);
    const bare = await seen();
    assert.ok(['Id', 'Name', 'OwnerId', 'SystemModstamp', 'MasterRecordId'].every((name) => bare.includes(name)));
    assert.ok(!['Industry', 'Website', 'BillingCountry', 'Fleet__c'].some((name) => bare.includes(name)));
    const { json } = await call('GET', 'query?q=SELECT+Id,Fleet__c+FROM+Account');
    assert.match(json[0].message, /No such column 'Fleet__c' on entity 'Account'/);
    assert.deepEqual((await call('GET', 'query?q=SELECT+Field+FROM+AccountHistory')).status, 200);

    sf.org.assign(setOf({}, { 'Account.Fleet__c': 'read', 'Account.BillingAddress': 'read' }));
    const after = await seen();
    assert.ok(['Fleet__c', 'BillingCountry', 'BillingCity', 'BillingAddress'].every((name) => after.includes(name)));
    assert.ok(!after.includes('Industry'));
    assert.equal((await call('GET', 'query?q=SELECT+Fleet__c+FROM+Account')).json.records[0].Fleet__c, 7);
  });

  it('is the fields of a related record as far as both are seen', async (t) => {
    const roles = setOf({ Account: 'read', Opportunity: 'read' });
    const { call } = await client(t, [roles]);
    const ask = async (path: string) => (await call('GET', `query?q=SELECT+${path}+FROM+Opportunity`)).status;
    assert.deepEqual([await ask('Owner.Email'), await ask('Account.Name')], [200, 400]);
    const { call: more } = await client(t, [roles, setOf({}, { 'Opportunity.AccountId': 'read' })]);
    assert.equal((await more('GET', 'query?q=SELECT+Account.Name+FROM+Opportunity')).status, 200);
    assert.equal((await more('GET', 'query?q=SELECT+Account.Industry+FROM+Opportunity')).status, 400);
  });

  it('may be changed as far as object and field both say so', async (t) => {
    const both = { 'Account.Fleet__c': 'edit', 'Account.Industry': 'read' } as const;
    const patch = async (sets: readonly string[], body: Json) => {
      const { call } = await client(t, sets);
      const { status, json } = await call('PATCH', 'sobjects/Account/001000000000001', body);
      return status === 204 ? 'done' : json[0].errorCode;
    };
    const edits = setOf({ Account: 'edit' }, both);
    assert.equal(await patch([edits], { Name: 'Acme 2', Fleet__c: 8 }), 'done');
    assert.equal(await patch([edits], { Industry: 'Banking' }), 'INVALID_FIELD_FOR_INSERT_UPDATE');
    assert.equal(await patch([setOf({ Account: 'read' }, both)], { Fleet__c: 8 }), 'INSUFFICIENT_ACCESS_OR_READONLY');
    const { call } = await client(t, [edits]);
    assert.equal(
      (await call('POST', 'sobjects/Account', { Name: 'New' })).json[0].errorCode,
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
    assert.equal((await call('DELETE', 'sobjects/Account/001000000000001')).status, 400);
    const { call: may } = await client(t, [setOf({ Account: 'all' })]);
    assert.equal((await may('POST', 'sobjects/Account', { Name: 'New' })).status, 201);
    assert.equal(
      (await may('POST', 'sobjects/Account', { Name: 'New', Industry: 'Retail' })).json[0].errorCode,
      'INVALID_FIELD',
    );
    const fields = (await call('GET', 'sobjects/Account/describe')).json.fields;
    const writes = new Map(fields.map((field: Json) => [field.name, [field.updateable, field.createable]]));
    assert.deepEqual(
      [writes.get('Fleet__c'), writes.get('Industry')],
      [
        [true, false],
        [false, false],
      ],
    );
  });

  it('is not a field that came after the permission set, and people see all of it in the browser', async (t) => {
    const { sf, call } = await client(t, [readsAccounts]);
    sf.org.addField({ object: 'Account', name: 'Later__c', type: 'string' });
    assert.ok(!names((await call('GET', 'sobjects/Account/describe')).json).includes('Later__c'));
    assert.equal(sf.org.get('Account', '001000000000001')?.Industry, 'Retail');
  });

  it('is refused as Salesforce refuses a permission set: required fields, what is not there, what depends on another', async (t) => {
    const { sf } = await client(t, null);
    const cases: [string, RegExp][] = [
      [setOf({}, { 'Lead.Status': 'read' }), /You cannot deploy to a required field: Lead\.Status/],
      [setOf({}, { 'Account.OwnerId': 'read' }), /required field: Account\.OwnerId/],
      [setOf({}, { 'Account.YearStarted': 'read' }), /no CustomField named Account\.YearStarted found/],
      [setOf({}, { 'Account.BillingCountry': 'read' }), /no CustomField named Account\.BillingCountry/],
      [setOf({ AccountHistory: 'read' }), /no CustomObject named AccountHistory/],
      [setOf({ User: 'read' }), /no CustomObject named User/],
      [setOf({ Opportunity: 'read' }), /Read opportunity depends on permission\(s\): Read account/],
    ];
    for (const [text, words] of cases)
      assert.throws(() => sf.org.assign(text), { code: 'salesforce_deploy', message: words });
  });

  it('says with every field whether a permission has a say', async (t) => {
    const { call } = await client(t, null);
    const said = new Map<string, boolean>();
    for (const object of ['Account', 'Lead', 'Opportunity', 'AccountHistory'])
      for (const { name, permissionable } of (await call('GET', `sobjects/${object}/describe`)).json.fields)
        said.set(`${object}.${name}`, permissionable);
    for (const name of [
      'Account.Industry',
      'Account.BillingAddress',
      'Account.Fleet__c',
      'Opportunity.Amount',
      'Lead.Email',
    ])
      assert.equal(said.get(name), true, name);
    for (const name of ['Account.Name', 'Account.OwnerId', 'Lead.Status', 'Opportunity.IsWon', 'AccountHistory.Field'])
      assert.equal(said.get(name), false, name);
  });
});
