import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { actionIds } from '../../../src/slack/action-ids.ts';
import type { JudgementDeps } from '../../../src/slack/judgements/judgement-deps.ts';
import { noJudgements } from '../../support/no-judgements.ts';
import { openSlackDesk, postedTexts, type SlackDesk, slashCommand } from '../../support/slack-desk.ts';
import { aButtonPress, aFormSubmission } from '../../support/slack-payloads.ts';

const start = Date.UTC(2026, 9, 1);

let desk: SlackDesk;
afterEach(() => desk.stop());

const kept: Parameters<JudgementDeps['recordEvent']>[0][] = [];
const judgements: JudgementDeps = {
  ...noJudgements,
  async recordEvent(wanted) {
    kept.push(wanted);
    const { kind, on, note, account } = wanted;
    const event = { id: 4, accountId: account?.id ?? null, kind, on, note, byName: 'Dana' };
    return { event, before: 61.2, after: 43 };
  },
  async undoEvent({ eventId }) {
    const event = {
      id: eventId,
      accountId: '001',
      kind: 'acquired',
      on: start,
      note: 'acquired by Globex',
      byName: 'Dana',
    };
    return { event, before: 43, after: 61.2, changed: eventId === 4 };
  },
};

async function submit(command: string, fields: Readonly<Record<string, object>>) {
  desk = await openSlackDesk({ judgements, now: () => start });
  const { receiver, slack } = desk;
  await receiver.send(slashCommand(slack, command));
  const call = slack.callsOf('views.update')[0] ?? slack.callsOf('views.open')[0];
  const view = call?.view as { callback_id: string; private_metadata: string; blocks: unknown };
  await receiver.send(aFormSubmission(view, fields));
  return view;
}

describe('/icp event', () => {
  it('records what happened to an account, says what it did to the score, and is undone with a press', async () => {
    const view = await submit('event Halden Logistics', {
      kind: { selected_option: { value: 'acquired' } },
      on: { selected_date: '2026-09-20' },
      note: { value: 'acquired by Globex' },
    });
    assert.match(JSON.stringify(view.blocks), /What happened to \*Halden Logistics\*/);
    const { by: _, ...wanted } = kept.at(-1) ?? assert.fail();
    assert.deepEqual(wanted, {
      ...{ account: { book: 'main', id: '001', name: 'Halden Logistics', asOf: null }, kind: 'acquired' },
      ...{ on: Date.UTC(2026, 8, 20), note: 'acquired by Globex' },
    });
    const said = postedTexts(desk.slack).join('\n');
    assert.match(said, /Dana recorded of \*Halden Logistics\*: acquired by Globex, on 20 Sep 2026\./);
    assert.match(said, /Its score was 61\.2 and is 43\.0 now/);
    await desk.receiver.send(aButtonPress(desk.slack, actionIds.undoEvent, '[4,"Halden Logistics"]', { ts: '9.1' }));
    assert.match(postedTexts(desk.slack).join('\n'), /Dana took back of \*Halden Logistics\*: acquired by Globex/);
    await desk.receiver.send(aButtonPress(desk.slack, actionIds.undoEvent, '[5,"Halden Logistics"]', { ts: '9.1' }));
    assert.match(JSON.stringify(desk.slack.responses), /It had been taken back before/);
  });

  it('records what happened to our own company', async () => {
    const view = await submit('event company', {
      kind: { selected_option: { value: 'repositioned' } },
      on: { selected_date: '2026-05-01' },
    });
    assert.match(JSON.stringify(view.blocks), /our own company/);
    assert.deepEqual([kept.at(-1)?.account, kept.at(-1)?.note], [null, null]);
    assert.match(postedTexts(desk.slack).join('\n'), /Dana recorded of \*our company\*: repositioned, on 1 May 2026\./);
  });

  it('needs an account', async () => {
    desk = await openSlackDesk({ judgements });
    await desk.receiver.send(slashCommand(desk.slack, 'event'));
    assert.match(JSON.stringify(desk.slack.responses), /needs an account/);
  });
});
