import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { IcpError } from '../../../src/errors.ts';
import type { Override } from '../../../src/icp/judgements/override.ts';
import { actionIds, callbackIds } from '../../../src/slack/action-ids.ts';
import { writeAccount } from '../../../src/slack/buttons/button-value.ts';
import type { JudgementDeps } from '../../../src/slack/judgements/judgement-deps.ts';
import { noJudgements } from '../../support/no-judgements.ts';
import { openSlackDesk, postedTexts, type SlackDesk, slashCommand } from '../../support/slack-desk.ts';
import { aButtonPress, aFormSubmission } from '../../support/slack-payloads.ts';

const start = Date.UTC(2026, 9, 1);
const value = writeAccount({ book: 'main', id: '001', name: 'Halden Logistics', asOf: null });

let desk: SlackDesk;
afterEach(() => desk.stop());

async function open(more: Partial<JudgementDeps> = {}) {
  desk = await openSlackDesk({ judgements: { ...noJudgements, ...more }, now: () => start });
  return desk;
}

function anOverride(more: Partial<Override>): Override {
  return {
    ...{ id: 1, book: 'main', accountId: '001', tier: 1, reason: '', by: 'U1@ours.example', byName: 'Dana' },
    ...{ setAt: start, until: start, modelVersion: 3, modelTier: 2, modelScore: 49.4, endedAt: null, endedBy: null },
    ...more,
  };
}

type View = { callback_id: string; private_metadata: string };
const viewOf = (call: Record<string, unknown> | undefined) =>
  call?.view as View & { blocks: unknown[]; submit?: object };

describe('the Override button', () => {
  it('opens a form that says how the account stands, and keeps what is sent with name and reason', async () => {
    const kept: Parameters<JudgementDeps['override']>[0][] = [];
    const { receiver, slack } = await open({
      async override(wanted) {
        kept.push(wanted);
        const { tier, reason, until } = wanted;
        return { override: anOverride({ tier, reason, until }), replaced: null };
      },
    });
    await receiver.send(aButtonPress(slack, actionIds.override, value, { ts: '9.1' }));
    assert.equal(viewOf(slack.callsOf('views.open')[0]).callback_id, callbackIds.override);
    const view = viewOf(slack.callsOf('views.update')[0]);
    assert.match(JSON.stringify(view.blocks), /The model says tier 2, with a score of 49\.4/);
    await receiver.send(
      aFormSubmission(view, {
        tier: { selected_option: { value: '1' } },
        reason: { value: ' they were bought ' },
        until: { selected_date: '2026-12-24' },
      }),
    );
    const [{ by, ...wanted } = assert.fail()] = kept;
    assert.deepEqual([wanted.tier, wanted.reason, wanted.until], [1, 'they were bought', Date.UTC(2026, 11, 24)]);
    assert.equal(by.name, 'Dana');
    assert.match(
      postedTexts(slack).join('\n'),
      /Dana puts \*Halden Logistics\* in \*tier 1\* until 24 Dec 2026: “they were bought”/,
    );
  });

  it('refuses a day that is past in the form itself', async () => {
    const { receiver, slack } = await open();
    await receiver.send(aButtonPress(slack, actionIds.override, value, { ts: '9.1' }));
    const view = viewOf(slack.callsOf('views.open')[0]);
    let answer: unknown;
    const late = { tier: { selected_option: { value: '1' } }, until: { selected_date: '2026-10-01' } };
    await receiver.send(aFormSubmission(view, late), (response) => {
      answer = response;
    });
    assert.deepEqual(answer, {
      response_action: 'errors',
      errors: { until: 'Choose a day that is still to come.' },
    });
    assert.deepEqual(postedTexts(slack), []);
  });

  it('opens from a command before the account is found, and says in the form when there is none', async () => {
    const { receiver, slack } = await open();
    await receiver.send(slashCommand(slack, 'override Halden Logistics'));
    assert.match(JSON.stringify(viewOf(slack.callsOf('views.open')[0]).blocks), /Looking for Halden Logistics/);
    assert.match(JSON.stringify(viewOf(slack.callsOf('views.update')[0]).blocks), /Your tier for \*Halden Logistics\*/);
    await receiver.send(slashCommand(slack, 'override Nobody'));
    const none = viewOf(slack.callsOf('views.update')[1]);
    assert.match(JSON.stringify(none.blocks), /No account is called Nobody/);
    assert.equal(none.submit, undefined);
  });

  it('tells whoever may not', async () => {
    const refuse = async (): Promise<never> => {
      throw new IcpError(
        'not_allowed',
        'overriding a tier needs one of the roles revops, leader, admin, and Dana is rep',
      );
    };
    const { receiver, slack } = await open({ override: refuse, liftOverride: refuse });
    await receiver.send(aButtonPress(slack, actionIds.liftOverride, value, { ts: '9.1' }));
    assert.match(JSON.stringify(slack.responses), /needs one of the roles/);
    assert.deepEqual(postedTexts(slack), []);
  });

  it('Lift override says who ended it, and that it was over when it was', async () => {
    let changed = true;
    const { receiver, slack } = await open({ liftOverride: async () => ({ override: anOverride({}), changed }) });
    await receiver.send(aButtonPress(slack, actionIds.liftOverride, value, { ts: '9.1' }));
    assert.match(postedTexts(slack).join('\n'), /Dana lifted the override of \*Halden Logistics\* \(tier 1, by Dana\)/);
    changed = false;
    await receiver.send(aButtonPress(slack, actionIds.liftOverride, value, { ts: '9.1' }));
    assert.match(JSON.stringify(slack.responses), /It had ended before you lifted it/);
  });
});
