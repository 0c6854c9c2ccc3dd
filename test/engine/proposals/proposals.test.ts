import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createCompute } from '../../../src/engine/compute/compute.ts';
import { activateDue } from '../../../src/engine/proposals/activate-due.ts';
import { decideLines } from '../../../src/engine/proposals/decide-lines.ts';
import { editLine } from '../../../src/engine/proposals/edit-line.ts';
import { rollBack } from '../../../src/engine/proposals/roll-back.ts';
import { simulate } from '../../../src/engine/proposals/simulate.ts';
import { rescore } from '../../../src/engine/rescore.ts';
import type { Tier } from '../../../src/icp/proposals/dry-run.ts';
import type { ProposalState } from '../../../src/icp/proposals/proposal-state.ts';
import { latestAudit } from '../../../src/store/audit.ts';
import { activeModel, contentHashOf } from '../../../src/store/models.ts';
import { savePerson } from '../../../src/store/people.ts';
import { proposalOf } from '../../../src/store/proposals.ts';
import { scoreRunOf, scoresWithNames } from '../../../src/store/scores.ts';
import type { Store } from '../../../src/store/store.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { analyzeAgain, marketEnd, onlyBook, withSmallMarket } from '../../support/small-market.ts';

const day = 86_400_000;
const rita = { kind: 'person', email: 'rita@ours.example' } as const;
const ada = { kind: 'person', email: 'ada@ours.example' } as const;
const sam = { kind: 'person', email: 'sam@ours.example' } as const;

async function scoresNow(store: Store): Promise<Map<string, { score: number; tier: Tier }>> {
  const run = await scoreRunOf(store, 'main');
  assert.ok(run !== null);
  const rows = await scoresWithNames(store, run, { order: 'account' });
  return new Map(rows.map(({ score }) => [score.accountId, { score: score.score, tier: score.tier as Tier }]));
}

describe('a proposal, from analysis to force', () => {
  let store: Store;
  let proposal: ProposalState;
  let clock = marketEnd;
  const ports = () => ({ store, compute: createCompute(), now: () => clock });

  before(async () => {
    store = await freshStore();
    await savePerson(store, { email: 'sam@ours.example', name: 'Sam Seller', role: 'rep', slackId: null });
    // A model of a quarter before, so that there is something to change.
    await withSmallMarket(store, undefined, marketEnd - 120 * day);
    const { proposal: drafted } = await analyzeAgain(store);
    assert.ok(drafted !== null, 'a quarter changes something');
    proposal = drafted;
  });
  after(() => store.close());

  it('stands on the version in force, with a dry run a line', () => {
    assert.deepEqual([proposal.baseVersion, proposal.candidateVersion, proposal.standing], [1, 2, 'open']);
    assert.ok(proposal.changes.length >= 2);
    assert.equal(proposal.deadlineAt - proposal.draftedAt, day);
    for (const { number, dryRun } of proposal.changes) assert.equal(dryRun.accounts, 1_000, `line ${number}`);
  });

  it('refuses who may not decide, a rejection without a reason, and a line that is not there', async () => {
    const asked = {
      proposalId: proposal.id,
      lines: [1],
      verdict: 'approved',
      reason: null,
      effectiveAt: null,
    } as const;
    await assert.rejects(
      decideLines(ports(), { ...asked, actor: sam }),
      /needs one of the roles revops, admin.*Sam Seller is rep; ask .*Rita Okafor/,
    );
    await assert.rejects(decideLines(ports(), { ...asked, actor: rita, verdict: 'rejected' }), /needs a reason/);
    await assert.rejects(decideLines(ports(), { ...asked, actor: rita, lines: [99] }), /has no line 99/);
    assert.equal((await proposalOf(store, proposal.id))?.events.length, 0, 'and nothing is kept of it');
  });

  it('keeps an edit with a dry run of its own, and refuses an edit that does not go with the line', async () => {
    const line = proposal.changes.find(({ drafted }) => drafted.kind === 'criterion re-weighted');
    assert.ok(line !== undefined);
    const wanted = { proposalId: proposal.id, line: line.number, edit: { weight: 0.2 } } as const;
    await assert.rejects(
      editLine(ports(), { ...wanted, edit: { name: 'x' }, actor: rita }),
      /cannot be given another name/,
    );
    await assert.rejects(editLine(ports(), { ...wanted, edit: { weight: 2 }, actor: rita }), /between 0 and 0.60/);
    const edited = await editLine(ports(), { ...wanted, actor: rita });
    const state = edited.proposal.changes.find(({ number }) => number === line.number);
    assert.equal(state?.edited?.byName, 'Rita Okafor');
    assert.deepEqual(state?.dryRun, edited.dryRun);
    const together = await simulate(ports(), { proposalId: proposal.id });
    assert.deepEqual(edited.proposal.dryRun, together.dryRun, 'the whole follows the edit');
    assert.deepEqual(edited.proposal.draftedDryRun, proposal.dryRun, 'and what was drafted is still known');
    const [only] = edited.changes;
    assert.ok(only?.change.kind === 'criterion re-weighted');
  });

  it('does what its dry run said, to the last account, when it really comes into force', async () => {
    const [first, second, ...rest] = proposal.changes.map(({ number }) => number);
    assert.ok(first !== undefined && second !== undefined);
    const wish = { proposalId: proposal.id, reason: null, effectiveAt: clock + 2 * day, actor: rita } as const;
    await decideLines(ports(), { ...wish, lines: [first, ...rest], verdict: 'approved' });
    const foretold = await simulate(ports(), { proposalId: proposal.id, lines: [first, ...rest] });
    const before = await scoresNow(store);
    const { proposal: decided } = await decideLines(ports(), {
      ...wish,
      lines: [second],
      verdict: 'rejected',
      reason: 'not what we see',
    });
    assert.equal(decided.standing, 'scheduled');
    assert.equal(decided.scheduled?.effectiveAt, clock + 2 * day);

    assert.deepEqual(await activateDue(ports(), 'main'), { activated: [], stale: [] }, 'not before its day');
    clock += 2 * day;
    const { activated } = await activateDue(ports(), 'main');
    assert.deepEqual(
      activated.map(({ id, standing }) => [id, standing]),
      [[proposal.id, 'active']],
    );
    assert.deepEqual((await activateDue(ports(), 'main')).activated, [], 'and once');

    const active = await activeModel(store, 'main');
    assert.ok(active !== null && decided.scheduled !== null);
    assert.equal(active.version, decided.scheduled.version);
    assert.equal(contentHashOf(active), decided.scheduled.contentHash);
    assert.equal(active.activatedBy, 'rita@ours.example');
    assert.ok((active.changelog ?? '').length > 20);

    await rescore(ports(), { book: await onlyBook(store), asOf: proposal.asOf });
    const after = await scoresNow(store);
    const moved = [...after].filter(([id, { tier }]) => before.get(id)?.tier !== tier);
    const count = (from: Tier, to: Tier) =>
      moved.filter(([id, { tier }]) => before.get(id)?.tier === from && tier === to).length;
    assert.ok(moved.length > 0);
    assert.equal(
      foretold.dryRun.moves.reduce((sum, { accounts }) => sum + accounts, 0),
      moved.length,
    );
    for (const { from, to, accounts } of foretold.dryRun.moves)
      assert.equal(count(from, to), accounts, `${from} to ${to}`);
    for (const named of [...foretold.dryRun.up, ...foretold.dryRun.down]) {
      assert.deepEqual(
        [before.get(named.id)?.score, after.get(named.id)?.score, after.get(named.id)?.tier],
        [named.before, named.after, named.to],
      );
    }
    const rescored = [...after].filter(([id, { score }]) => before.get(id)?.score !== score);
    assert.equal(foretold.dryRun.writes.fields.score, rescored.length);
  });

  it('tells the second of two who decide who was first, and refuses what is over', async () => {
    const asked = { proposalId: proposal.id, lines: [1], reason: null, effectiveAt: null } as const;
    const late = await decideLines(ports(), { ...asked, verdict: 'approved', actor: ada });
    assert.deepEqual([late.decided, late.already[0]?.decided?.byName], [[], 'Rita Okafor']);
    await assert.rejects(
      editLine(ports(), { proposalId: proposal.id, line: 1, edit: { weight: 0.1 }, actor: rita }),
      /line 1 of proposal \d+ cannot be edited any more: Rita Okafor approved it/,
    );
  });

  it('rolls back to an earlier version with a reason, and says so in the audit log', async () => {
    const to = { book: 'main', version: 1, reason: 'the field team objects', actor: rita } as const;
    await assert.rejects(rollBack(ports(), { ...to, actor: sam }), /needs one of the roles/);
    await assert.rejects(rollBack(ports(), { ...to, version: 2 }), /version 2 was never in force/);
    await rollBack(ports(), to);
    assert.equal((await activeModel(store, 'main'))?.version, 1);
    await assert.rejects(rollBack(ports(), to), /in force already/);
    const [last] = await latestAudit(store, 1);
    assert.deepEqual(
      [last?.action, last?.actor, last?.details.reason],
      ['model.rolled back', 'rita@ours.example', to.reason],
    );
  });
});
