import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { actionIds } from '../../../src/slack/action-ids.ts';
import type { SlackDeps } from '../../../src/slack/app.ts';
import { aScoreAnswer } from '../../support/slack-answers.ts';
import {
  aTurn,
  fakeQuestions,
  openSlackDesk,
  postedTexts,
  type SlackDesk,
  slashCommand,
} from '../../support/slack-desk.ts';

let desk: SlackDesk;
const open = async (more: Partial<SlackDeps> = {}) => {
  desk = await openSlackDesk(more);
  return desk;
};
afterEach(() => desk.stop());
const posted = () => postedTexts(desk.slack);

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

  it('tells the asker that it is at work when the answer takes longer than a moment', async () => {
    const explain = async () => {
      await desk.slack.responded();
      return aScoreAnswer();
    };
    const { receiver, slack } = await open({ questions: fakeQuestions({ explain }) });
    await receiver.send(slashCommand(slack, 'why Halden'));
    assert.deepEqual(
      [slack.responses[0]?.text, slack.responses[0]?.response_type],
      ['Looking it up, a moment.', 'ephemeral'],
    );
    assert.equal(posted().length, 1);
  });

  it('hangs the picture on the card after the card is there', async () => {
    const drawPicture = async () => new Uint8Array([0x89, 0x50]);
    const { receiver, slack } = await open({ drawPicture });
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
    const drawPicture = async () => {
      throw new Error('no fonts');
    };
    const { receiver, slack, log } = await open({ drawPicture });
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
    const { receiver, slack } = await open({ conversation: { turn, note: async () => {} } });
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
