import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import { syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import { overrideAt } from '../../../src/store/overrides.ts';
import { addSetting } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import { type FakeOrg, recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { historiesAt, importRecords } from '../../support/records.ts';
import { smallOrg } from '../../support/small-org.ts';

const now = () => Date.UTC(2026, 9, 1);
const id = recordId;

describe('what a sync makes of what the CRM says', () => {
  let store: Store;
  let org: FakeOrg;
  const sync = (full = false) => syncCrm({ store, crm: org.crm, now }, { book: 'main', full });
  before(async () => {
    store = await freshStore();
    org = smallOrg();
    await sync();
  });
  after(() => store.close());

  it('finds rows that turn up behind the place that was read, and rows of one and the same instant', async () => {
    const place = org.now;
    org.write('Account', id('001', 41), { Name: 'Late', Website: null }, place - 10 * 60_000);
    for (let at = 42; at < 52; at++)
      org.write('Account', id('001', at), { Name: 'Together', Website: null }, place + 60_000);
    org.now = place + 60_000;
    const { accountsTouched } = await sync();
    assert.equal(accountsTouched.length, 11);
    assert.equal((await sync()).importId, null);
  });

  it('tells what became of accounts since, each once', async () => {
    org.now += 3_600_000;
    org.write('Lead', id('00Q', 1), { Status: 'Disqualified', Reject_Reason__c: 'Student' });
    org.write('Lead', id('00Q', 2), { Status: 'Working' });
    const closed = { IsClosed: true, StageName: 'Closed', CloseDate: '2026-08-30', Amount: 10 };
    org.write('Opportunity', id('006', 61), {
      ...closed,
      AccountId: id('001', 2),
      Name: 'More',
      Type: 'Upsell',
      IsWon: true,
    });
    org.write('Opportunity', id('006', 62), {
      ...closed,
      AccountId: id('001', 4),
      Name: 'Again',
      Type: 'Renewal',
      IsWon: false,
    });
    org.write('Opportunity', id('006', 63), {
      AccountId: id('001', 5),
      Name: 'Open',
      Type: 'New Business',
      IsClosed: false,
      IsWon: false,
      CloseDate: '2027-01-01',
    });
    const { outcomes, importId } = await sync();
    assert.deepEqual(outcomes, [
      { kind: 'accepted', accountId: id('001', 2) },
      { kind: 'churn', accountId: id('001', 4) },
      { kind: 'expansion', accountId: id('001', 2) },
      { kind: 'lost', accountId: id('001', 4) },
      { kind: 'rejected', accountId: id('001', 1) },
    ]);
    const [left] = await historiesAt(store, importId ?? 0, { accountIds: [id('001', 4)] });
    assert.equal(left?.customers[0]?.churnReason, 'Closed');
    assert.deepEqual((await sync()).outcomes, []);
  });

  it('keeps a tier that a person set there beside the model, with who and why, until it is emptied', async () => {
    const written = { ICP_Override__c: 'Not fit', ICP_Override_Reason__c: 'Sold to a rival' };
    org.write('Account', id('001', 3), { ...written, LastModifiedById: id('005', 1) });
    await sync();
    const set = await overrideAt(store, 'main', id('001', 3), now() + 1);
    assert.deepEqual(
      [set?.tier, set?.reason, set?.by, set?.byName],
      [3, 'Sold to a rival', 'dana@ours.example', 'dana@ours.example in Salesforce'],
    );
    assert.equal((await sync()).importId, null);
    org.write('Account', id('001', 3), { ICP_Override__c: null, ICP_Override_Reason__c: null });
    await sync();
    assert.equal(await overrideAt(store, 'main', id('001', 3), now() + 1), null);
    const [account] = await historiesAt(store, 99, { accountIds: [id('001', 3)] });
    assert.ok(
      account?.observations.every(({ values }) => !Object.keys(values).some((field) => /ICP_Score|Rating/.test(field))),
    );
    const fields = await store.rows<{ field: string }>(
      sql`select field from fields where book = 'main' and left_out is null order by 1`,
    );
    assert.deepEqual(
      fields.map(({ field }) => field),
      ['country', 'employees', 'industry', 'revenue'],
    );
  });

  it('sets aside what cannot be used, with object, record and reason, and goes on', async () => {
    org.now += 3_600_000;
    org.write('Account', id('001', 71), { Name: 'x'.repeat(100_001), Website: null });
    org.write('Account', id('001', 72), { Name: 'Fine', NumberOfEmployees: 'many', Website: null });
    org.write('Opportunity', id('006', 73), {
      AccountId: id('001', 1),
      Name: 'When',
      IsClosed: true,
      IsWon: true,
      CloseDate: '9999-01-01',
    });
    org.write('Contact', id('003', 74), { AccountId: 'nowhere', Name: 'Ann' });
    org.write('Account', id('001', 75), { Name: 'Good', Website: null });
    const { objects, setAside, accountsTouched } = await sync();
    assert.deepEqual(
      objects.filter((one) => one.setAside > 0).map((one) => [one.object, one.setAside]),
      [
        ['Account', 2],
        ['Contact', 1],
        ['Opportunity', 1],
      ],
    );
    assert.match(
      setAside.map(({ reason }) => reason).join('\n'),
      /100,001 characters.*no number: many.*no id: nowhere.*no usable date: 9999/s,
    );
    assert.ok(setAside[0]?.excerpt.includes(id('001', 71)));
    assert.deepEqual(accountsTouched, [id('001', 75)]);
    assert.equal((await sync()).importId, null, 'they are not told again');
  });

  it('keeps an answer that a rep gave here while the CRM has not decided', async () => {
    await store.db.execute(
      sql`update leads set status = 'accepted', more = more || '{"lodestar:answer": "1"}' where id = ${id('00Q', 5)}`,
    );
    org.write('Lead', id('00Q', 5), { Title: 'Chief' });
    const { importId } = await sync();
    const read = async () => (await historiesAt(store, 99, { accountIds: [id('001', 5)] }))[0]?.leads[0];
    assert.ok(importId !== null);
    assert.equal((await read())?.status, 'accepted');
    org.write('Lead', id('00Q', 5), { Status: 'Disqualified' });
    await sync();
    assert.equal((await read())?.status, 'rejected', 'what the CRM decides goes before');
  });

  it('reads everything again by a mapping that was changed, and dates nothing by it', async () => {
    org.define('Account', ['Tools__c']);
    org.write('Account', id('001', 1), { Tools__c: 'b; a;b' });
    const mapping = { account: { fields: { Tools__c: { as: 'technologies', layer: 'technographic', type: 'list' } } } };
    await addSetting(store, { key: 'crm.mapping.main', value: mapping, setAt: now(), setBy: 'a test' });
    const { objects } = await sync();
    assert.equal(objects[0]?.read, org.records.get('Account')?.size);
    const [account] = await historiesAt(store, 99, { accountIds: [id('001', 1)] });
    const said = account?.observations.filter(({ values }) => values.technologies !== undefined);
    assert.deepEqual(
      said?.map(({ values, observedAt }) => [values.technologies, observedAt]),
      [[['a', 'b'], null]],
    );
    await addSetting(store, {
      key: 'crm.mapping.main',
      value: { lead: { accepted: 3 } },
      setAt: now(),
      setBy: 'a test',
    });
    await assert.rejects(sync(), { code: 'crm_mapping' });
    await addSetting(store, { key: 'crm.mapping.main', value: mapping, setAt: now(), setBy: 'a test' });
  });

  it('refuses another org, in words', async () => {
    org.org = { ...org.org, id: '00D000000000002AAA', name: 'Sandbox', setting: 'sandbox' };
    await assert.rejects(sync(), /needs the org Ours \(local.*credentials are for Sandbox \(sandbox/);
  });
});

describe('an org that does not show what is needed', () => {
  it('is told what to permit', async () => {
    const store = await freshStore();
    const org = smallOrg();
    org.described.get('Opportunity')?.delete('IsWon');
    await assert.rejects(
      syncCrm({ store, crm: org.crm, now }, { book: 'main' }),
      /IsWon of Opportunity.*permission set/,
    );
    org.described.delete('Opportunity');
    await assert.rejects(syncCrm({ store, crm: org.crm, now }, { book: 'main' }), { code: 'crm_no_object' });
    await store.close();
  });

  it('that counts more than it gives is not taken for all that there is', async () => {
    const store = await freshStore();
    const org = smallOrg();
    const short = {
      ...org.crm,
      reader: { ...org.reader, count: async (object: string) => (object === 'Lead' ? 900 : 9) },
    };
    await assert.rejects(syncCrm({ store, crm: short, now }, { book: 'main' }), /all 900 records of Lead.*given 9/);
    assert.deepEqual(
      (await store.rows(sql`select status from imports`)).map(({ status }) => status),
      ['running'],
    );
    await store.close();
  });

  it('may lack what is optional', async () => {
    const store = await freshStore();
    const org = smallOrg();
    for (const object of ['User', 'OpportunityContactRole', 'LeadHistory', 'AccountHistory', 'Contract'])
      org.described.delete(object);
    const { importId } = await syncCrm({ store, crm: org.crm, now }, { book: 'main' });
    assert.equal((await historiesAt(store, importId ?? 0)).length, 9);
    await store.close();
  });

  it('does not feed a book without dates', async () => {
    const store = await freshStore();
    await importRecords(store, [], { timeKind: 'order' });
    await assert.rejects(syncCrm({ store, crm: smallOrg().crm, now }, { book: 'main' }), { code: 'crm_book' });
    await store.close();
  });
});
