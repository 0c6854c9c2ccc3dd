import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { publicationReport } from '../../../src/engine/publish/publication-report.ts';
import { undoPublication } from '../../../src/engine/publish/undo-publication.ts';
import { reportTotals } from '../../../src/icp/publishing/publication-report.ts';
import { crmTierOf } from '../../../src/store/crm-tier.ts';
import { edit } from '../../support/fake-crm.ts';
import { type PublishedBook, publishedBook } from '../../support/published-book.ts';

const accountId = (nth: number) => `001${String(nth).padStart(12, '0')}AAA`;

describe('undoing a publication', () => {
  let book: PublishedBook;
  before(async () => {
    book = await publishedBook({ accounts: 24, leads: 4 });
  });
  beforeEach(() => book.reset());
  after(() => book?.store.close());

  const published = async () => {
    const { id } = await book.plan();
    assert.equal((await book.send(id)).state, 'finished');
    return id;
  };
  const by = 'via command line by a test';
  /** What people and machines see of a record, without the stamp of the last change. */
  const seen = () =>
    (['Account', 'Lead'] as const).map((object) =>
      [...book.crm.records[object].values()].map(({ SystemModstamp: _, ...record }) =>
        Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value ?? null])),
      ),
    );

  it('gives every record back exactly what it had, empty fields and earlier runs too', async () => {
    edit(book.crm, 'Account', accountId(2), {
      ...{ ICP_Score__c: 12.5, ICP_Tier__c: '3', ICP_Reasons__c: 'by hand', ICP_Run_Id__c: 'an earlier run' },
      ICP_Scored_At__c: '2026-05-01T09:30:00.000+0000',
    });
    const id = await published();
    const { id: second } = await undoPublication(book.ports, { id, by });
    assert.equal((await book.send(second)).state, 'finished');
    const restored = book.crm.records.Account.get(accountId(2));
    assert.deepEqual(
      [restored?.ICP_Score__c, restored?.ICP_Tier__c, restored?.ICP_Run_Id__c, restored?.ICP_Segment__c],
      [12.5, '3', 'an earlier run', null],
    );
    assert.equal(restored?.ICP_Scored_At__c, '2026-05-01T09:30:00.000+0000');
    const [accounts = []] = seen();
    const others = accounts.filter(({ Id }) => Id !== accountId(2));
    for (const record of others)
      for (const [name, value] of Object.entries(record))
        if (name.startsWith('ICP_')) assert.equal(value, name === 'ICP_Detractor__c' ? false : null, name);
    assert.equal(await crmTierOf(book.store, 'main', accountId(1)), null);
    assert.deepEqual(await book.unlike(second), []);
  });

  it('leaves alone what somebody has changed since, down to one field, and lists it with what was changed', async () => {
    const id = await published();
    edit(book.crm, 'Account', accountId(4), { ICP_Tier__c: '3' });
    edit(book.crm, 'Account', accountId(5), { ICP_Segment__c: 'by hand' });
    book.crm.records.Account.delete(accountId(6));
    edit(book.crm, 'Account', accountId(7), { Description: 'none of ours' });
    const plan = await undoPublication(book.ports, { id, by });
    assert.equal(plan.changedSince, 3);
    assert.equal((await book.send(plan.id)).state, 'finished');
    const report = await publicationReport(book.store, plan.id);
    const all = reportTotals(report);
    assert.deepEqual([all.written, all.changedSince, all.setAside, all.open], [25, 3, 0, 0]);
    const told = new Map(report.changed.map(({ recordId, reason }) => [recordId, reason]));
    assert.match(told.get(accountId(4)) ?? '', /^ICP_Tier__c is 3 and was written as [12]$/);
    assert.equal(told.get(accountId(5)), 'ICP_Segment__c is by hand and was written as empty');
    assert.equal(told.get(accountId(6)), 'the record is gone');
    assert.equal(book.crm.records.Account.get(accountId(4))?.ICP_Tier__c, '3');
    assert.equal(book.crm.records.Account.get(accountId(5))?.ICP_Segment__c, 'by hand');
    assert.equal(book.crm.records.Account.get(accountId(7))?.ICP_Tier__c, null);
  });

  it('leaves alone what a later publication has written, and says which', async () => {
    const first = await published();
    await book.learn(250);
    const later = await published();
    const { objects } = await publicationReport(book.store, later);
    const rewritten = objects.reduce((sum, { written }) => sum + written, 0);
    assert.ok(rewritten > 0);
    const plan = await undoPublication(book.ports, { id: first, by, dryRun: true });
    assert.equal(plan.changedSince, rewritten);
    const kept = await undoPublication(book.ports, { id: first, by });
    assert.equal((await book.send(kept.id)).state, 'finished');
    const { changed } = await publicationReport(book.store, kept.id);
    assert.ok(changed.every(({ reason }) => reason === `publication ${later} of 2026-10-01 has written it since`));
    assert.equal(book.crm.records.Account.get(accountId(0))?.ICP_Run_Id__c, later);
    await book.learn(230);
  });

  it('undoes what was written of a publication that stopped half way', async () => {
    for (let nth = 0; nth < 4; nth++) book.crm.refused.set(accountId(nth), 'STRING_TOO_LONG');
    const { id } = await book.plan();
    assert.equal((await book.send(id)).state, 'stopped');
    assert.equal(book.crm.written.size, 20);
    const plan = await undoPublication(book.ports, { id, by });
    assert.equal((await book.send(plan.id)).state, 'finished');
    for (const record of book.crm.records.Account.values()) assert.equal(record.ICP_Tier__c ?? null, null);
  });

  it('refuses another org, an unknown run, and one that wrote nothing', async () => {
    const id = await published();
    book.crm.orgNow = { ...book.crm.orgNow, id: '00D000000000009EAA', setting: 'production' };
    await assert.rejects(undoPublication(book.ports, { id, by }), {
      code: 'other_org',
      message: /Northwind \(local, 00D000000000001EAA\), .* Northwind \(production, 00D000000000009EAA\)/,
    });
    await assert.rejects(undoPublication(book.ports, { id: 'none', by }), { code: 'no_publication' });
    book.crm.orgNow = { ...book.crm.orgNow, id: '00D000000000001EAA', setting: 'local' };
    const empty = await book.plan();
    await book.send(empty.id);
    await assert.rejects(undoPublication(book.ports, { id: empty.id, by }), { code: 'nothing_to_undo' });
  });
});
