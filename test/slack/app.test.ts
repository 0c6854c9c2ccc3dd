import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { actionIds, callbackIds } from '../../src/slack/action-ids.ts';
import type { SlackDeps } from '../../src/slack/app.ts';
import { writeAccount } from '../../src/slack/button-value.ts';
import { anExplanation, aScoreAnswer } from '../support/slack-answers.ts';
import { readMessage } from '../support/slack-block-kit.ts';
import { aTurn, fakeQuestions, openSlackDesk, type SlackDesk, slashCommand } from '../support/slack-desk.ts';
import { aButtonPress, aMention, aMessage, aSubmission, homeOpened } from '../support/slack-payloads.ts';

let desk: SlackDesk;
const open = async (more: Partial<SlackDeps> = {}) => {
  desk = await openSlackDesk(more);
  return desk;
};
afterEach(() => desk.stop());

/** The messages that were posted, as text. */
const posted = () =>
  desk.slack.callsOf('chat.postMessage').map((args) => readMessage({ blocks: args.blocks as object[] }));

const halden = writeAccount({ book: 'main', id: '001', name: 'Halden Logistics', asOf: '2026-09-30T00:00:00Z' });

describe('/icp', () => {
  it('posts the card of the account into the channel', async () => {
    const { receiver, slack } = await open();
    await receiver.send(slashCommand(slack, 'why Halden Logistics'));
    const [message, ...more] = slack.callsOf('chat.postMessage');
    assert.equal(more.length, 0);
    assert.equal(message?.channel, 'C1');
    assert.equal(message?.text, 'Halden Logistics is tier 2 with a score of 49.4');
    assert.match(JSON.stringify(message?.blocks), /Is this the right kind of company\?/);
    assert.equal(message?.unfurl_links, 'false');
    assert.match(posted()[0] ?? '', /asked by Dana/);
  });

  it('acknowledges before it does the work', async () => {
    const order: string[] = [];
    const explain = async () => {
      order.push('asked');
      return aScoreAnswer();
    };
    const { receiver, slack } = await open({ questions: fakeQuestions({ explain }) });
    await receiver.send(slashCommand(slack, 'why Halden'), () => order.push('acknowledged'));
    assert.deepEqual(order, ['acknowledged', 'asked']);
  });

  it('hangs the picture on the card after the card is there', async () => {
    const drawWaterfall = async () => new Uint8Array([0x89, 0x50]);
    const { receiver, slack } = await open({ drawWaterfall });
    let refusals = 0;
    slack.answer('chat.update', () => {
      refusals += 1;
      return refusals === 1 ? { ok: false, error: 'invalid_blocks' } : { ok: true };
    });
    await receiver.send(slashCommand(slack, 'why Halden'));
    const methods = slack.calls.map(({ method }) => method).filter((method) => /^(chat|files)/.test(method));
    assert.deepEqual(methods, [
      'chat.postMessage',
      'files.getUploadURLExternal',
      'files.completeUploadExternal',
      'chat.update',
      'chat.update',
    ]);
    const updated = slack.callsOf('chat.update').at(-1);
    assert.match(JSON.stringify(updated?.blocks), /"slack_file":\{"id":"F1"\},"alt_text":"How the score of Halden/);
  });

  it('leaves the card as it is when the picture fails', async () => {
    const drawWaterfall = async () => {
      throw new Error('no fonts');
    };
    const { receiver, slack, log } = await open({ drawWaterfall });
    await receiver.send(slashCommand(slack, 'why Halden'));
    assert.equal(posted().length, 1);
    assert.equal(slack.callsOf('chat.update').length, 0);
    assert.deepEqual(
      log.map(({ level, message }) => [level, message]),
      [['warn', 'the card stays without its picture']],
    );
  });

  it('shows the card to the asker alone where it may not post', async () => {
    const { receiver, slack } = await open();
    slack.answer('chat.postMessage', () => ({ ok: false, error: 'not_in_channel' }));
    await receiver.send(slashCommand(slack, 'score Halden'));
    assert.equal(slack.responses.length, 1);
    assert.equal(slack.responses[0]?.response_type, 'ephemeral');
    assert.match(JSON.stringify(slack.responses[0]), /Halden Logistics/);
  });

  it('offers the nearest accounts when none has the name, to the asker alone', async () => {
    const { receiver, slack } = await open();
    await receiver.send(slashCommand(slack, 'why Acme'));
    assert.deepEqual(posted(), []);
    const [answer] = slack.responses;
    assert.equal(answer?.response_type, 'ephemeral');
    const text = JSON.stringify(answer);
    assert.match(text, /No account is called Acme; try a domain\./);
    assert.match(text, /"text":"Halden Logistics"/);
    assert.match(text, new RegExp(`"action_id":"${actionIds.account}:0"`));
  });

  it('says what is missing from a command, with examples', async () => {
    const { receiver, slack } = await open();
    await receiver.send(slashCommand(slack, 'why'));
    assert.deepEqual(posted(), []);
    assert.match(JSON.stringify(slack.responses), /needs an account.*\/icp why Halden Logistics/);
  });

  it('tells the person a sentence and the log the stack when something breaks', async () => {
    const explain = async (): Promise<never> => {
      throw new TypeError('cannot read password of undefined');
    };
    const { receiver, slack, log } = await open({ questions: fakeQuestions({ explain }) });
    await receiver.send(slashCommand(slack, 'why Halden'));
    assert.match(JSON.stringify(slack.responses), /Something went wrong on our side/);
    assert.doesNotMatch(JSON.stringify(slack.responses), /password/);
    const [line] = log;
    assert.equal(line?.level, 'error');
    assert.ok(line.details && 'err' in line.details && line.details.err instanceof TypeError);
  });

  it('answers nobody it does not know, after asking for the e-mail address once', async () => {
    const asked: (string | null)[] = [];
    const people = async (_id: string, email: string | null) => {
      asked.push(email);
      return null;
    };
    const { receiver, slack } = await open({ people });
    await receiver.send(slashCommand(slack, 'why Halden'));
    assert.deepEqual(asked, [null, 'U1@ours.example']);
    assert.deepEqual(posted(), []);
    assert.match(JSON.stringify(slack.responses), /ask RevOps to add your e-mail address/);
  });

  it('posts a plain question and answers it in its thread', async () => {
    const keys: string[] = [];
    const turn: SlackDeps['conversation']['turn'] = async ({ question, threadKey, onCard }) => {
      keys.push(threadKey);
      await onCard?.(aScoreAnswer());
      return aTurn({ text: `You asked ${question}`, choices: [{ label: 'Criteria', question: 'criteria' }] });
    };
    const { receiver, slack } = await open({ conversation: { turn } });
    await receiver.send(slashCommand(slack, 'who is <@U2> & why?'));
    const [root, card, words] = slack.callsOf('chat.postMessage');
    assert.equal(root?.thread_ts, undefined);
    assert.match(posted()[0] ?? '', /Dana asks: who is &lt;@U2&gt; &amp; why\?/);
    assert.deepEqual([card?.thread_ts, words?.thread_ts], ['1700000001.000100', '1700000001.000100']);
    assert.deepEqual(keys, ['C1:1700000001.000100']);
    assert.match(posted()[2] ?? '', /You asked who is/);
    assert.match(JSON.stringify(words?.blocks), /"value":"criteria"/);
  });
});

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
    const { receiver } = await open({ conversation: { turn } });
    await receiver.send(aMention('<@UBOT> why Halden', { ts: '5.1', eventId: 'Ev1' }));
    assert.equal(posted().length, 1);
  });

  it('tells the person in the thread when the conversation fails', async () => {
    const turn = async (): Promise<never> => {
      throw new Error('overloaded');
    };
    const { receiver, slack } = await open({ conversation: { turn } });
    await receiver.send(aMention('<@UBOT> why', { ts: '5.1', eventId: 'Ev1' }));
    assert.match(posted()[0] ?? '', /Something went wrong/);
    assert.equal(slack.callsOf('chat.postMessage')[0]?.thread_ts, '5.1');
  });
});

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
    const { AccountNotFoundError } = await import('../../src/errors.ts');
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
