import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { proposalsIn } from '../../src/compose/desks/proposals.ts';
import { createCompute } from '../../src/engine/compute/compute.ts';
import { governanceChannelSetting } from '../../src/engine/governance/governance-channel.ts';
import { activateDue } from '../../src/engine/proposals/activate-due.ts';
import { decideLines } from '../../src/engine/proposals/decide-lines.ts';
import type { ProposalState } from '../../src/icp/proposals/proposal-state.ts';
import { createQuestions } from '../../src/questions/create-questions.ts';
import { actionIds, numbered } from '../../src/slack/action-ids.ts';
import { createSlackApp, type SlackApp } from '../../src/slack/app.ts';
import { proposalFields } from '../../src/slack/views/proposal-modals.ts';
import { personBySlack, savePerson } from '../../src/store/people.ts';
import { proposalOf } from '../../src/store/proposals.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { startWorkbench, type Workbench } from '../../src/workbench/server.ts';
import { COMPANY } from '../support/bolt-fixture.ts';
import { freshStore } from '../support/fresh-store.ts';
import { readMessage } from '../support/slack-block-kit.ts';
import { analyzeAgain, marketEnd, withSmallMarket } from '../support/small-market.ts';

const day = 86_400_000;
const channel = 'C0ICP';
const log = { info: () => {}, warn: () => {}, error: () => {} };

describe('a proposal in the local Slack, from its digest to the day it changes', { timeout: 180_000 }, () => {
  let store: Store;
  let workbench: Workbench;
  let app: SlackApp;
  let proposal: ProposalState;
  let ts: string;
  const now = () => marketEnd + 3_600_000;
  const house = () => ({ store, now, compute: createCompute() });

  before(async () => {
    store = await freshStore();
    workbench = await startWorkbench({ port: 0, workspace: COMPANY });
    await savePerson(store, { email: 'dana@northwind.test', slackId: 'U0DANA', name: 'Dana Okafor', role: 'revops' });
    await savePerson(store, { email: 'sam@northwind.test', slackId: 'U0SAM', name: 'Sam Ode', role: 'admin' });
    await savePerson(store, { email: 'rita@northwind.test', slackId: 'U0RITA', name: 'Rita Lund', role: 'rep' });
    await addSetting(store, { key: governanceChannelSetting, value: channel, setAt: now(), setBy: 'test' });
    await withSmallMarket(store, undefined, marketEnd - 120 * day);
    const { proposal: drafted } = await analyzeAgain(store);
    assert.ok(drafted !== null);
    proposal = drafted;
    app = createSlackApp({
      connection: {
        ...{ mode: 'socket', botToken: workbench.botToken, appToken: workbench.appToken, apiUrl: workbench.apiUrl },
      },
      questions: createQuestions({ store, now, compute: house().compute }),
      conversation: { turn: () => Promise.reject(new Error('nobody talks here')), note: async () => {} },
      people: (slackId, email) => personBySlack(store, slackId, email),
      claimEvent: async () => true,
      proposals: proposalsIn(house()),
      log,
      now,
    });
    await app.start();
  });
  after(async () => {
    await app?.stop();
    await workbench?.close();
    await store?.close();
  });

  /** Longer than anything takes on a busy machine. */
  const waitFor = <T>(found: () => T | undefined | false | null): Promise<T> => workbench.waitFor(found, 60_000);
  const seen = (user: string) => workbench.messages(channel, user);
  const shown = () => readMessage({ blocks: (seen('U0DANA').find((one) => one.ts === ts)?.blocks ?? []) as object[] });
  const whispered = (user: string) =>
    seen(user)
      .filter(({ ephemeralTo }) => ephemeralTo === user)
      .map(({ blocks }) => readMessage({ blocks: (blocks ?? []) as object[] }));
  const press = (user: string, actionId: string, line?: number) =>
    workbench.press(user, ts, line === undefined ? actionId : numbered(actionId, line));
  const stateNow = async () => {
    const state = await proposalOf(store, proposal.id);
    assert.ok(state !== null);
    return state;
  };
  const lineOf = (kind: string) => {
    const line = proposal.changes.find(({ drafted, number }) => drafted.kind === kind && number > 1);
    assert.ok(line !== undefined, kind);
    return line;
  };

  it('is posted with its words first and its picture as soon as that is drawn', async () => {
    const told = await app.notifier.proposal(proposal, channel);
    assert.ok(told !== null);
    ts = told.ts;
    await proposalsIn(house()).posted(proposal.id, told);
    assert.match(shown(), /Who decides: .*Dana Okafor.*, Sam Ode/);
    await waitFor(() => /Reach against precision\. Tier 1 today/.test(shown()));
  });

  it('has a receipt for each line, which works its figures out again', async () => {
    const { number } = lineOf('criterion re-weighted');
    await press('U0DANA', actionIds.proposalReceipt, number);
    const words = () => readMessage({ blocks: (workbench.modals('U0DANA')[0]?.given.blocks ?? []) as object[] });
    await waitFor(() => /Run again just now: every figure is the same/.test(words()));
    assert.match(words(), /Accounts that rise: \d/);
    assert.match(words(), /Won: .* \d+\.\d % \(/);
    assert.match(words(), /import 1, scored with and without its lines/);
    for (const { id } of workbench.modals('U0DANA')) await workbench.closeView('U0DANA', id, true);
    assert.deepEqual(workbench.modals('U0DANA'), []);
  });

  it('refuses a rep, in a sentence that only the rep sees', async () => {
    await press('U0RITA', actionIds.lineApprove, 1);
    await waitFor(() => whispered('U0RITA').length > 0);
    assert.match(
      whispered('U0RITA')[0] ?? '',
      /needs one of the roles revops, admin, and Rita Lund is rep; ask .*Dana Okafor/i,
    );
    assert.equal((await stateNow()).events.filter(({ kind }) => kind === 'approved').length, 0);
  });

  it('but counts the rep’s vote in the sales check', async () => {
    await press('U0RITA', numbered(actionIds.salesCheck, 1));
    await waitFor(() => /Sales check: 0 fits, 1 does not fit/.test(shown()));
  });

  it('works out an edit before it is kept, and has it in the line afterwards', async () => {
    const line = lineOf('criterion re-weighted');
    await press('U0DANA', actionIds.lineEdit, line.number);
    const modal = await waitFor(() => workbench.modals('U0DANA')[0]);
    const words = () => readMessage({ blocks: (modal.given.blocks ?? []) as object[] });
    await waitFor(() => /as it is entered here/.test(words()));
    const field = numbered(actionIds.editValue, 100);
    const entries = { [field]: { [field]: '0.3' } };
    await workbench.pressInView('U0DANA', modal.id, { actionId: field, value: '0.3' }, entries);
    const foretold = await proposalsIn(house()).simulate({
      proposalId: proposal.id,
      lines: [line.number],
      edit: { line: line.number, edit: { weight: 0.3 } },
    });
    const moved = foretold.dryRun.moves.reduce((sum, { accounts }) => sum + accounts, 0);
    assert.notEqual(
      moved,
      line.dryRun.moves.reduce((sum, { accounts }) => sum + accounts, 0),
    );
    await waitFor(() => new RegExp(`${moved} of 1,000 accounts change`).test(words()));
    assert.equal((await stateNow()).changes[line.number - 1]?.edited, null, 'nothing is kept by looking');
    assert.deepEqual(await workbench.submitView('U0DANA', modal.id, { [field]: { [field]: '0.9' } }), {
      [field]: 'Please enter 0.6 or less.',
    });
    await workbench.submitView('U0DANA', modal.id, entries);
    await waitFor(() => shown().includes('Edited by Dana Okafor'));
    assert.match(shown(), new RegExp(`By itself: ${moved} of 1,000 accounts change tier`));
  });

  it('refuses whoever approves a line as it was before the edit', async () => {
    const line = lineOf('criterion re-weighted');
    const asked = { proposalId: proposal.id, lines: [line.number], verdict: 'approved', reason: null } as const;
    const actor = { kind: 'person', email: 'sam@northwind.test' } as const;
    await assert.rejects(
      decideLines(house(), { ...asked, effectiveAt: null, seenEdits: 0, actor }),
      /was edited by Dana Okafor since you saw it/,
    );
  });

  it('has one winner of fifty clicks by two people at once, and tells the other who', async () => {
    const clicks = Array.from({ length: 50 }, (_, nth) =>
      press(nth % 2 === 0 ? 'U0DANA' : 'U0SAM', actionIds.lineApprove, 1),
    );
    await Promise.all(clicks);
    await waitFor(() => /Approved by (Dana Okafor|Sam Ode)/.test(shown()));
    const decisions = (await stateNow()).events.filter(({ kind, change }) => kind === 'approved' && change === 1);
    assert.equal(decisions.length, 1);
    const [winner, loser, user] =
      decisions[0]?.byName === 'Dana Okafor'
        ? (['Dana Okafor', 'Sam Ode', 'U0SAM'] as const)
        : (['Sam Ode', 'Dana Okafor', 'U0DANA'] as const);
    await waitFor(() => whispered(user).length === 25);
    for (const words of whispered(user))
      assert.match(words, new RegExp(`It was decided before you\\. Line 1: Approved by ${winner}`), loser);
  });

  it('asks why a line is rejected, and says it to everybody', async () => {
    const line = lineOf('criterion re-weighted');
    await press('U0DANA', actionIds.lineReject, line.number);
    const modal = await waitFor(() => workbench.modals('U0DANA')[0]);
    assert.deepEqual(Object.keys(await workbench.submitView('U0DANA', modal.id, {})), [proposalFields.reason]);
    const { reason } = proposalFields;
    await workbench.submitView('U0DANA', modal.id, { [reason]: { [reason]: 'not what the field sees' } });
    await waitFor(() => /Rejected by Dana Okafor on .*: not what the field sees/.test(shown()));
  });

  it('approves the rest from a day on, and everybody reads when it changes; then since when it holds', async () => {
    await press('U0SAM', actionIds.proposalApproveFrom);
    const modal = await waitFor(() => workbench.modals('U0SAM')[0]);
    const { day: field } = proposalFields;
    const past = await workbench.submitView('U0SAM', modal.id, { [field]: { [field]: '2026-09-01' } });
    assert.deepEqual(past, { [field]: 'Choose today or a day to come.' });
    await workbench.submitView('U0SAM', modal.id, { [field]: { [field]: '2026-10-05' } });
    await waitFor(() => /Changes on 5 Oct 2026, 00:00 UTC: version \d/.test(shown()));
    assert.doesNotMatch(shown(), /^Approve$/m);
    await workbench.openApp('U0RITA', 'home');
    const home = await waitFor(() => workbench.home('U0RITA'));
    assert.match(JSON.stringify(home.given), /Changes on 5 Oct 2026/);

    const { activated } = await activateDue({ store, now: () => Date.UTC(2026, 9, 5, 0, 1) }, 'main');
    assert.equal(activated.length, 1);
    await app.notifier.proposalChanged(activated[0]!);
    assert.match(shown(), /In force since 5 Oct 2026, 00:01 UTC, version \d/);
    assert.match(shown(), /Reach against precision/, 'and keeps its picture');
  });
});
