import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { IcpError } from '../../../src/errors.ts';
import type { ProposalEvent } from '../../../src/icp/proposals/proposal-event.ts';
import type { Questions, Receipt } from '../../../src/questions/types.ts';
import { actionIds, callbackIds, numbered } from '../../../src/slack/action-ids.ts';
import { writeLine } from '../../../src/slack/buttons/line-value.ts';
import { asDrafted, type ProposalDeps } from '../../../src/slack/proposals/proposal-deps.ts';
import { digestMessage } from '../../../src/slack/views/digest.ts';
import { readMessage } from '../../support/slack-block-kit.ts';
import { fakeQuestions, openSlackDesk, postedTexts, type SlackDesk, slashCommand } from '../../support/slack-desk.ts';
import { aButtonPress, homeOpened } from '../../support/slack-payloads.ts';
import { aDryRun, aProposal, aProposalEvent, aReweighting, nothingChanged } from '../../support/slack-proposal.ts';

const posted = aProposalEvent('posted', null, { channel: 'C9', ts: '9.1' });
const value = (line: number) => writeLine({ proposalId: 3, line, seen: 0, from: 0 });

let desk: SlackDesk;
afterEach(() => desk.stop());

interface House {
  events: ProposalEvent[];
  asked: unknown[];
  remembered: unknown[];
}

/** Keeps what is decided as the engine would: the first decision on a line stands. */
async function open(more: Partial<ProposalDeps> = {}, questions: Partial<Questions> = {}): Promise<SlackDesk & House> {
  const house: House = { events: [posted], asked: [], remembered: [] };
  const state = () => aProposal(house.events);
  const dryRun = aDryRun({ moves: [{ from: 2, to: 1, accounts: 77 }] });
  const simulated = () => ({ proposal: state(), changes: [...asDrafted(state()).changes], dryRun });
  const proposals: ProposalDeps = {
    async decide({ lines, verdict, reason, effectiveAt, seenEdits, by }) {
      house.asked.push({ lines, verdict, reason, effectiveAt, seenEdits });
      const wanted = state().changes.filter(({ number }) => lines === 'all' || lines.includes(number));
      const open = wanted.filter(({ standing }) => standing === 'open');
      for (const { number } of open)
        house.events.push(aProposalEvent(verdict, number, reason === null ? {} : { reason }, by.name));
      const decided = open.map(({ number }) => number);
      return { proposal: state(), decided, already: wanted.filter(({ standing }) => standing !== 'open') };
    },
    async edit({ line, edit, by }) {
      house.events.push(aProposalEvent('edited', line, { edit, dryRun }, by.name));
      return simulated();
    },
    async simulate(asked) {
      house.asked.push(asked);
      return simulated();
    },
    async vote({ vote, by }) {
      house.events.push(aProposalEvent('voted', null, { vote }, by.name));
      return state();
    },
    show: async () => asDrafted(state()),
    list: async () => ({ living: [state()], newest: state() }),
    mayDecide: async () => true,
    posted: async (id, at) => void house.remembered.push([id, at]),
    gone: async (_, at) => void house.events.push(aProposalEvent('message gone', null, { ...at })),
    ...more,
  };
  desk = await openSlackDesk({ proposals, questions: fakeQuestions(questions), now: () => Date.UTC(2026, 9, 1) });
  return { ...desk, ...house };
}

const updates = () =>
  desk.slack
    .callsOf('chat.update')
    .map(
      ({ channel, ts, blocks }) => `${channel} ${ts} ${readMessage({ blocks: Array.isArray(blocks) ? blocks : [] })}`,
    );
const opened = (method = 'views.open') =>
  desk.slack.callsOf(method).at(-1)?.view as { callback_id: string; private_metadata: string; blocks: object[] };
const withViews = (slack: SlackDesk['slack']) => {
  for (const method of ['views.open', 'views.push', 'views.update'])
    slack.answer(method, () => ({ ok: true, view: { id: 'V1', hash: `h${slack.callsOf(method).length}` } }));
};
const submission = (view: { callback_id: string; private_metadata: string }, values: object) => ({
  ...{ type: 'view_submission', team: { id: 'T1', domain: 'fake' }, user: { id: 'U1', name: 'dana', team_id: 'T1' } },
  ...{ api_app_id: 'A1', token: 'legacy' },
  view: {
    ...{ id: 'V1', type: 'modal', previous_view_id: null, state: { values } },
    ...{ callback_id: view.callback_id, private_metadata: view.private_metadata },
  },
});

describe('the buttons of a proposal', () => {
  it('Approve decides at once, with what was seen, and every message says who', async () => {
    const { receiver, slack, asked } = await open();
    let acknowledged = false;
    await receiver.send(aButtonPress(slack, numbered(actionIds.lineApprove, 1), value(1), { ts: '9.1' }), () => {
      acknowledged = asked.length === 0;
    });
    assert.ok(acknowledged, 'before anything else');
    assert.deepEqual(asked, [{ lines: [1], verdict: 'approved', reason: null, effectiveAt: null, seenEdits: 0 }]);
    assert.match(updates().at(-1) ?? '', /^C9 9\.1 .*Approved by Dana on 1 Oct 2026/s);
  });

  it('tells whoever comes second who was first, and only them', async () => {
    const { receiver, slack, events } = await open();
    events.push(aProposalEvent('rejected', 1, { reason: 'too thin' }, 'Bruno Adler'));
    await receiver.send(aButtonPress(slack, numbered(actionIds.lineApprove, 1), value(1), { ts: '9.1' }));
    assert.match(
      JSON.stringify(slack.responses),
      /It was decided before you\. Line 1: Rejected by Bruno Adler on 1 Oct 2026, 11:00 UTC: too thin/,
    );
  });

  it('a double click tells nobody anything twice', async () => {
    const { receiver, slack, events } = await open();
    const press = aButtonPress(slack, actionIds.proposalApprove, value(0), { ts: '9.1' });
    await Promise.all(Array.from({ length: 20 }, () => receiver.send(press)));
    assert.equal(events.filter(({ kind }) => kind === 'approved').length, 2, 'a decision a line');
    const rest = JSON.stringify(slack.responses);
    assert.doesNotMatch(rest, /not_allowed|went wrong/);
    assert.ok(updates().length < 20, `${updates().length} updates for twenty clicks`);
  });

  it('Reject asks why before anything is read, and keeps the reason', async () => {
    const { receiver, slack, asked } = await open();
    await receiver.send(aButtonPress(slack, numbered(actionIds.lineReject, 2), value(2), { ts: '9.1' }));
    assert.equal(opened().callback_id, callbackIds.lineReject);
    await receiver.send(
      submission(opened(), { reason: { reason: { type: 'plain_text_input', value: ' not what we see ' } } }),
    );
    assert.deepEqual(asked, [
      { lines: [2], verdict: 'rejected', reason: 'not what we see', effectiveAt: null, seenEdits: 0 },
    ]);
    assert.match(updates().at(-1) ?? '', /Rejected by Dana on .*: not what we see/);
  });

  it('Approve from a day takes a day to come, and says in the form when it is over', async () => {
    const { receiver, slack, asked } = await open();
    await receiver.send(aButtonPress(slack, actionIds.proposalApproveFrom, value(0), { ts: '9.1' }));
    const day = (date: string) => submission(opened(), { day: { day: { type: 'datepicker', selected_date: date } } });
    const answers: unknown[] = [];
    await receiver.send(day('2026-09-30'), (answer) => void answers.push(answer));
    assert.match(JSON.stringify(answers), /"response_action":"errors".*Choose today or a day to come/);
    assert.deepEqual(asked, []);
    await receiver.send(day('2026-10-05'));
    assert.deepEqual(asked, [
      { lines: 'all', verdict: 'approved', reason: null, effectiveAt: Date.UTC(2026, 9, 5), seenEdits: 0 },
    ]);
  });

  it('a refusal is a sentence for whoever pressed, and the message is brought up to date', async () => {
    const decide = async (): Promise<never> => {
      throw new IcpError('not_allowed', 'deciding on changes of the ICP needs the role revops, and Dana is rep');
    };
    const { receiver, slack } = await open({ decide });
    await receiver.send(aButtonPress(slack, numbered(actionIds.lineApprove, 1), value(1), { ts: '9.1' }));
    assert.match(JSON.stringify(slack.responses), /Deciding on changes of the ICP needs the role revops/);
    assert.equal(updates().length, 1);
  });

  it('a vote is counted where everybody sees it', async () => {
    const { receiver, slack } = await open();
    await receiver.send(aButtonPress(slack, numbered(actionIds.salesCheck, 1), value(0), { ts: '9.1' }));
    assert.match(updates().at(-1) ?? '', /Sales check: 0 fits, 1 does not fit, 0 cannot say/);
  });

  it('a message that somebody has deleted keeps nobody from deciding', async () => {
    const { receiver, slack, asked, log } = await open();
    slack.answer('chat.update', () => ({ ok: false, error: 'message_not_found' }));
    await receiver.send(aButtonPress(slack, numbered(actionIds.lineApprove, 1), value(1), { ts: '9.1' }));
    assert.equal(asked.length, 1);
    assert.match(JSON.stringify(slack.responses), /Line 1: Approved by Dana/, 'who pressed where no message is');
    assert.ok(log.some(({ level, message }) => level === 'warn' && /gone from Slack/.test(message)));
  });

  it('a message that is gone is said to be so once, in a line, and is looked after no more', async () => {
    const { app, slack, log, events } = await open();
    events.push(aProposalEvent('posted', null, { channel: 'C7', ts: '7.1' }));
    slack.answer('chat.update', ({ channel }) =>
      channel === 'C9' ? { ok: false, error: 'message_not_found' } : { ok: true },
    );
    for (let times = 0; times < 3; times += 1) await app.notifier.proposalChanged(aProposal(events));
    assert.deepEqual(
      updates().map((text) => text.slice(0, 6)),
      ['C9 9.1', 'C7 7.1', 'C7 7.1', 'C7 7.1'],
    );
    const warned = log.filter(({ level }) => level !== 'info');
    assert.deepEqual(
      warned.map(({ level, details }) => [level, details]),
      [['warn', { proposal: 3, channel: 'C9', ts: '9.1' }]],
    );
  });

  it('a message that could not be updated for another reason is tried again', async () => {
    const { app, slack, events } = await open();
    slack.answer('chat.update', () => ({ ok: false, error: 'edit_window_closed' }));
    for (let times = 0; times < 2; times += 1) await app.notifier.proposalChanged(aProposal(events));
    assert.equal(updates().length, 2);
  });

  it('a button from another age says so', async () => {
    const { receiver, slack } = await open();
    await receiver.send(aButtonPress(slack, numbered(actionIds.lineApprove, 1), '["3"]', { ts: '9.1' }));
    assert.match(JSON.stringify(slack.responses), /This button names no proposal; \/icp changes shows/);
  });
});

describe('what opens before it is looked up', () => {
  /** Slack hands back the view with an id. */
  it('an edit opens with what the line does as it stands', async () => {
    const { receiver, slack } = await open();
    withViews(slack);
    await receiver.send(aButtonPress(slack, numbered(actionIds.lineEdit, 1), value(1), { ts: '9.1' }));
    assert.match(readMessage(opened()), /Looking it up/);
    const filled = readMessage(opened('views.update'));
    assert.match(filled, /Industry goes from weight 0\.12 to 0\.18/);
    assert.match(filled, /43 of 4,000 accounts change tier/);
  });

  it('an entered weight is worked out in the open form, which an older answer does not overwrite', async () => {
    const { receiver, slack, asked } = await open();
    withViews(slack);
    await receiver.send(aButtonPress(slack, numbered(actionIds.lineEdit, 1), value(1), { ts: '9.1' }));
    const view = opened('views.update');
    const field = numbered(actionIds.editValue, 100);
    const entered = {
      ...aButtonPress(slack, field, '0.3', { ts: '9.1' }),
      ...{ container: { type: 'view', view_id: 'V1' }, channel: undefined, message: undefined },
      view: {
        ...{ id: 'V1', type: 'modal', hash: 'h0', callback_id: view.callback_id },
        ...{ private_metadata: view.private_metadata },
        state: { values: { [field]: { [field]: { type: 'number_input', value: '0.3' } } } },
      },
      actions: [{ type: 'number_input', action_id: field, block_id: field, action_ts: '1.1', value: '0.3' }],
    };
    await receiver.send(entered);
    assert.deepEqual(asked, [{ proposalId: 3, lines: [1], edit: { line: 1, edit: { weight: 0.3 } } }]);
    const [, working, done] = slack.callsOf('views.update');
    assert.match(JSON.stringify(working?.view), /Working it out/);
    assert.match(JSON.stringify(done?.view), /77 of 4,000 accounts change tier.*Nothing is kept yet/);
    assert.deepEqual([working?.hash, done?.hash], [undefined, 'h2'], 'only over its own waiting');
    await receiver.send(submission(view, entered.view.state.values));
    assert.match(updates().at(-1) ?? '', /Edited by Dana/);
  });

  it('cuts that cross stay in the form', async () => {
    const { receiver, slack, events } = await open();
    withViews(slack);
    await receiver.send(aButtonPress(slack, numbered(actionIds.lineEdit, 2), value(2), { ts: '9.1' }));
    const [primary, nurture] = [numbered(actionIds.editValue, 101), numbered(actionIds.editValue, 102)];
    const cuts = (first: string, second: string) =>
      submission(opened('views.update'), {
        [primary]: { [primary]: { type: 'number_input', value: first } },
        [nurture]: { [nurture]: { type: 'number_input', value: second } },
      });
    const answers: unknown[] = [];
    await receiver.send(cuts('40', '60'), (answer) => void answers.push(answer));
    assert.match(JSON.stringify(answers), /"response_action":"errors".*Tier 2 has to begin below tier 1/);
    await receiver.send(cuts('65', '42'));
    assert.deepEqual(events.at(-1)?.details.edit, { cuts: { primary: 65, nurture: 42 } });
  });

  it('an edit of a line that is decided says who did', async () => {
    const { receiver, slack, events } = await open();
    withViews(slack);
    events.push(aProposalEvent('approved', 1));
    await receiver.send(aButtonPress(slack, numbered(actionIds.lineEdit, 1), value(1), { ts: '9.1' }));
    assert.match(
      readMessage(opened('views.update')),
      /Line 1 cannot be edited any more: Approved by Rita Okafor on 1 Oct 2026/,
    );
  });

  it('details and a simulation come when they are there', async () => {
    const { receiver, slack } = await open();
    withViews(slack);
    await receiver.send(aButtonPress(slack, numbered(actionIds.lineDetails, 1), value(1), { ts: '9.1' }));
    const details = readMessage(opened('views.update'));
    for (const part of [
      /By owner/,
      /sam@ours\.example: 31 up, 12 down/,
      /DACH/,
      /Halden Logistics: tier 2 to 1, 69\.5 to 71\.2/,
    ])
      assert.match(details, part);
    assert.match(details, /score of 900, tier of 43/);
    await receiver.send(aButtonPress(slack, actionIds.proposalSimulate, value(0), { ts: '9.1' }));
    assert.match(readMessage(opened('views.update')), /Lines 1, 2 together.*77 of 4,000/s);
  });
});

describe('the receipts of a proposal', () => {
  const kept = {
    ...{
      id: 'r_1',
      question: 'report',
      arguments: { topic: 'changes' },
      asOf: '2026-10-01T00:00:00.000Z',
      importId: 1,
    },
    ...{ modelVersion: 1, createdAt: '2026-10-01T10:00:00.000Z', read: ['proposal 3'], same: true, differences: [] },
    figures: [
      { key: 'up', label: 'Accounts that rise', v: 40, unit: 'count' },
      { key: 'line1.up', label: 'Accounts that rise', v: 31, unit: 'count' },
      { key: 'line1.won0', label: 'Won: Industry is logistics', v: 0.38, low: 0.31, high: 0.45, n: 204, unit: 'share' },
      { key: 'line11.up', label: 'Accounts that rise', v: 11, unit: 'count' },
    ],
  } satisfies Receipt;

  it('open from each line with the figures of that line, and from the whole with all of them', async () => {
    const asked: unknown[] = [];
    const { receiver, slack } = await open(
      {},
      {
        report: async (topic, options) => {
          asked.push([topic, options]);
          return { receipt: 'r_1' } as Awaited<ReturnType<Questions['report']>>;
        },
        receipt: async (id) => (id === 'r_1' ? kept : assert.fail(id)),
      },
    );
    withViews(slack);
    await receiver.send(aButtonPress(slack, numbered(actionIds.proposalReceipt, 1), value(1), { ts: '9.1' }));
    const line = readMessage(opened('views.update'));
    assert.match(line, /Receipt r_1\*\nRun again just now: every figure is the same\./);
    assert.match(
      line,
      /\*Figures\* {2}2\nAccounts that rise: 31\nWon: Industry is logistics: 38\.0 % \(31 to 45 %, n = 204\)$/,
    );
    await receiver.send(aButtonPress(slack, numbered(actionIds.proposalReceipt, 0), value(0), { ts: '9.1' }));
    assert.match(readMessage(opened('views.update')), /\*Figures\* {2}4\nAccounts that rise: 40/);
    assert.deepEqual(asked[0], ['changes', { about: '3', book: 'main' }]);
  });

  it('are there on every line, also when all is decided', () => {
    const decided = aProposal([aProposalEvent('approved', 1), aProposalEvent('rejected', 2, { reason: 'no' })]);
    for (const state of [aProposal(), decided]) {
      const said = JSON.stringify(digestMessage(asDrafted(state)).blocks);
      for (const nth of [0, 1, 2]) assert.ok(said.includes(`"${numbered(actionIds.proposalReceipt, nth)}"`), `${nth}`);
    }
  });
});

describe('lines that find no room in the message', () => {
  it('open in a modal of their own, which says what is decided in it', async () => {
    const many = Array.from({ length: 30 }, (_, nth) => aReweighting(`Field ${nth + 1}`));
    const events: ProposalEvent[] = [posted];
    const state = () => aProposal(events, { changes: many });
    const { receiver, slack } = await open({
      show: async () => asDrafted(state()),
      async decide({ lines, by }) {
        const decided = lines === 'all' ? [] : [...lines];
        for (const number of decided) events.push(aProposalEvent('approved', number, {}, by.name));
        return { proposal: state(), decided, already: [] };
      },
    });
    for (const method of ['views.open', 'views.update'])
      slack.answer(method, () => ({ ok: true, view: { id: 'V1', hash: 'h' } }));
    await receiver.send(aButtonPress(slack, actionIds.proposalLines, value(12), { ts: '9.1' }));
    const view = opened('views.update');
    assert.match(readMessage(view), /^\*12\. Re-weight Field 12/);
    const inside = JSON.stringify(view.blocks).match(/\[3,13,0,12\]/)?.[0];
    assert.ok(inside !== undefined, 'its buttons know the modal that they hang in');
    await receiver.send({
      ...aButtonPress(slack, numbered(actionIds.lineApprove, 13), inside, { ts: '9.1' }),
      ...{ container: { type: 'view', view_id: 'V1' }, channel: undefined, message: undefined },
      view: { id: 'V1', type: 'modal', private_metadata: view.private_metadata },
    });
    assert.match(readMessage(opened('views.update')), /13\. Re-weight Field 13[\s\S]*Approved by Dana/);
    assert.equal(updates().length, 1, 'and so does the message');
  });
});

describe('the notifier', () => {
  it('posts a digest, an escalation, and that nothing is to be changed', async () => {
    const { app, slack } = await open();
    const { notifier } = app;
    assert.deepEqual(await notifier.proposal(aProposal(), 'C9'), { channel: 'C9', ts: '1700000001.000100' });
    await notifier.proposalEscalated(aProposal([], { ownerEmail: 'rita@ours.example' }), 'C9');
    await notifier.nothingToChange(nothingChanged(), 'C9');
    const [digest, escalation, nothing] = postedTexts(slack);
    assert.match(digest ?? '', /Proposal 3: 2 changes of the ICP/);
    assert.match(
      escalation ?? '',
      /Proposal 3 still waits: its deadline was 2 Oct 2026, 10:00 UTC, and lines 1, 2 are not decided.*expires without effect on 3 Oct 2026, 10:00 UTC\. Owner: rita@ours\.example/s,
    );
    assert.match(nothing ?? '', /Nothing significant to change/);
  });

  it('answers null when Slack refuses, and brings every message up to date when something changed', async () => {
    const { app, slack, events } = await open();
    slack.answer('chat.postMessage', () => ({ ok: false, error: 'not_in_channel' }));
    assert.equal(await app.notifier.proposal(aProposal(), 'C9'), null);
    events.push(aProposalEvent('posted', null, { channel: 'C7', ts: '7.1' }), aProposalEvent('approved', 1));
    await app.notifier.proposalChanged(aProposal(events));
    assert.deepEqual(
      updates().map((text) => text.slice(0, 6)),
      ['C9 9.1', 'C7 7.1'],
    );
    assert.match(updates()[1] ?? '', /Approved by Rita Okafor/);
  });
});

describe('proposals by command and at home', () => {
  it('/icp changes posts the digest, which is remembered and follows', async () => {
    const { receiver, slack, remembered } = await open();
    await receiver.send(slashCommand(slack, 'changes'));
    assert.match(postedTexts(slack)[0] ?? '', /Proposal 3: 2 changes of the ICP/);
    assert.deepEqual(remembered, [[3, { channel: 'C1', ts: '1700000001.000100' }]]);
  });

  it('/icp changes says when nothing is open', async () => {
    const { receiver, slack } = await open({ list: async () => ({ living: [], newest: null }) });
    await receiver.send(slashCommand(slack, 'changes'));
    assert.match(postedTexts(slack)[0] ?? '', /Nothing has been proposed yet/);
  });

  it('/icp simulate takes a proposal and lines', async () => {
    const { receiver, slack, asked } = await open();
    await receiver.send(slashCommand(slack, 'simulate 3 lines 1, 2'));
    assert.deepEqual(asked, [{ proposalId: 3, lines: [1, 2] }]);
    assert.match(postedTexts(slack).join('\n'), /what would come of it.*77 of 4,000 accounts change tier/s);
  });

  it('Home says what waits for whoever may decide, and nothing of it to others', async () => {
    for (const mayDecide of [true, false]) {
      const { receiver, slack } = await open({ mayDecide: async () => mayDecide });
      await receiver.send(homeOpened('home'));
      const [call] = slack.callsOf('views.publish');
      const home = JSON.stringify(call?.view);
      assert.equal(/Proposal 3 waits for you.*Decide by 2 Oct 2026/.test(home), mayDecide);
      if (!mayDecide) return;
      await desk.stop();
    }
  });
});
