import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { SlackDeps } from '../../../src/slack/app.ts';
import { aScoreAnswer } from '../../support/slack-answers.ts';
import { aTurn, openSlackDesk, postedTexts, type SlackDesk } from '../../support/slack-desk.ts';
import { aMention, aMessage, homeOpened } from '../../support/slack-payloads.ts';

let desk: SlackDesk;
const open = async (more: Partial<SlackDeps> = {}) => {
  desk = await openSlackDesk(more);
  return desk;
};
afterEach(() => desk.stop());
const posted = () => postedTexts(desk.slack);

describe('messages', () => {
  it('answers a mention once, in its thread, although Slack sends two events', async () => {
    const { receiver, slack } = await open();
    await receiver.send(aMessage('<@UBOT> why Halden?', { ts: '5.1', eventId: 'Ev1' }));
    await receiver.send(aMention('<@UBOT> why Halden?', { ts: '5.1', eventId: 'Ev2' }));
    assert.equal(posted().length, 1);
    assert.equal(slack.callsOf('chat.postMessage')[0]?.thread_ts, '5.1');
    assert.match(posted()[0] ?? '', /^You asked: why Halden\?/);
  });

  it('answers an event once, although Slack sends it again', async () => {
    const { receiver } = await open();
    await receiver.send(aMention('<@UBOT> hello', { ts: '5.1', eventId: 'Ev1' }));
    await receiver.send(aMention('<@UBOT> hello', { ts: '5.1', eventId: 'Ev1' }));
    assert.equal(posted().length, 1);
  });

  it('shows within the thread that it is at work, and does without where Slack refuses', async () => {
    const { receiver, slack } = await open();
    slack.answer('assistant.threads.setStatus', () => ({ ok: false, error: 'not_allowed' }));
    await receiver.send(aMessage('hello', { ts: '5.1', eventId: 'Ev1', direct: true }));
    assert.equal(slack.calls.find(({ method }) => method !== 'auth.test')?.method, 'assistant.threads.setStatus');
    assert.equal(posted().length, 1);
  });

  it('answers every direct message', async () => {
    const { receiver, slack } = await open();
    await receiver.send(aMessage('hello', { ts: '5.1', eventId: 'Ev1', direct: true }));
    await receiver.send(aMessage('and more', { ts: '5.2', threadTs: '5.1', eventId: 'Ev2', direct: true }));
    assert.deepEqual(
      slack.callsOf('chat.postMessage').map(({ thread_ts }) => thread_ts),
      ['5.1', '5.1'],
    );
  });

  it('answers a follow-up without a mention where it has spoken, and nowhere else', async () => {
    const { receiver, slack } = await open();
    await receiver.send(aMention('<@UBOT> hello', { ts: '5.1', eventId: 'Ev1' }));
    await receiver.send(aMessage('and Globex?', { ts: '5.2', threadTs: '5.1', eventId: 'Ev2' }));
    await receiver.send(aMessage('<@U2> what do you think?', { ts: '5.3', threadTs: '5.1', eventId: 'Ev3' }));
    await receiver.send(aMessage('lunch?', { ts: '6.2', threadTs: '6.1', eventId: 'Ev4' }));
    await receiver.send(aMessage('just talking', { ts: '7.1', eventId: 'Ev5' }));
    assert.deepEqual(posted().length, 2);
    assert.match(posted()[1] ?? '', /and Globex\?/);
    assert.equal(slack.callsOf('conversations.replies').length, 1);
  });

  it('finds out about a thread from before it was started', async () => {
    const { receiver, slack } = await open();
    slack.answer('conversations.replies', () => ({ ok: true, messages: [{ user: 'U1' }, { user: 'UBOT' }] }));
    await receiver.send(aMessage('still there?', { ts: '8.2', threadTs: '8.1', eventId: 'Ev1' }));
    assert.equal(posted().length, 1);
    await receiver.send(aMessage('and now?', { ts: '9.2', threadTs: '9.1', eventId: 'Ev2', parent: 'UBOT' }));
    assert.equal(slack.callsOf('conversations.replies').length, 1);
    assert.equal(posted().length, 2);
  });

  it('ignores edits, deletions and other bots', async () => {
    const { receiver } = await open();
    const direct = { ts: '5.1', direct: true };
    await receiver.send(aMessage('x', { ...direct, eventId: 'Ev1', subtype: 'message_changed' }));
    await receiver.send(aMessage('x', { ...direct, eventId: 'Ev2', subtype: 'message_deleted' }));
    await receiver.send(aMessage('x', { ...direct, eventId: 'Ev3', bot: 'B9' }));
    assert.deepEqual(posted(), []);
  });

  it('says help where a mention says nothing', async () => {
    const { receiver } = await open();
    await receiver.send(aMention('<@UBOT>', { ts: '5.1', eventId: 'Ev1' }));
    assert.match(posted()[0] ?? '', /What you can ask/);
  });

  it('does not say again what a card has said', async () => {
    const turn: SlackDeps['conversation']['turn'] = async ({ onCard }) => {
      await onCard?.(aScoreAnswer());
      return aTurn({ text: 'Halden Logistics scores 49.4.' });
    };
    const { receiver } = await open({ conversation: { turn, note: async () => {} } });
    await receiver.send(aMention('<@UBOT> why Halden', { ts: '5.1', eventId: 'Ev1' }));
    assert.equal(posted().length, 1);
  });

  it('never leaves a person without an answer', async () => {
    const { receiver } = await open({ conversation: { turn: async () => aTurn(), note: async () => {} } });
    await receiver.send(aMention('<@UBOT> hm', { ts: '5.1', eventId: 'Ev1' }));
    assert.match(posted()[0] ?? '', /There is no answer to that/);
  });

  it('tells the person in the thread when the conversation fails', async () => {
    const turn = async (): Promise<never> => {
      throw new Error('overloaded');
    };
    const { receiver, slack } = await open({ conversation: { turn, note: async () => {} } });
    await receiver.send(aMention('<@UBOT> why', { ts: '5.1', eventId: 'Ev1' }));
    assert.match(posted()[0] ?? '', /Something went wrong/);
    assert.equal(slack.callsOf('chat.postMessage')[0]?.thread_ts, '5.1');
  });
});

describe('opening the app', () => {
  it('offers questions in the Messages tab, without a thread', async () => {
    const { receiver, slack } = await open();
    await receiver.send(homeOpened('messages'));
    const [args] = slack.callsOf('assistant.threads.setSuggestedPrompts');
    assert.equal(args?.channel_id, 'D1');
    assert.equal(args?.thread_ts, undefined);
    assert.ok(Array.isArray(args?.prompts) && args.prompts.length === 4);
  });

  it('shows Home also to somebody it does not know, who is told so', async () => {
    const { receiver, slack } = await open({ people: async () => null });
    await receiver.send(homeOpened('home'));
    assert.match(JSON.stringify(slack.callsOf('views.publish')), /matches nobody yet/);
  });
});
