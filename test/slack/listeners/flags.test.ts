import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { FlagTold } from '../../../src/engine/notifier.ts';
import type { Person } from '../../../src/icp/types.ts';
import { actionIds, callbackIds } from '../../../src/slack/action-ids.ts';
import { writeSubject } from '../../../src/slack/buttons/subject-value.ts';
import type { JudgementDeps } from '../../../src/slack/judgements/judgement-deps.ts';
import { createNotifier } from '../../../src/slack/notify.ts';
import { noJudgements } from '../../support/no-judgements.ts';
import { readMessage } from '../../support/slack-block-kit.ts';
import { openSlackDesk, postedTexts, type SlackDesk } from '../../support/slack-desk.ts';
import { aButtonPress, aFormSubmission } from '../../support/slack-payloads.ts';

const start = Date.UTC(2026, 9, 1);
const rita: Person = { email: 'rita@ours.example', slackId: 'U3', name: 'Rita', role: 'rep' };
const dana: Person = { email: 'dana@ours.example', slackId: 'U2', name: 'Dana', role: 'revops' };

let desk: SlackDesk;
afterEach(() => desk.stop());

function aFlag(answer: string | null, more: Partial<FlagTold> = {}): FlagTold {
  const answered = answer === null ? null : { answeredAt: start, answeredBy: dana.email, answer };
  return {
    flag: {
      ...{ id: 7, book: 'main', accountId: '001', flaggedBy: rita.email, reason: 'they <!channel> closed' },
      ...{ flaggedAt: start, modelVersion: 3, score: '49.4', answeredAt: null, answeredBy: null, answer: null },
      ...answered,
    },
    ...{ accountName: 'Halden *Logistics*', support: null, raisedBy: rita, reviewer: dana },
    ...{ answeredBy: answer === null ? null : dana },
    ...more,
  };
}

const log = { info: () => {}, warn: () => {}, error: () => {} };
const shown = (blocks: unknown) => readMessage({ blocks: Array.isArray(blocks) ? blocks : [] });

describe('the message of a flag', () => {
  it('names who doubts what, mentions who is to answer, and pings nobody else', async () => {
    desk = await openSlackDesk();
    const notifier = createNotifier({ client: desk.app.bolt.client, log });
    assert.deepEqual(await notifier.flag(aFlag(null), 'C9'), { channel: 'C9', ts: '1700000001.000100' });
    const text = postedTexts(desk.slack).join('\n');
    assert.match(text, /Rita.* doubts .*Halden ∗Logistics∗.* and its score of .*49\.4.*“they &lt;!channel&gt; closed”/);
    assert.match(text, /For <@U2> to answer within a week/);
    assert.match(JSON.stringify(desk.slack.callsOf('chat.postMessage')), new RegExp(actionIds.answerFlag));
  });

  it('gives a score on low evidence with its range, and a sure one without', async () => {
    desk = await openSlackDesk();
    const notifier = createNotifier({ client: desk.app.bolt.client, log });
    const range = { low: 36.2, high: 62.8 };
    await notifier.flag(aFlag(null, { support: { evidence: 'D', range } }), 'C9');
    await notifier.flag(aFlag(null, { support: { evidence: 'C', range } }), 'C9');
    const [rough = '', sure = ''] = postedTexts(desk.slack);
    assert.match(rough, /its score of \*about 49 \(36 to 63\), low evidence\*: “they/);
    assert.match(sure, /its score of \*49\.4\*: “they/);
  });

  it('says afterwards who answered, and whoever raised it is told alone', async () => {
    desk = await openSlackDesk();
    const notifier = createNotifier({ client: desk.app.bolt.client, log });
    await notifier.flagAnswered(aFlag('corrected'), [{ channel: 'C9', ts: '9.1' }]);
    const [update] = desk.slack.callsOf('chat.update');
    assert.deepEqual([update?.channel, update?.ts], ['C9', '9.1']);
    assert.match(shown(update?.blocks), /Answered by Dana on 1 Oct 2026: “corrected”/);
    assert.doesNotMatch(JSON.stringify(update), new RegExp(actionIds.answerFlag));
    const [told] = desk.slack.callsOf('chat.postMessage');
    assert.equal(told?.channel, 'U3');
    assert.match(shown(told?.blocks), /Dana answered your doubt about \*Halden ∗Logistics∗\*: “corrected”/);
  });

  it('stays quiet when its message was deleted', async () => {
    desk = await openSlackDesk();
    desk.slack.answer('chat.update', () => ({ ok: false, error: 'message_not_found' }));
    const notifier = createNotifier({ client: desk.app.bolt.client, log });
    await notifier.flagAnswered(aFlag('corrected'), [{ channel: 'C9', ts: '9.1' }]);
    assert.equal(desk.slack.callsOf('chat.postMessage').length, 1);
  });
});

describe('the Answer button', () => {
  it('asks what was found, hands it on, and tells whoever comes second', async () => {
    const answers: string[] = [];
    const answerFlag: JudgementDeps['answerFlag'] = async ({ flagId, answer, by }) => {
      answers.push(`${flagId} ${answer} ${by.name}`);
      return { told: aFlag(answers[0] ?? ''), changed: answers.length === 1 };
    };
    desk = await openSlackDesk({ judgements: { ...noJudgements, answerFlag } });
    const { slack, receiver } = desk;
    const value = writeSubject({ id: 7, name: 'Halden Logistics' });
    await receiver.send(aButtonPress(slack, actionIds.answerFlag, value, { ts: '9.1' }));
    const view = slack.callsOf('views.open')[0]?.view as { callback_id: string; private_metadata: string };
    assert.equal(view.callback_id, callbackIds.answerFlag);
    await receiver.send(aFormSubmission(view, { answer: { value: ' it is right ' } }));
    assert.deepEqual(answers, ['7 it is right Dana']);
    assert.deepEqual(slack.callsOf('chat.postEphemeral'), []);
    await receiver.send(aFormSubmission(view, { answer: { value: 'it is wrong' } }));
    assert.match(JSON.stringify(slack.callsOf('chat.postEphemeral')), /It was answered before you, by Dana/);
  });
});
