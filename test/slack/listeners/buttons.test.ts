import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { AccountNotFoundError } from '../../../src/errors.ts';
import { actionIds, callbackIds } from '../../../src/slack/action-ids.ts';
import type { SlackDeps } from '../../../src/slack/app.ts';
import { writeAccount } from '../../../src/slack/buttons/button-value.ts';
import { anExplanation, aScoreAnswer } from '../../support/slack-answers.ts';
import { fakeQuestions, openSlackDesk, postedTexts, type SlackDesk } from '../../support/slack-desk.ts';
import { aButtonPress, aSubmission } from '../../support/slack-payloads.ts';

let desk: SlackDesk;
const open = async (more: Partial<SlackDeps> = {}) => {
  desk = await openSlackDesk(more);
  return desk;
};
afterEach(() => desk.stop());
const posted = () => postedTexts(desk.slack);

const halden = writeAccount({ book: 'main', id: '001', name: 'Halden Logistics', asOf: '2026-09-30T00:00:00Z' });

describe('buttons', () => {
  it('Why posts the breakdown into the thread, as of the day of the card', async () => {
    const asked: unknown[] = [];
    const explain: SlackDeps['questions']['explain'] = async (...args) => {
      asked.push(args);
      return aScoreAnswer(anExplanation());
    };
    const { receiver, slack } = await open({ questions: fakeQuestions({ explain }) });
    let acknowledged = false;
    await receiver.send(aButtonPress(slack, actionIds.why, halden, { ts: '5.1' }), () => {
      acknowledged = asked.length === 0;
    });
    assert.ok(acknowledged);
    assert.deepEqual(asked, [['001', { book: 'main', at: Date.parse('2026-09-30T00:00:00Z') }]]);
    assert.equal(slack.callsOf('chat.postMessage')[0]?.thread_ts, '5.1');
    assert.match(posted()[0] ?? '', /won 34\.0 % \(27 to 42 %, n = 151\)/);
  });

  it('the account that was perhaps meant gets its card, from a message that only one person sees', async () => {
    const { receiver, slack } = await open();
    await receiver.send(aButtonPress(slack, `${actionIds.account}:0`, halden, { ts: '5.1', ephemeral: true }));
    assert.equal(slack.callsOf('chat.postMessage')[0]?.thread_ts, undefined);
    assert.match(posted()[0] ?? '', /Halden Logistics/);
  });

  it('a choice asks its question', async () => {
    const { receiver, slack } = await open();
    await receiver.send(aButtonPress(slack, `${actionIds.ask}:3`, 'why Halden', { ts: '5.1' }));
    await receiver.send(aButtonPress(slack, `${actionIds.ask}:3`, 'what else?', { ts: '5.1' }));
    assert.match(posted()[0] ?? '', /tier 2/);
    assert.match(posted()[1] ?? '', /You asked: what else\?/);
  });

  it('Compare asks for the other account, and offers the nearest when it is not found', async () => {
    const compare = async (): Promise<never> => {
      throw new AccountNotFoundError('no account is called Globx', [{ book: 'main', id: '002', name: 'Globex' }]);
    };
    const { receiver, slack } = await open({ questions: fakeQuestions({ compare }) });
    await receiver.send(aButtonPress(slack, actionIds.compare, halden, { ts: '5.1' }));
    const [opened] = slack.callsOf('views.open');
    assert.equal(opened?.trigger_id, '1.2.3');
    const view = opened?.view as { callback_id: string; private_metadata: string };
    assert.equal(view.callback_id, callbackIds.compare);
    await receiver.send(aSubmission(view, 'Globx'));
    assert.match(JSON.stringify(slack.callsOf('chat.postMessage')[0]?.blocks), /compare \\"001\\", \\"002\\"/);
  });

  it('Wrong? takes the reason to whoever looks after scores, and says who that is', async () => {
    const doubts: unknown[] = [];
    const flag: NonNullable<SlackDeps['flag']> = async (doubt) => {
      doubts.push({ ...doubt, by: doubt.by.name });
      return { reviewer: 'Rita RevOps' };
    };
    const { receiver, slack } = await open({ flag });
    await receiver.send(aButtonPress(slack, actionIds.wrong, halden, { ts: '5.1' }));
    const view = slack.callsOf('views.open')[0]?.view as { callback_id: string; private_metadata: string };
    await receiver.send(aSubmission(view, ' they were bought '));
    await receiver.send(aSubmission(view, null));
    const account = { book: 'main', id: '001' };
    assert.deepEqual(doubts, [
      { account, by: 'Dana', reason: 'they were bought' },
      { account, by: 'Dana', reason: null },
    ]);
    const [confirmation] = slack.callsOf('chat.postEphemeral');
    assert.deepEqual([confirmation?.channel, confirmation?.user, confirmation?.thread_ts], ['C1', 'U1', '5.1']);
    assert.match(String(confirmation?.text), /Rita RevOps will look at it/);
  });

  it('a button from another age says so', async () => {
    const { receiver, slack } = await open();
    await receiver.send(aButtonPress(slack, actionIds.why, 'v0:001', { ts: '5.1' }));
    assert.match(JSON.stringify(slack.responses), /This button names no account; ask again/);
  });
});
