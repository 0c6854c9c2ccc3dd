import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import type { FeatureCatalogue } from '../../src/icp/features/feature-rule.ts';
import { claimSlackEvent, loadThread, saveThread } from '../../src/store/conversations.ts';
import { activateModel, activeModel, addModel, modelOfVersion } from '../../src/store/models.ts';
import { listPeople, personByName, personBySlack, savePerson } from '../../src/store/people.ts';
import { replaceScores, type ScoreRow, scoreRunOf, scoresWithNames, storedScore } from '../../src/store/scores.ts';
import { addSetting, settingHistory, settingOf } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { aModel } from '../support/a-model.ts';
import { freshStore } from '../support/fresh-store.ts';
import { importRecords } from '../support/records.ts';

const day = 86_400_000;
const catalogue: FeatureCatalogue = {
  ...{ asOf: 0, timeKind: 'dates', features: [], rules: [], setAside: [], sizeBuckets: [], painPhrases: [] },
  ...{ seenFrom: null, accounts: 0 },
};

describe('the small tables', () => {
  let store: Store;
  before(async () => {
    store = await freshStore();
  });
  after(() => store.close());

  it('are all there after the migrations, and applying them again changes nothing', async () => {
    const tables = await store.rows<{ name: string }>(
      sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    );
    const names = tables.map(({ name }) => name);
    for (const wanted of ['accounts', 'imports', 'models', 'receipts', 'scores', 'settings', 'slack_events', 'threads'])
      assert.ok(names.includes(wanted), wanted);
  });

  it('keep every setting that ever was, the latest in force', async () => {
    assert.equal(await settingOf(store, 'book.primary'), null);
    const values = ['a', { b: [1, null] }, false];
    for (const [nth, value] of values.entries())
      await addSetting(store, { key: 'book.primary', value, setAt: nth * day, setBy: `person ${nth}` });
    await addSetting(store, { key: 'other', value: 1, setAt: 9 * day, setBy: 'x' });
    assert.equal((await settingOf(store, 'book.primary'))?.value, false);
    const history = await settingHistory(store, 'book.primary');
    assert.deepEqual(
      history.map(({ value, setAt, setBy }) => [value, setAt, setBy]),
      [
        ['a', 0, 'person 0'],
        [{ b: [1, null] }, day, 'person 1'],
        [false, 2 * day, 'person 2'],
      ],
    );
  });

  it('find a person by Slack id first, then by e-mail, and by what somebody would type', async () => {
    await savePerson(store, { email: 'Dana@ours.example', slackId: 'U1', name: 'Dana Lee', role: 'rep' });
    await savePerson(store, { email: 'sam@ours.example', slackId: null, name: 'Sam Dana', role: 'leader' });
    assert.equal((await personBySlack(store, 'U1', 'sam@ours.example'))?.name, 'Dana Lee');
    assert.equal((await personBySlack(store, 'U9', 'SAM@ours.example'))?.name, 'Sam Dana');
    assert.equal(await personBySlack(store, 'U9', null), null);
    assert.equal(await personBySlack(store, 'U9', 'nobody@ours.example'), null);
    for (const typed of ['dana@OURS.example', 'u1', 'dana lee', ' Dana ']) {
      assert.equal((await personByName(store, typed))?.slackId, 'U1', typed);
    }
    assert.equal(await personByName(store, 'nobody'), null);
    await savePerson(store, { email: 'sam@ours.example', slackId: 'U2', name: 'Sam Dana', role: 'admin' });
    assert.deepEqual(
      (await listPeople(store)).map(({ slackId, role }) => [slackId, role]),
      [
        ['U1', 'rep'],
        ['U2', 'admin'],
      ],
    );
  });

  it('let one of twenty claim a Slack event, and forget old ones', async () => {
    const claims = await Promise.all(Array.from({ length: 20 }, () => claimSlackEvent(store, 'Ev1', 5 * day)));
    assert.equal(claims.filter(Boolean).length, 1);
    assert.equal(await claimSlackEvent(store, 'Ev2', 6 * day), true);
    assert.equal(await claimSlackEvent(store, 'Ev1', 6 * day), false, 'a day old is not old yet');
    assert.equal(await claimSlackEvent(store, 'Ev3', 6 * day + 1), true);
    const left = await store.rows<{ id: string }>(sql`select id from slack_events order by id`);
    assert.deepEqual(
      left.map(({ id }) => id),
      ['Ev2', 'Ev3'],
    );
  });

  it('give a thread back as it was left', async () => {
    assert.equal(await loadThread(store, 'C1:1'), null);
    const state = { account: { id: '1', name: 'Ünïcode {{x}} \u2028' }, turns: [1, [null]], empty: {} };
    await saveThread(store, 'C1:1', { turns: [] }, day);
    await saveThread(store, 'C1:1', state, 2 * day);
    await saveThread(store, 'C1:2', [], 2 * day);
    assert.deepEqual(await loadThread(store, 'C1:1'), state);
  });

  it('number models, and put the one in force that was activated last', async () => {
    const entry = { book: 'main', importId: 1, asOf: day, model: aModel({ base: 411 }), catalogue, verdict: 'fine' };
    const first = await addModel(store, entry, day);
    const second = await addModel(store, { ...entry, verdict: 'better' }, day);
    const other = await addModel(store, { ...entry, book: 'other' }, day);
    assert.deepEqual([first, second, other], [1, 2, 3]);
    assert.equal(await activeModel(store, 'main'), null, 'a model that nobody activated is not in force');
    await activateModel(store, second, { by: 'dana', at: 2 * day });
    await activateModel(store, first, { by: 'sam', at: 3 * day });
    const active = await activeModel(store, 'main');
    assert.deepEqual([active?.version, active?.activatedBy, active?.activatedAt], [1, 'sam', 3 * day]);
    assert.deepEqual(active?.model, entry.model, 'as it was given, to the last digit');
    assert.equal((await modelOfVersion(store, 2))?.verdict, 'better');
    assert.equal(await modelOfVersion(store, 99), null);
    assert.equal(await activeModel(store, 'other'), null);
  });

  it('replace the scores of a book at once, or not at all', async () => {
    const importId = await importRecords(
      store,
      ['1', 'a', 'B'].map((id) => ({
        ...{ kind: 'account', id, name: `Name ${id}`, domain: null, ownerEmail: null, values: {} },
        ...{ observedAt: null, source: 's' },
      })),
    );
    const row = (accountId: string, score: number): ScoreRow => ({
      ...{ book: 'main', accountId, score, tier: 2, positive: score, detractorMatch: 0, flagged: false },
      ...{ fitPoints: 1.5, timingPoints: -0.5, evidence: 'B', label: null, pWon: 0.123 },
    });
    const run = { book: 'main', modelVersion: 1, importId, asOf: day, accounts: 3 };
    await replaceScores(store, run, [row('1', 50), row('a', 60), row('B', 50)]);
    const listed = async (order: 'best' | 'worst' | 'account', limit?: number) =>
      (await scoresWithNames(store, run, { order, limit })).map(({ score, name }) => `${score.accountId} ${name}`);
    assert.deepEqual(await listed('best'), ['a Name a', '1 Name 1', 'B Name B']);
    assert.deepEqual(await listed('worst', 1), ['1 Name 1']);
    assert.deepEqual(await listed('account'), ['1 Name 1', 'B Name B', 'a Name a']);

    const twice = [row('1', 10), row('1', 20)];
    await assert.rejects(replaceScores(store, { ...run, asOf: 2 * day }, twice));
    assert.deepEqual(await listed('best'), ['a Name a', '1 Name 1', 'B Name B'], 'what failed left nothing behind');
    assert.equal((await scoreRunOf(store, 'main'))?.asOf, day);

    await replaceScores(store, { ...run, modelVersion: 2, accounts: 1 }, [row('1', 70.1)]);
    assert.deepEqual(await listed('account'), ['1 Name 1']);
    const meant = { importId, asOf: day, model: { version: 2 } };
    assert.equal((await storedScore(store, 'main', '1', meant))?.score, 70.1);
    assert.equal(await storedScore(store, 'main', '1', { ...meant, model: { version: 1 } }), null, 'of another run');
    assert.equal(await storedScore(store, 'main', 'a', meant), null);
  });
});
