import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { Caution } from '../../../src/icp/judgements/caution.ts';
import { actionIds } from '../../../src/slack/action-ids.ts';
import type { JudgementDeps } from '../../../src/slack/judgements/judgement-deps.ts';
import { noJudgements } from '../../support/no-judgements.ts';
import { openSlackDesk, postedTexts, type SlackDesk, slashCommand } from '../../support/slack-desk.ts';
import { aButtonPress, aFormSubmission } from '../../support/slack-payloads.ts';

const start = Date.UTC(2026, 9, 1);

let desk: SlackDesk;
afterEach(() => desk.stop());

const kept: Parameters<JudgementDeps['caution']>[0][] = [];
const saas = { key: 'industry', label: 'Industry is SaaS', match: { kind: 'is', values: ['SaaS'] } } as const;
const caution: Caution = {
  ...{ id: 7, book: 'main', conditions: [saas], text: 'a new law halts purchases', by: 'dana@ours.example' },
  ...{ byName: 'Dana', setAt: start, until: Date.UTC(2026, 11, 1), endedAt: null, endedBy: null },
};
const judgements: JudgementDeps = {
  ...noJudgements,
  async caution(wanted) {
    kept.push(wanted);
    return { ...caution, text: wanted.text, until: wanted.until };
  },
  async liftCaution({ cautionId }) {
    return { caution, changed: cautionId === 7 };
  },
};

async function submit(fields: Readonly<Record<string, object>>) {
  desk = await openSlackDesk({ judgements, now: () => start });
  await desk.receiver.send(slashCommand(desk.slack, 'caution industry=SaaS'));
  const view = desk.slack.callsOf('views.open')[0]?.view as {
    callback_id: string;
    private_metadata: string;
    blocks: unknown;
  };
  let answer: unknown;
  await desk.receiver.send(aFormSubmission(view, fields), (response) => {
    answer = response;
  });
  return { view, answer };
}

describe('/icp caution', () => {
  it('cautions against a kind of accounts, and is lifted with a press', async () => {
    const { view } = await submit({
      where: { value: 'industry=SaaS' },
      text: { value: 'a new law halts purchases' },
      until: { selected_date: '2026-12-01' },
    });
    assert.match(JSON.stringify(view.blocks), /"initial_value":"industry=SaaS"/);
    const { by: _, ...wanted } = kept.at(-1) ?? assert.fail();
    assert.deepEqual(wanted, {
      where: 'industry=SaaS',
      text: 'a new law halts purchases',
      until: Date.UTC(2026, 11, 1),
    });
    const said = postedTexts(desk.slack).join('\n');
    assert.match(said, /Dana cautions against scores where \*?Industry is SaaS\*?: a new law halts purchases/);
    assert.match(said, /Until 1 Dec 2026/);
    await desk.receiver.send(aButtonPress(desk.slack, actionIds.liftCaution, '[7,"Industry is SaaS"]', { ts: '9.1' }));
    assert.match(postedTexts(desk.slack).join('\n'), /Dana lifted the caution where/);
    await desk.receiver.send(aButtonPress(desk.slack, actionIds.liftCaution, '[8,"Industry is SaaS"]', { ts: '9.1' }));
    assert.match(JSON.stringify(desk.slack.responses), /It had ended before/);
  });

  it('keeps a kind that cannot be read, and a day that is past, in the form', async () => {
    const before = kept.length;
    const { answer } = await submit({
      where: { value: 'the software companies' },
      text: { value: 'a new law halts purchases' },
      until: { selected_date: '2026-09-01' },
    });
    assert.match(JSON.stringify(answer), /Write field=value/);
    assert.match(JSON.stringify(answer), /still to come/);
    assert.equal(kept.length, before);
  });
});
