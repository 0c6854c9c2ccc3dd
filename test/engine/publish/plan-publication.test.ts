import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import { theSchedule } from '../../../src/engine/publish/may-publish.ts';
import { verifyPublications } from '../../../src/engine/verify/verify-publications.ts';
import { heldTiersOf } from '../../../src/store/held-tiers.ts';
import { activeModel } from '../../../src/store/models.ts';
import { createPlanHash } from '../../../src/store/plan-hash.ts';
import { rowsInOrder } from '../../../src/store/publication-rows.ts';
import { publicationOf } from '../../../src/store/publications.ts';
import { addSetting } from '../../../src/store/settings.ts';
import { edit } from '../../support/fake-crm.ts';
import { anAccount } from '../../support/plain-book.ts';
import { morning, type PublishedBook, publishedBook } from '../../support/published-book.ts';
import { importRecords } from '../../support/records.ts';

const accountId = (nth: number) => `001${String(nth).padStart(12, '0')}AAA`;

describe('planning a publication', () => {
  let book: PublishedBook;
  before(async () => {
    book = await publishedBook({ accounts: 16, leads: 3 });
  });
  beforeEach(async () => {
    book.clock.now = morning;
    await book.reset();
  });
  after(() => book?.store.close());

  it('says what a dry run would do, keeps nothing, and has the hash of the plan that follows', async () => {
    edit(book.crm, 'Account', accountId(4), { ICP_Score__c: 10, ICP_Tier__c: '3' });
    book.crm.records.Account.delete(accountId(15));
    book.crm.records.Account.set('001000000009999AAA', { Id: '001000000009999AAA', OwnerId: '005' });
    const dry = await book.plan({ dryRun: true });
    assert.deepEqual(
      dry.objects.map(({ object, rows, withoutScore }) => [object, rows, withoutScore]),
      [
        ['Account', 15, 1],
        ['Lead', 3, 0],
      ],
    );
    assert.equal(dry.notInOrg, 1);
    assert.deepEqual(
      dry.moves.reduce((sum, { records }) => sum + records, 0),
      15,
    );
    assert.ok(dry.moves.some(({ from, to, records }) => from === '3' && to === '1' && records === 1));
    assert.deepEqual(
      dry.up.map(({ accountId: id, from }) => [id, from]),
      [[accountId(4), 10]],
    );
    assert.deepEqual(await book.store.rows(sql`select id from publications`), []);
    const plan = await book.plan({ planHash: dry.planHash });
    assert.notEqual(plan.id, dry.id);
    assert.equal(plan.planHash, dry.planHash);
    assert.equal(plan.kept, true);
  });

  it('refuses a plan that is not the one that was looked at', async () => {
    const dry = await book.plan({ dryRun: true });
    edit(book.crm, 'Account', accountId(1), { ICP_Tier__c: '3' });
    await assert.rejects(book.plan({ planHash: dry.planHash }), { code: 'plan_changed' });
    await assert.doesNotReject(book.plan());
  });

  it('knows a plan that was looked at after a reading that changes nothing of what would be written', async () => {
    const dry = await book.plan({ dryRun: true });
    book.clock.now += 3_600_000;
    const accountOfNoNews = { values: { industry: 'SaaS', employees: 10 }, observedAt: morning };
    await importRecords(book.store, [anAccount(accountId(0), accountOfNoNews)]);
    await book.score();
    const plan = await book.plan({ planHash: dry.planHash });
    assert.equal(plan.planHash, dry.planHash);
    assert.notEqual(plan.scoredAt, dry.scoredAt);
    assert.equal((await book.send(plan.id)).state, 'finished');
    assert.equal((await verifyPublications(book.store, 'main')).bad, null);
    await book.store.rows(sql`update publication_rows set after = after || '{"ICP_Scored_At__c": "2026-09-01T00:00:00.000Z"}'
      where record_id = ${accountId(5)}`);
    assert.match((await verifyPublications(book.store, 'main')).bad ?? '', /is not what was planned/);
  });

  it('still knows a plan that was frozen under the older form of the hash', async () => {
    const { id } = await book.plan();
    const frozen = (await publicationOf(book.store, id)) ?? assert.fail();
    const older = createPlanHash({ ...frozen, scoredAt: new Date(frozen.scoredAt) }, 'with its import');
    for await (const chunk of rowsInOrder(book.store, id)) for (const row of chunk) older.add(row);
    const olderHash = older.digest();
    assert.notEqual(olderHash, frozen.planHash);
    await book.store.rows(sql`update publications set plan_hash = ${olderHash}`);
    assert.equal((await verifyPublications(book.store, 'main')).bad, null);
    assert.equal((await book.send(id)).state, 'finished');
    await book.store.rows(sql`update publications set import_id = import_id + 1`);
    assert.match((await verifyPublications(book.store, 'main')).bad ?? '', /is not what was planned/);
  });

  it('publishes the tier that others are told, not one that flickers', async () => {
    const held = await heldTiersOf(book.store, 'main');
    assert.equal(held.get(accountId(4))?.tier, 1);
    await book.store.rows(
      sql`update held_tiers set tier = 2, leaning = 1, runs = 1 where account_id = ${accountId(4)}`,
    );
    const plan = await book.plan();
    await book.send(plan.id);
    assert.equal(book.crm.records.Account.get(accountId(4))?.ICP_Tier__c, '2');
    await book.store.rows(
      sql`update held_tiers set tier = 1, leaning = 1, runs = 0 where account_id = ${accountId(4)}`,
    );
  });

  it('writes the scores of a record on which a person set a tier, and never that tier or its reason', async () => {
    const lead = `00Q${String(1).padStart(12, '0')}EAA`;
    const set = { ICP_Override__c: 'Not fit', ICP_Override_Reason__c: 'a student' };
    edit(book.crm, 'Lead', lead, set);
    edit(book.crm, 'Account', accountId(1), set);
    const plan = await book.plan();
    assert.ok(plan.fields.every((field) => !field.startsWith('ICP_Override')));
    assert.equal((await book.send(plan.id)).state, 'finished');
    for (const record of [book.crm.records.Lead.get(lead), book.crm.records.Account.get(accountId(1))]) {
      assert.equal(typeof record?.ICP_Score__c, 'number');
      assert.deepEqual(Object.fromEntries(Object.keys(set).map((field) => [field, record?.[field]])), set);
    }
  });

  it('lists every field that the org lacks, and how it is added', async () => {
    book.crm.missingNow = [
      { object: 'Account', field: 'ICP_Tier__c', what: 'there is no such field', how: 'deploy the metadata' },
      { object: 'Lead', field: 'ICP_Score__c', what: 'it is read-only', how: 'assign the permission set' },
    ];
    await assert.rejects(book.plan(), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'crm_not_ready');
      assert.match(error.message, /fields that Northwind \(local\) does not have/);
      assert.match(error.message, /Account\.ICP_Tier__c: there is no such field; deploy the metadata/);
      assert.match(error.message, /Lead\.ICP_Score__c: it is read-only; assign the permission set/);
      return true;
    });
  });

  it('lets one publication of a book go on at a time', async () => {
    await book.plan();
    await assert.rejects(book.plan(), { code: 'publication_under_way' });
    assert.equal((await book.plan({ dryRun: true })).kept, false);
  });

  it('leaves a first model, which nobody decided on, to a person who asks or has asked once for all', async () => {
    await book.learn(231, { kind: 'first' });
    await assert.rejects(book.plan({ by: theSchedule }), { code: 'not_approved' });
    await assert.doesNotReject(book.plan({ dryRun: true }));
    const setting = { key: 'publish.main', setAt: morning, setBy: 'dana@ours.example' };
    await addSetting(book.store, { ...setting, value: { on: true, first: true } });
    const plan = await book.plan({ by: theSchedule });
    await addSetting(book.store, { ...setting, value: { on: false } });
    const sent = await book.send(plan.id);
    assert.deepEqual([sent.state, book.crm.written.size], ['superseded', 0], 'it was taken back before it was sent');
    await book.learn(232);
    await assert.doesNotReject(book.plan({ by: theSchedule }));
  });

  it('refuses a model that was changed, scores behind it, and scores that somebody touched', async () => {
    const version = (await activeModel(book.store, 'main'))?.version ?? 0;
    const base = (to: number) =>
      book.store.rows(
        sql`update models set model = jsonb_set(model, '{base}', to_jsonb(${to}::int)) where version = ${version}`,
      );
    await base(501);
    await assert.rejects(book.plan(), { code: 'model_changed' });
    await base(500);
    const touch = (by: number) =>
      book.store.rows(sql`update scores set score = score + ${by}::float8 where account_id = ${accountId(3)}`);
    await touch(8);
    await assert.rejects(book.plan(), { code: 'scores_differ' });
    await touch(-8);
    await book.store.rows(sql`update score_runs set model_version = 999`);
    await assert.rejects(book.plan(), { code: 'scores_behind' });
    await book.score();
    await assert.doesNotReject(book.plan({ dryRun: true }));
  });

  it('is paused while a calibration was missed and nobody answers for it', async () => {
    book.clock.now = morning + 200 * 86_400_000;
    await assert.rejects(book.plan(), { code: 'publication_paused' });
  });
});
