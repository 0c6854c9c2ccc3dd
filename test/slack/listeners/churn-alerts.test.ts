import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { IcpError } from '../../../src/errors.ts';
import type { AlertDecision } from '../../../src/icp/life/alert-state.ts';
import { actionIds, callbackIds } from '../../../src/slack/action-ids.ts';
import type { SlackDeps } from '../../../src/slack/app.ts';
import { writeAlert } from '../../../src/slack/buttons/alert-value.ts';
import { createNotifier } from '../../../src/slack/notify.ts';
import { anAlert, anAlertEvent } from '../../support/a-churn-alert.ts';
import { readMessage } from '../../support/slack-block-kit.ts';
import { openSlackDesk, type SlackDesk } from '../../support/slack-desk.ts';
import { aButtonPress, aSubmission } from '../../support/slack-payloads.ts';

const start = Date.UTC(2026, 9, 1);
const posted = anAlertEvent('posted', start, { channel: 'C9', ts: '9.1' });
const value = writeAlert({ alertId: 7, name: 'Halden Logistics', weeks: 0 });

let desk: SlackDesk;
afterEach(() => desk.stop());

type Alerts = NonNullable<SlackDeps['alerts']>;

async function open(decide: Alerts['decide']) {
  desk = await openSlackDesk({ alerts: { decide }, now: () => start });
  return desk;
}

/** Keeps the decision as the engine would, and says whether it was the first. */
function keeping(decisions: AlertDecision[]): Alerts['decide'] {
  return async ({ alertId, by, decision }) => {
    assert.equal(alertId, 7);
    const changed = decisions.length === 0;
    decisions.push(decision);
    const [first] = decisions;
    const until = first?.kind === 'snoozed' ? first.until : null;
    const reason = first?.kind === 'not a risk' ? first.reason : null;
    const event = anAlertEvent(first?.kind ?? decision.kind, start, { by: by.email, byName: by.name, until, reason });
    return { state: anAlert([posted, event]), changed };
  };
}

const updates = () =>
  desk.slack
    .callsOf('chat.update')
    .map(
      ({ channel, ts, blocks }) => `${channel} ${ts} ${readMessage({ blocks: Array.isArray(blocks) ? blocks : [] })}`,
    );

describe('the buttons of a churn alert', () => {
  it('Acknowledge lets the message say who did it, and a double click changes nothing', async () => {
    const decisions: AlertDecision[] = [];
    const { receiver, slack } = await open(keeping(decisions));
    let acknowledged = false;
    const press = aButtonPress(slack, actionIds.alertAcknowledge, value, { ts: '9.1' });
    await receiver.send(press, () => {
      acknowledged = decisions.length === 0;
    });
    await receiver.send(press);
    assert.ok(acknowledged);
    assert.equal(updates().length, 2);
    assert.match(updates()[0] ?? '', /^C9 9\.1 .*Acknowledged by Dana on 1 Oct 2026/s);
    assert.equal(updates()[0], updates()[1]);
    assert.deepEqual([slack.callsOf('chat.postEphemeral'), slack.responses], [[], []]);
  });

  it('Snooze puts it off for as many weeks as the button says', async () => {
    const decisions: AlertDecision[] = [];
    const { receiver, slack } = await open(keeping(decisions));
    const two = writeAlert({ alertId: 7, name: 'Halden Logistics', weeks: 2 });
    await receiver.send(aButtonPress(slack, `${actionIds.alertSnooze}:1`, two, { ts: '9.1' }));
    assert.deepEqual(decisions, [{ kind: 'snoozed', until: Date.UTC(2026, 9, 15) }]);
    assert.match(updates()[0] ?? '', /Put off by Dana until 15 Oct 2026/);
  });

  it('Not a risk asks why, and keeps the reason', async () => {
    const decisions: AlertDecision[] = [];
    const { receiver, slack } = await open(keeping(decisions));
    await receiver.send(aButtonPress(slack, actionIds.alertNotARisk, value, { ts: '9.1' }));
    const view = slack.callsOf('views.open')[0]?.view as { callback_id: string; private_metadata: string };
    assert.equal(view.callback_id, callbackIds.notARisk);
    assert.deepEqual(decisions, []);
    await receiver.send(aSubmission(view, ' half the team is on leave '));
    assert.deepEqual(decisions, [{ kind: 'not a risk', reason: 'half the team is on leave' }]);
    assert.match(updates()[0] ?? '', /Not a risk, says Dana on 1 Oct 2026: half the team is on leave/);
  });

  it('tells whoever comes second whose decision stands', async () => {
    const state = anAlert([posted, anAlertEvent('acknowledged', start, { by: 'carla@ours.example', byName: 'Carla' })]);
    const { receiver, slack } = await open(async () => ({ state, changed: false }));
    await receiver.send(aButtonPress(slack, actionIds.alertAcknowledge, value, { ts: '9.1' }));
    assert.match(JSON.stringify(slack.responses), /It was decided before you.*Acknowledged by Carla/);
  });

  it('tells whoever may not decide, and only them', async () => {
    const refuse = async (): Promise<never> => {
      throw new IcpError('not_allowed', 'deciding on a churn alert needs one of the roles cs, revops, leader, admin');
    };
    const { receiver, slack } = await open(refuse);
    await receiver.send(aButtonPress(slack, actionIds.alertAcknowledge, value, { ts: '9.1' }));
    assert.match(JSON.stringify(slack.responses), /needs one of the roles/);
    assert.deepEqual(updates(), []);
  });

  it('keeps a decision whose message somebody has deleted', async () => {
    const decisions: AlertDecision[] = [];
    const { receiver, slack, log } = await open(keeping(decisions));
    slack.answer('chat.update', () => ({ ok: false, error: 'message_not_found' }));
    await receiver.send(aButtonPress(slack, actionIds.alertAcknowledge, value, { ts: '9.1' }));
    assert.equal(decisions.length, 1);
    assert.deepEqual(slack.responses, []);
    assert.ok(log.some(({ level, message }) => level === 'warn' && message === 'an alert could not be updated'));
  });

  it('a button from another age says so', async () => {
    const { receiver, slack } = await open(keeping([]));
    await receiver.send(aButtonPress(slack, actionIds.alertAcknowledge, '["7"]', { ts: '9.1' }));
    assert.match(JSON.stringify(slack.responses), /This button names no alert/);
  });
});

describe('the notifier', () => {
  const log = { info: () => {}, warn: () => {}, error: () => {} };

  it('posts an alert with its signs, its days, its twin and what to do', async () => {
    const { app, slack } = await open(keeping([]));
    const at = await createNotifier({ client: app.bolt.client, log }).churnAlert(anAlert(), 'C9');
    assert.deepEqual(at, { channel: 'C9', ts: '1700000001.000100' });
    const [call] = slack.callsOf('chat.postMessage');
    const text = readMessage({ blocks: Array.isArray(call?.blocks) ? call.blocks : [] });
    for (const part of [
      /Halden Logistics.* may leave: a chance of .*62 %/,
      /60\.0 % \(47 to 71 %, n = 60\) left/,
      /active users down 40\.0 %, from 90 to 54, since 1 Jul 2026/,
      /the champion left in the month of 1 Aug 2026/,
      /50 days, 20 Nov 2026/,
      /70 days \(61 to 80, n = 36\)/,
      /Brixmark Apps.* 60 days before it left on 22 May 2025 \(“too dear”\)/,
      /find out who took over/,
      /Nobody has taken it yet/,
    ])
      assert.match(text, part);
    assert.equal(call?.unfurl_links, 'false');
  });

  it('answers null when Slack refuses, and throws when nobody knows whether it was told', async () => {
    const { app, slack } = await open(keeping([]));
    const notifier = createNotifier({ client: app.bolt.client, log });
    slack.answer('chat.postMessage', () => ({ ok: false, error: 'not_in_channel' }));
    assert.equal(await notifier.churnAlert(anAlert(), 'C9'), null);
    slack.answer('chat.postMessage', () => ({ ok: false, error: 'internal_error' }));
    await assert.rejects(notifier.churnAlert(anAlert(), 'C9'));
  });
});
