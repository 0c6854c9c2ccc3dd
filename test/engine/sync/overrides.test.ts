import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { ownOverridesInWords } from '../../../src/engine/sync/own-overrides.ts';
import { syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import { latestAudit } from '../../../src/store/audit.ts';
import { leadsNow } from '../../../src/store/leads.ts';
import { allOverrides, overrideAt } from '../../../src/store/overrides.ts';
import type { Store } from '../../../src/store/store.ts';
import { type FakeOrg, ourId, recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { smallOrg } from '../../support/small-org.ts';

let clock = Date.UTC(2026, 9, 1);
const now = () => clock;
const account = (nth: number) => recordId('001', nth);
const [rita, otto] = [recordId('005', 2), recordId('005', 3)];
const somebody = ['Salesforce', 'somebody in Salesforce'];
const named = (email: string) => [email, `${email} in Salesforce`];

let store: Store;
let org: FakeOrg;
const sync = async () => {
  clock += 60_000;
  return syncCrm({ store, crm: org.crm, now }, { book: 'main' });
};
/** Whom the override of an account is from, as it stands. */
const setter = async (nth: number) => {
  const found = await overrideAt(store, 'main', account(nth), clock + 1);
  return found === null ? null : [found.by, found.byName];
};
/** Who, by the history of the field, changed it to what. */
const track = (nth: number, by: string, to: string | null, field = 'ICP_Override__c') => {
  const at = new Date(org.tick()).toISOString();
  org.write('AccountHistory', recordId('018', org.now % 1e9), {
    ...{ AccountId: account(nth), Field: field, OldValue: null, NewValue: to, CreatedById: by },
    ...{ CreatedDate: at, SystemModstamp: at },
  });
};

beforeEach(async () => {
  store = await freshStore();
  org = smallOrg();
  org.write('User', rita, { Email: 'Rita@Ours.example', Name: 'Rita' });
  org.write('User', otto, { Email: 'otto@ours.example', Name: 'Otto' });
  org.write('User', ourId, { Email: 'lodestar@ours.example', Name: 'Lodestar' });
});
afterEach(() => store.close());

describe('who set an override in the CRM', () => {
  it('is whom the history of the field names, also at the first reading, whoever changed the account since', async () => {
    org.write('Account', account(3), { ICP_Override__c: '1', LastModifiedById: otto });
    track(3, otto, '2');
    track(3, rita, '1');
    track(3, otto, 'Retail', 'Industry');
    await sync();
    assert.deepEqual(await setter(3), named('rita@ours.example'));
    const entry = (await latestAudit(store, 9)).find(({ action }) => action === 'override.set');
    assert.equal(entry?.actor, 'rita@ours.example in Salesforce');
  });

  it('is nobody by name where the history is of another value, or of somebody whom nobody knows', async () => {
    org.write('Account', account(3), { ICP_Override__c: '1', LastModifiedById: otto });
    track(3, rita, '2');
    org.write('Account', account(4), { ICP_Override__c: '1', LastModifiedById: otto });
    track(4, recordId('005', 77), '1');
    await sync();
    assert.deepEqual([await setter(3), await setter(4)], [somebody, somebody]);
  });

  it('is whoever changed the account last where nothing is tracked and the tier is new since the last reading', async () => {
    await sync();
    org.write('Account', account(3), { ICP_Override__c: 'Not fit', LastModifiedById: rita });
    await sync();
    assert.deepEqual(await setter(3), named('rita@ours.example'));
  });

  it('is not the owner: what stood there at the first reading may be from anybody', async () => {
    org.write('Account', account(3), { ICP_Override__c: '2', LastModifiedById: rita });
    await sync();
    assert.deepEqual(await setter(3), somebody);
  });

  it('is not us, who wrote scores after the person was there', async () => {
    await sync();
    org.write('Account', account(3), { ICP_Override__c: '2', LastModifiedById: ourId });
    await sync();
    assert.deepEqual(await setter(3), somebody);
  });

  it('stays who it was when another person mends the reason', async () => {
    await sync();
    org.write('Account', account(3), { ICP_Override__c: '2', LastModifiedById: rita });
    await sync();
    org.write('Account', account(3), { ICP_Override_Reason__c: 'they told us', LastModifiedById: otto });
    await sync();
    assert.deepEqual(await setter(3), named('rita@ours.example'));
    assert.equal((await overrideAt(store, 'main', account(3), clock + 1))?.reason, 'they told us');
  });

  it('is found where the org shows no history and no last change', async () => {
    org.records.delete('AccountHistory');
    org.described.delete('AccountHistory');
    org.described.get('Account')?.delete('LastModifiedById');
    await sync();
    org.write('Account', account(3), { ICP_Override__c: '2', LastModifiedById: rita });
    await sync();
    assert.deepEqual(await setter(3), somebody);
  });
});

describe('an override on a lead or a contact', () => {
  const [lead, contact] = [recordId('00Q', 3), recordId('003', 4)];

  it('is kept with the record, is counted, and changes nothing about the account', async () => {
    assert.deepEqual((await sync()).ownOverrides, { leads: 0, contacts: 0 });
    org.write('Lead', lead, { ICP_Override__c: 'Not fit' });
    org.write('Lead', recordId('00Q', 5), { ICP_Override__c: '1' });
    org.write('Contact', contact, { ICP_Override__c: '2' });
    const { ownOverrides } = await sync();
    assert.deepEqual(ownOverrides, { leads: 2, contacts: 1 });
    assert.deepEqual(await allOverrides(store, 'main', clock), []);
    const [kept] = await leadsNow(store, 'main', [lead]);
    assert.equal(kept?.more['crm:override'], 'Not fit');
    org.write('Lead', lead, { ICP_Override__c: null });
    org.delete('Contact', contact);
    assert.deepEqual((await sync()).ownOverrides, { leads: 1, contacts: 0 });
  });

  it('is said in words that fit the number', () => {
    const end = 'which stands on the record and does not change';
    assert.equal(
      ownOverridesInWords({ leads: 2, contacts: 1 }),
      `2 leads and 1 contact carry an override of their own, ${end} their account`,
    );
    assert.equal(
      ownOverridesInWords({ leads: 0, contacts: 1 }),
      `1 contact carries an override of its own, ${end} its account`,
    );
  });

  it('survives what a history tells of the lead in the same reading', async () => {
    await sync();
    org.write('Lead', recordId('00Q', 1), { ICP_Override__c: '2', Status: 'Disqualified' });
    org.write('LeadHistory', recordId('017', 9), {
      ...{ LeadId: recordId('00Q', 1), Field: 'Status', OldValue: 'Open - Not Contacted', NewValue: 'Disqualified' },
      ...{ CreatedDate: new Date(org.tick()).toISOString(), SystemModstamp: null },
    });
    await sync();
    const [kept] = await leadsNow(store, 'main', [recordId('00Q', 1)]);
    assert.deepEqual([kept?.more['crm:override'], kept?.status], ['2', 'rejected']);
  });
});
