import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decideAlert } from '../../src/engine/decide-alert.ts';
import { churnChannelSetting, raiseChurnAlerts } from '../../src/engine/watch-churn.ts';
import { actionIds, inputIds } from '../../src/slack/action-ids.ts';
import { createSlackApp } from '../../src/slack/app.ts';
import { createNotifier } from '../../src/slack/notify.ts';
import { alertsOf } from '../../src/store/churn-alerts.ts';
import { personBySlack, savePerson } from '../../src/store/people.ts';
import { addSetting } from '../../src/store/settings.ts';
import { startWorkbench } from '../../src/workbench/server.ts';
import { aWatch, aWatchedCustomer } from '../support/a-churn-alert.ts';
import { COMPANY } from '../support/bolt-fixture.ts';
import { freshStore } from '../support/fresh-store.ts';
import { fakeQuestions } from '../support/slack-desk.ts';

const start = Date.UTC(2026, 9, 1);
const day = 86_400_000;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

describe('a churn alert from its first post to its end, in the local Slack', { timeout: 60_000 }, () => {
  it('is told once, refused to a rep, taken by RevOps, and put to rest with a reason that is remembered', async () => {
    const store = await freshStore();
    const workbench = await startWorkbench({ port: 0, workspace: COMPANY });
    await savePerson(store, { email: 'dana@northwind.test', slackId: 'U0DANA', name: 'Dana Okafor', role: 'revops' });
    await savePerson(store, { email: 'rita@northwind.test', slackId: 'U0RITA', name: 'Rita Lund', role: 'rep' });
    await addSetting(store, { key: churnChannelSetting, value: 'C0ICP', setAt: start, setBy: 'test' });
    const app = createSlackApp({
      connection: {
        ...{ mode: 'socket', botToken: workbench.botToken, appToken: workbench.appToken, apiUrl: workbench.apiUrl },
      },
      questions: fakeQuestions(),
      conversation: { turn: () => Promise.reject(new Error('nobody talks here')), note: async () => {} },
      people: (slackId, email) => personBySlack(store, slackId, email),
      claimEvent: async () => true,
      alerts: {
        decide: ({ alertId, by, decision }) =>
          decideAlert({ store, now: () => start }, { alertId, email: by.email, decision }),
      },
      log: silent,
      now: () => start,
    });
    await app.start();
    const notifier = createNotifier({ client: app.bolt.client, log: silent });
    const run = (asOf: number) =>
      raiseChurnAlerts({ store, notifier }, { book: 'main', asOf, findings: aWatch([aWatchedCustomer()]) });
    const seen = (user: string) => workbench.messages('C0ICP', user);
    const shown = () => JSON.stringify(seen('U0DANA')[0]?.blocks);
    try {
      assert.equal((await run(start)).told.length, 1);
      assert.equal((await run(start + day)).told.length, 0);
      const [alert] = seen('U0DANA');
      assert.ok(alert !== undefined);
      assert.match(shown(), /Nobody has taken it yet/);

      await workbench.press('U0RITA', alert.ts, actionIds.alertAcknowledge);
      const refusal = await workbench.waitFor(() => seen('U0RITA').find(({ ephemeralTo }) => ephemeralTo === 'U0RITA'));
      assert.match(JSON.stringify(refusal), /needs one of the roles/);
      assert.match(shown(), /Nobody has taken it yet/);

      await Promise.all([1, 2].map(() => workbench.press('U0DANA', alert.ts, actionIds.alertAcknowledge)));
      await workbench.waitFor(() => shown().includes('Acknowledged by Dana Okafor'));

      await workbench.press('U0DANA', alert.ts, actionIds.alertNotARisk);
      const modal = await workbench.waitFor(() => workbench.modals('U0DANA')[0]);
      await workbench.submitView('U0DANA', modal.id, { [inputIds.block]: { [inputIds.element]: 'half are on leave' } });
      await workbench.waitFor(() => shown().includes('Not a risk, says Dana Okafor'));

      const [kept] = await alertsOf(store, 'main');
      assert.deepEqual(
        [kept?.standing, kept?.decided?.reason, kept?.decisions],
        ['not a risk', 'half are on leave', 2],
      );
      const later = await run(start + 30 * day);
      assert.deepEqual([later.told.length, later.held.map(({ why }) => why)], [0, ['not a risk, says a person']]);
      assert.equal(seen('U0SAM').length, 1);
    } finally {
      await app.stop();
      await workbench.close();
      await store.close();
    }
  });
});
