import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import { rollBack } from '../../../src/engine/proposals/roll-back.ts';
import { publicationReport } from '../../../src/engine/publish/publication-report.ts';
import { askToStop } from '../../../src/engine/publish/stop-publication.ts';
import { tellPublication } from '../../../src/engine/publish/tell-publication.ts';
import { undoPublication } from '../../../src/engine/publish/undo-publication.ts';
import { verifyPublications } from '../../../src/engine/verify/verify-publications.ts';
import { IcpError } from '../../../src/errors.ts';
import type { PublicationReport } from '../../../src/icp/publishing/publication-report.ts';
import { reportTotals } from '../../../src/icp/publishing/publication-report.ts';
import { latestAudit } from '../../../src/store/audit.ts';
import { crmTierOf } from '../../../src/store/crm-tier.ts';
import { activeModel } from '../../../src/store/models.ts';
import { savePerson } from '../../../src/store/people.ts';
import { rowsOf } from '../../../src/store/publication-rows.ts';
import { addSetting } from '../../../src/store/settings.ts';
import { type PublishedBook, publishedBook } from '../../support/published-book.ts';

const accountId = (nth: number) => `001${String(nth).padStart(12, '0')}AAA`;

describe('sending a publication', () => {
  let book: PublishedBook;
  before(async () => {
    book = await publishedBook({ accounts: 260, leads: 10, contacts: 7 });
  });
  beforeEach(() => book.reset());
  after(() => book?.store.close());

  const planned = async () => (await book.plan()).id;
  const report = (id: string) => publicationReport(book.store, id);

  it('writes what the plan says to accounts, leads and contacts once, and a second plan is empty', async () => {
    const plan = await book.plan();
    assert.deepEqual(
      plan.objects.map(({ object, rows, converted }) => [object, rows, converted]),
      [
        ['Account', 260, 0],
        ['Lead', 8, 2],
        ['Contact', 7, 0],
      ],
    );
    const sent = await book.send(plan.id);
    // Every second account, which is about a hundred of them, and all of the few others.
    assert.deepEqual([sent.state, sent.reason], ['finished', 'of 145 that were read back, all have what was written']);
    assert.deepEqual(await book.unlike(plan.id), []);
    assert.equal(book.crm.written.size, 275);
    assert.deepEqual(new Set(book.crm.written.values()), new Set([1]));
    assert.equal(book.crm.records.Account.get(accountId(0))?.ICP_Run_Id__c, plan.id);
    const again = await book.plan({ dryRun: true });
    assert.deepEqual(
      again.objects.map(({ rows }) => rows),
      [0, 0, 0],
    );
    assert.equal((await verifyPublications(book.store, 'main')).bad, null);
    const [last] = await latestAudit(book.store, 1);
    assert.deepEqual([last?.action, last?.subject], ['publication.finished', `publication ${plan.id}`]);
    const tier = await crmTierOf(book.store, 'main', accountId(0));
    assert.equal(String(tier), book.crm.records.Account.get(accountId(0))?.ICP_Tier__c);
  });

  it('writes a record again only when more than what follows has changed', async () => {
    await book.send(await planned());
    book.clock.now += 86_400_000;
    await book.score();
    assert.deepEqual(
      (await book.plan({ dryRun: true })).objects.map(({ rows }) => rows),
      [0, 0, 0],
    );
    const record = book.crm.records.Account.get(accountId(3)) ?? assert.fail();
    record.ICP_Score__c = 1;
    const { objects } = await book.plan({ dryRun: true });
    assert.deepEqual(
      objects.map(({ rows }) => rows),
      [1, 0, 0],
    );
  });

  it('stops when more than 2 % of the first rows fail, and never sends the rest', async () => {
    for (let nth = 0; nth < 260; nth += 20) book.crm.refused.set(accountId(nth), 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
    const id = await planned();
    const stopped = await book.send(id);
    assert.equal(stopped.state, 'stopped');
    assert.match(stopped.reason ?? '', /of the first 200 Account rows failed, which is more than 2 %/);
    const { failures, ...rest } = await report(id);
    const all = reportTotals(rest);
    assert.equal(all.written + all.setAside, 200);
    assert.equal(all.leftOut, 75);
    assert.equal(all.setAside, failures[0]?.rows);
    assert.equal(failures[0]?.code, 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
    assert.equal((await book.send(id)).state, 'stopped');
    assert.equal(book.crm.written.size, all.written);
  });

  it('lists every row that failed with its code while the others land', async () => {
    book.crm.refused.set(accountId(7), 'STRING_TOO_LONG');
    book.crm.refused.set(accountId(130), 'ENTITY_IS_DELETED');
    const id = await planned();
    assert.equal((await book.send(id)).state, 'finished');
    const { failures, ...rest } = await report(id);
    assert.deepEqual(
      failures.map(({ code, rows, examples }) => [code, rows, examples]),
      [
        ['ENTITY_IS_DELETED', 1, [`Account ${accountId(130)}`]],
        ['STRING_TOO_LONG', 1, [`Account ${accountId(7)}`]],
      ],
    );
    assert.equal(reportTotals(rest).written, 273);
    assert.deepEqual((await book.unlike(id)).sort(), [accountId(7), accountId(130)]);
  });

  it('sends locked rows again up to three times, with waits, and then sets them aside', async () => {
    book.crm.locked.set(accountId(1), 3);
    book.crm.locked.set(accountId(2), 9);
    const id = await planned();
    const before = book.clock.now;
    assert.equal((await book.send(id)).state, 'finished');
    assert.ok(book.clock.now - before >= 14_000, 'it waits 2, 4 and 8 seconds');
    const [first, second] = await Promise.all(
      [1, 2].map(async (nth) =>
        (await rowsOf(book.store, id, { object: 'Account' })).find(({ recordId }) => recordId === accountId(nth)),
      ),
    );
    assert.deepEqual([first?.state, first?.attempts], ['written', 4]);
    assert.deepEqual([second?.state, second?.attempts, second?.code], ['set aside', 4, 'UNABLE_TO_LOCK_ROW']);
    assert.equal(book.crm.locked.get(accountId(2)), 5);
  });

  it('keeps the plan when the CRM has no calls left, says so once, and goes on by itself later', async () => {
    const id = await planned();
    let updates = 0;
    book.crm.before = (operation) => {
      if (operation === 'update' && ++updates === 2)
        throw new IcpError('crm_limit', 'the CRM allows no more calls today');
    };
    const paused = await book.send(id);
    assert.deepEqual([paused.state, paused.reason], ['paused', 'the CRM allows no more calls today']);
    assert.ok((paused.resumeAt ?? 0) > book.clock.now);
    assert.equal(book.crm.written.size, 200);
    const told: PublicationReport[] = [];
    const notifier = {
      publicationPaused: async (said: PublicationReport) => {
        told.push(said);
        return { channel: 'C1', ts: '1' };
      },
      publicationReport: async () => null,
    };
    const tell = () => tellPublication({ store: book.store, notifier }, id);
    assert.equal(await tell(), 'nowhere');
    await addSetting(book.store, { key: 'publications.channel', value: 'C1', setAt: book.clock.now, setBy: 'a test' });
    assert.deepEqual([await tell(), await tell(), told.length], ['told', 'told before', 1]);
    const early = await book.send(id, {}, false);
    assert.deepEqual([early.state, book.crm.written.size], ['paused', 200]);
    book.clock.now = paused.resumeAt ?? 0;
    assert.equal((await book.send(id, {}, false)).state, 'finished');
    assert.deepEqual(await book.unlike(id), []);
    assert.deepEqual(new Set(book.crm.written.values()), new Set([1]));
    assert.equal(await tell(), 'refused');
    assert.equal(await tell(), 'refused', 'what was refused may be told another time');
  });

  it('waits when sending would take the last fifth of the day from others', async () => {
    const id = await planned();
    book.crm.left = 20_005;
    const paused = await book.send(id);
    assert.equal(paused.state, 'paused');
    assert.match(paused.reason ?? '', /leaves a fifth of the day's 100000 to others, and \d+ are left/);
    assert.equal(book.crm.written.size, 0);
  });

  it('sends nothing of a plan that somebody has touched', async () => {
    const id = await planned();
    await book.store.rows(sql`update publication_rows set after = after || '{"ICP_Tier__c": "1"}'
      where record_id = ${accountId(5)}`);
    assert.match((await verifyPublications(book.store, 'main')).bad ?? '', /is not what was planned/);
    const stopped = await book.send(id);
    assert.equal(stopped.state, 'stopped');
    assert.match(stopped.reason ?? '', /its rows have another hash/);
    assert.equal(book.crm.written.size, 0);
  });

  it('sends nothing of a plan by a model that is in force no more, and makes room for a new one', async () => {
    const id = await planned();
    await book.learn(260);
    const superseded = await book.send(id);
    assert.equal(superseded.state, 'superseded');
    assert.match(superseded.reason ?? '', /is in force now, and the plan is by model/);
    assert.equal(book.crm.written.size, 0);
    assert.equal((await book.send(await planned())).state, 'finished');
  });

  it('waits where whoever approved the model has lost the role, until it is given back or somebody else approves', async () => {
    const rae = { email: 'rae@ours.example', slackId: null, name: 'Rae', role: 'revops' } as const;
    const dana = { ...rae, email: 'dana@ours.example', name: 'Dana' };
    const model = async () => (await activeModel(book.store, 'main'))?.version ?? 0;
    await book.learn(270);
    const id = await planned();
    await savePerson(book.store, { ...dana, role: 'rep' });
    const paused = await book.send(id);
    assert.deepEqual(
      [paused.state, paused.reason],
      [
        'paused',
        `model ${await model()} was approved by Dana, who is rep now, and approving needs one of the roles revops, admin; it goes on when the role is given back, or somebody who has one approves the model again: lodestar rollback ${await model()} --reason TEXT`,
      ],
    );
    assert.equal(book.crm.written.size, 0);
    await savePerson(book.store, dana);
    assert.equal((await book.send(id)).state, 'finished');
    assert.deepEqual(await book.unlike(id), []);

    await book.learn(271);
    const next = await planned();
    await savePerson(book.store, { ...dana, role: 'rep' });
    await savePerson(book.store, rae);
    assert.equal((await book.send(next)).state, 'paused');
    const again = { book: 'main', version: await model(), reason: 'looked at once more' };
    const actor = { kind: 'person', email: rae.email } as const;
    await rollBack(book.ports, { ...again, actor });
    assert.equal((await book.send(next)).state, 'finished');
    await assert.rejects(rollBack(book.ports, { ...again, actor }), { code: 'in_force' });
    await savePerson(book.store, dana);
  });

  it('lets whoever sits at the command line stand for a model, whatever their name', async () => {
    await book.learn(272, { by: 'via command line by Doe, Dana' });
    assert.equal((await book.send(await planned())).state, 'finished');
    await book.learn(273, { by: 'via command line by Doe, Dana, gone@ours.example' });
    const { state, reason } = await book.send(await planned());
    assert.equal(state, 'paused');
    assert.match(reason ?? '', /approved by gone@ours.example, who is nobody we know any more/);
  });

  it('takes back what was written whoever may approve now', async () => {
    await book.learn(274);
    const id = await planned();
    assert.equal((await book.send(id)).state, 'finished');
    await book.learn(275, { by: 'gone@ours.example' });
    const undo = await undoPublication(book.ports, { id, by: 'via command line by a test' });
    assert.equal((await book.send(undo.id)).state, 'finished');
    await book.learn(276);
  });

  it('sends nothing to another org than it was planned for', async () => {
    const id = await planned();
    book.crm.orgNow = { ...book.crm.orgNow, id: '00D000000000002EAA', setting: 'sandbox' };
    const paused = await book.send(id);
    assert.equal(paused.state, 'paused');
    assert.match(
      paused.reason ?? '',
      /for the org Northwind \(local, 00D000000000001EAA\), and the one that is connected is Northwind \(sandbox, 00D000000000002EAA\)/,
    );
    assert.equal(book.crm.written.size, 0);
    book.crm.orgNow = { ...book.crm.orgNow, id: '00D000000000001EAA', setting: 'local' };
    assert.equal((await book.send(id)).state, 'finished');
  });

  it('sends no more of a plan that a person stops, and makes room for a new one', async () => {
    const id = await planned();
    book.crm.before = (operation) => {
      if (operation === 'missing') throw new IcpError('crm_stop', 'the permission set was taken away');
    };
    assert.equal((await book.send(id)).state, 'paused');
    book.crm.before = () => {};
    await askToStop(book.ports, { id, by: 'via command line by a test' });
    const stopped = await book.send(id);
    assert.deepEqual(
      [stopped.state, stopped.reason, stopped.resumeAt],
      ['stopped', 'stopped by a person: via command line by a test', null],
    );
    assert.equal(reportTotals(await report(id)).leftOut, 275);
    await assert.rejects(askToStop(book.ports, { id, by: 'a test' }), { code: 'publication_over' });
    assert.equal((await book.send(id)).state, 'stopped');
    assert.equal(book.crm.written.size, 0);
    await assert.doesNotReject(book.plan());
  });

  it('settles what was lost on the way by asking the org', async () => {
    const id = await planned();
    let lost = false;
    book.crm.after = (operation) => {
      if (operation !== 'update' || lost) return;
      lost = true;
      throw new IcpError('crm_retry', 'the CRM did not answer in time');
    };
    assert.equal((await book.send(id)).state, 'paused');
    assert.equal((await book.send(id)).state, 'finished');
    assert.deepEqual(await book.unlike(id), []);
    assert.deepEqual(new Set(book.crm.written.values()), new Set([1]));
  });
});
