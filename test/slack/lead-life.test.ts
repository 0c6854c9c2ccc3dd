import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { createLeadsDesk } from '../../src/compose/desks/leads-desk.ts';
import { leadsChannelSetting, leadsMostSetting, postLeads } from '../../src/engine/leads/post-leads.ts';
import { undoMs } from '../../src/icp/leads/lead-standing.ts';
import { actionIds, inputIds, numbered, reasonIds } from '../../src/slack/action-ids.ts';
import { createSlackApp, type SlackApp } from '../../src/slack/app.ts';
import { latestImport } from '../../src/store/books.ts';
import { answersSince } from '../../src/store/lead-answers.ts';
import { postsOfLead } from '../../src/store/lead-cards.ts';
import { leadsNow } from '../../src/store/leads.ts';
import { personBySlack, savePerson } from '../../src/store/people.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { startWorkbench, type Workbench } from '../../src/workbench/server.ts';
import { aLead } from '../support/a-lead.ts';
import { COMPANY } from '../support/bolt-fixture.ts';
import { freshStore } from '../support/fresh-store.ts';
import { plainBook } from '../support/plain-book.ts';
import { importRecords } from '../support/records.ts';
import { fakeQuestions } from '../support/slack-desk.ts';
import { analyzeAgain, marketEnd, onlyBook } from '../support/small-market.ts';

const day = 86_400_000;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const workspace = {
  ...COMPANY,
  app: { ...COMPANY.app, commands: [{ name: '/icp', description: 'Ask', usageHint: 'leads' }] },
};
const rita = 'U0RITA';
const dana = 'U0DANA';

describe('a lead card from its post to its answer, in the local Slack', { timeout: 90_000 }, () => {
  let store: Store;
  let workbench: Workbench;
  let app: SlackApp;
  let clock = marketEnd;
  const seen = (user: string, channel = 'C0ICP') => workbench.messages(channel, user);
  const shown = (nth = 0) => JSON.stringify(seen(dana)[nth]?.blocks);
  const post = async () => postLeads({ store, notifier: app.notifier, now: () => clock }, await onlyBook(store));
  const press = (user: string, nth: number, action: string) =>
    workbench.press(user, seen(dana)[nth]?.ts ?? '', numbered(action, 0));
  const told = (user: string, words: RegExp) =>
    workbench.waitFor(() => seen(user).find((one) => one.ephemeralTo === user && words.test(JSON.stringify(one))));

  before(async () => {
    store = await freshStore();
    workbench = await startWorkbench({ port: 0, workspace });
    await importRecords(store, [
      ...plainBook(),
      ...[0, 1, 2, 3].map((nth) =>
        aLead(`L${nth}`, `a010${nth}`, { createdAt: marketEnd - (1 + nth) * day, ownerEmail: 'rita@northwind.test' }),
      ),
      aLead('old', 'a0110', { createdAt: marketEnd - 300 * day, ownerEmail: 'rita@northwind.test' }),
      aLead('past', 'a0111', {
        ...{ createdAt: marketEnd - 300 * day, status: 'rejected', decidedAt: marketEnd - 290 * day },
        rejectReason: 'too small',
      }),
    ]);
    await analyzeAgain(store);
    await savePerson(store, { email: 'dana@northwind.test', slackId: dana, name: 'Dana Okafor', role: 'revops' });
    await savePerson(store, { email: 'rita@northwind.test', slackId: null, name: 'Rita Lund', role: 'rep' });
    await savePerson(store, { email: 'sam@northwind.test', slackId: 'U0SAM', name: 'Sam Reyes', role: 'cs' });
    app = createSlackApp({
      connection: {
        ...{ mode: 'socket', botToken: workbench.botToken, appToken: workbench.appToken, apiUrl: workbench.apiUrl },
      },
      questions: fakeQuestions(),
      conversation: { turn: () => Promise.reject(new Error('nobody talks here')), note: async () => {} },
      people: (slackId, email) => personBySlack(store, slackId, email),
      claimEvent: async () => true,
      leads: createLeadsDesk({ store, now: () => clock, holder: 'test', log: silent as never }),
      log: silent,
      now: () => clock,
    });
    await app.start();
  });
  after(async () => {
    await app.stop();
    await workbench.close();
    await store.close();
  });

  it('posts nothing while nobody has said where to', async () => {
    assert.deepEqual([(await post()).to, seen(dana).length], [null, 0]);
  });

  it('posts the best of the new leads, each once, and none that is old', async () => {
    await addSetting(store, { key: leadsChannelSetting, value: 'C0ICP', setAt: 0, setBy: 'test' });
    await addSetting(store, { key: leadsMostSetting, value: 3, setAt: 0, setBy: 'test' });
    const { posted, fresh } = await post();
    assert.deepEqual([posted, fresh, seen(dana).length], [3, 4, 3]);
    assert.equal((await post()).posted, 0);
    for (const nth of [0, 1, 2]) assert.match(shown(nth), /is \*tier \d\* with a .*score.*Evidence/);
    assert.doesNotMatch(JSON.stringify(seen(dana)), /lead old/);
  });

  it('posts what a later import brings, and only that', async () => {
    await importRecords(store, [aLead('late', 'a0120', { createdAt: marketEnd - 200 * day })]);
    assert.equal((await post()).posted, 1);
    assert.match(shown(3), /lead late/);
  });

  it('says who accepted, and when, however often the button is pressed', async () => {
    await Promise.all([1, 2, 3].map(() => press(rita, 0, actionIds.leadAccept)));
    await workbench.waitFor(() => /\*Accepted\* by Rita Lund on <!date/.test(shown(0)));
    assert.equal((await answersSince(store, 'main', 0)).length, 1);
    assert.doesNotMatch(shown(0), /"Accept"|"Reject"/);
    assert.match(shown(0), /"Undo"/);
  });

  it('has one winner of two people at once, and tells the other who it was', async () => {
    await Promise.all([press(rita, 2, actionIds.leadAccept), press(dana, 2, actionIds.leadAccept)]);
    await workbench.waitFor(() => /\*Accepted\* by/.test(shown(2)));
    const [, answer] = await answersSince(store, 'main', 0);
    const loser = answer?.by === 'rita@northwind.test' ? dana : rita;
    const before = await told(loser, /Somebody was before you/);
    assert.match(JSON.stringify(before), new RegExp(`Accepted\\* by ${answer?.byName}`));
  });

  it('lets only Rita take her answer back, and for five minutes', async () => {
    await press(dana, 0, actionIds.leadUndo);
    await told(dana, /only Rita Lund can take that answer back/i);
    await press(rita, 0, actionIds.leadUndo);
    await workbench.waitFor(() => /Rita Lund took back an answer \(accepted\)/.test(shown(0)));
    await press(rita, 0, actionIds.leadAccept);
    await workbench.waitFor(() => /"Undo"/.test(shown(0)));
    clock += undoMs + 1;
    await press(rita, 0, actionIds.leadUndo);
    await told(rita, /too late/i);
    await workbench.waitFor(() => !/"Undo"/.test(shown(0)));
    assert.match(shown(0), /Accepted\* by Rita Lund/);
  });

  it('asks why a lead is turned down: not neither, but a known reason with words of her own', async () => {
    await press(rita, 1, actionIds.leadReject);
    const modal = await workbench.waitFor(() =>
      workbench.modals(rita).find((one) => JSON.stringify(one).includes('too small')),
    );
    await workbench.submitView(rita, modal.id, {});
    await workbench.waitFor(() => JSON.stringify(workbench.modals(rita)).includes('Choose a reason above'));
    await workbench.submitView(rita, modal.id, {
      [reasonIds.block]: { [reasonIds.element]: 'too small' },
      [inputIds.block]: { [inputIds.element]: 'four people' },
    });
    await workbench.waitFor(() => /\*Rejected\* by Rita Lund on .*: too small: four people/.test(shown(1)));
    assert.deepEqual(workbench.modals(rita), []);
  });

  it('refuses customer success in a sentence', async () => {
    await press('U0SAM', 3, actionIds.leadAccept);
    await told('U0SAM', /answering a lead needs one of the roles/i);
  });

  it('brings the ledger to it by itself', async () => {
    const leadId = ['L0', 'L1', 'L2', 'L3'].find((id) => shown(1).includes(`lead ${id}`)) ?? '';
    const read = async () => (await leadsNow(store, 'main', [leadId]))[0];
    for (let tries = 0; tries < 50 && (await read())?.status === 'open'; tries++) await setTimeout(100);
    const lead = await read();
    assert.deepEqual([lead?.rejectReason, lead?.more['lodestar:via']], ['too small', 'slack']);
    assert.ok(((await latestImport(store, 'main')) ?? 0) > 2);
  });

  it('lists her open leads on /icp leads with buttons, and the list follows what is pressed on it', async () => {
    await workbench.command(rita, 'C0ICP', '/icp leads');
    const list = await workbench.waitFor(() =>
      seen(rita).find((one) => JSON.stringify(one).includes('Open leads, the best')),
    );
    const text = () => JSON.stringify(seen(rita).find(({ ts }) => ts === list?.ts)?.blocks);
    assert.match(text(), /lead old/);
    // A press in the very moment of posting is answered below the list; this one comes after.
    for (let tries = 0; tries < 50 && (await postsOfLead(store, 'main', 'old')).length === 0; tries++)
      await setTimeout(100);
    await workbench.press(rita, list?.ts ?? '', numbered(actionIds.leadAccept, 1));
    await workbench.waitFor(() => /Accepted\* by Rita Lund/.test(text()));
    assert.match(text(), /"Accept"/);
  });
});
