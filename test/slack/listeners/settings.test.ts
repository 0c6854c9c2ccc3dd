import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { Person } from '../../../src/icp/types.ts';
import { actionIds } from '../../../src/slack/action-ids.ts';
import type { HomeSetting, SettingsDeps } from '../../../src/slack/home/settings-deps.ts';
import { settingsModal } from '../../../src/slack/views/settings.ts';
import { checkBlocks } from '../../../src/workbench/slack/block-limits.ts';
import { openSlackDesk, type SlackDesk } from '../../support/slack-desk.ts';
import { aButtonPress, aFormSubmission, homeOpened } from '../../support/slack-payloads.ts';

const dana: Person = { email: 'dana@ours.example', slackId: 'U1', name: 'Dana', role: 'revops' };
const settings: readonly HomeSetting[] = [
  {
    ...{ key: 'governance.channel', label: 'Governance', group: 'Channels', kind: 'channel', value: 'C0123456' },
    set: { by: 'dana@ours.example', at: Date.UTC(2026, 9, 1) },
  },
  { key: 'flags.reviewer', label: 'Who answers doubts', group: 'Owners', kind: 'person', value: dana.email, set: null },
  {
    key: 'proposals.deadlineHours',
    label: 'Deadline in hours',
    group: 'Proposals',
    kind: 'number',
    value: null,
    set: null,
  },
  {
    key: 'governance.review.signals',
    label: 'Next review',
    group: 'Owners',
    kind: 'day',
    value: '2026-12-01',
    set: null,
  },
  {
    key: 'playbook.tier1',
    label: 'What happens at tier 1',
    group: 'Playbook',
    kind: 'text',
    value: 'call <!here>',
    set: null,
  },
];

let desk: SlackDesk;
afterEach(() => desk.stop());

async function open(more: Partial<SettingsDeps> = {}) {
  const none = async (): Promise<never> => assert.fail('nothing was to be changed');
  desk = await openSlackDesk({ settings: { read: async () => ({ settings, people: [dana] }), change: none, ...more } });
  return desk;
}

const homeNow = () => JSON.stringify(desk.slack.callsOf('views.publish').at(-1)?.view);

describe('the settings on Home', () => {
  it('show how the house is set and by whom to those who may change it, and to nobody else', async () => {
    await open();
    await desk.receiver.send(homeOpened('home'));
    assert.match(homeNow(), /Governance: <#C0123456> {2}\(1 Oct 2026, dana@ours\.example\)/);
    assert.match(
      homeNow(),
      /Who answers doubts: \*Dana\*.*Deadline in hours: not set|Deadline in hours: not set.*Who answers/s,
    );
    assert.match(homeNow(), /call &lt;!here&gt;/);
    assert.match(homeNow(), new RegExp(actionIds.settings));
    await desk.stop();
    await open({ read: async () => null });
    await desk.receiver.send(homeOpened('home'));
    assert.doesNotMatch(homeNow(), new RegExp(actionIds.settings));
  });

  it('open as a form that Slack takes, filled in as they stand', async () => {
    await open();
    await desk.receiver.send(aButtonPress(desk.slack, actionIds.settings, 'settings', { ts: '1.1' }));
    const view = desk.slack.callsOf('views.open')[0]?.view as { blocks: { block_id?: string; element?: object }[] };
    assert.deepEqual(checkBlocks(view.blocks, 'view'), []);
    const elements = Object.fromEntries(view.blocks.map((block) => [block.block_id, block.element]));
    assert.partialDeepStrictEqual(elements['governance.channel'], { initial_conversation: 'C0123456' });
    assert.partialDeepStrictEqual(elements['flags.reviewer'], { initial_option: { value: dana.email } });
    assert.partialDeepStrictEqual(elements['governance.review.signals'], { initial_date: '2026-12-01' });
    assert.partialDeepStrictEqual(elements['playbook.tier1'], { initial_value: 'call <!here>' });
  });

  it('keep what was filled in, and Home follows', async () => {
    const kept: object[] = [];
    await open({
      async change({ values, by }) {
        kept.push({ ...values, by: by.name });
        return { changed: Object.keys(values) };
      },
    });
    const view = { ...settingsModal(settings, [dana]), callback_id: 'icp_settings_saved', private_metadata: '' };
    let answer: unknown;
    const sent = aFormSubmission(view, {
      'governance.channel': { selected_conversation: 'C999' },
      'proposals.deadlineHours': { value: '48' },
      'playbook.tier1': { value: null },
    });
    await desk.receiver.send(sent, (response) => {
      answer = response;
    });
    assert.equal(answer, undefined);
    assert.deepEqual(kept, [{ 'governance.channel': 'C999', 'proposals.deadlineHours': '48', by: 'Dana' }]);
    assert.match(homeNow(), /Settings/);
  });

  it('say beside the field what is wrong with it, and keep nothing', async () => {
    const errors = { 'proposals.deadlineHours': 'needs a value like 24, got soon' };
    await open({ change: async () => ({ errors }) });
    const view = { callback_id: 'icp_settings_saved', private_metadata: '' };
    let answer: unknown;
    await desk.receiver.send(aFormSubmission(view, { 'proposals.deadlineHours': { value: 'soon' } }), (response) => {
      answer = response;
    });
    assert.deepEqual(answer, { response_action: 'errors', errors });
    assert.deepEqual(desk.slack.callsOf('views.publish'), []);
  });
});
