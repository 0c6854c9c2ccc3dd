import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { activateDue } from '../../../src/engine/proposals/activate-due.ts';
import { decideLines } from '../../../src/engine/proposals/decide-lines.ts';
import { activateModel, activationsOf } from '../../../src/store/models.ts';
import { savePerson } from '../../../src/store/people.ts';
import { addProposal, proposalOf } from '../../../src/store/proposals.ts';
import type { Store } from '../../../src/store/store.ts';
import { aDraft, keepModel } from '../../support/a-proposal.ts';
import { freshStore } from '../../support/fresh-store.ts';

const now = Date.parse('2026-03-02T06:00:00Z');
const rita = { kind: 'person', email: 'rita@ours.example' } as const;
const ada = { kind: 'person', email: 'ada@ours.example' } as const;

describe('many who decide at once', () => {
  let store: Store;
  const ports = () => ({ store, now: () => now });
  before(async () => {
    store = await freshStore();
    await savePerson(store, { email: rita.email, name: 'Rita', role: 'revops', slackId: null });
    await savePerson(store, { email: ada.email, name: 'Ada', role: 'admin', slackId: null });
  });
  after(() => store.close());

  /** A book with one open proposal of one line. */
  async function open(book: string): Promise<number> {
    const version = await keepModel(store, book, now);
    await activateModel(store, version, { by: 'the first analysis', at: now });
    return addProposal(store, aDraft({ book, baseVersion: version, draftedAt: now, deadlineAt: now + 86_400_000 }));
  }

  it('have one winner, and all others are told who it was, under fifty clicks', async () => {
    const proposalId = await open('clicks');
    const clicks = Array.from({ length: 50 }, (_, nth) =>
      decideLines(ports(), {
        ...{ proposalId, lines: [1], actor: nth % 2 === 0 ? rita : ada, effectiveAt: null },
        ...(nth % 3 === 0 ? { verdict: 'rejected', reason: 'not so' } : { verdict: 'approved', reason: null }),
      } as const),
    );
    const outcomes = await Promise.all(clicks);
    const winners = outcomes.filter(({ decided }) => decided.length > 0);
    assert.equal(winners.length, 1);
    const winner = (await proposalOf(store, proposalId))?.changes[0]?.decided;
    assert.ok(winner !== null && winner !== undefined);
    for (const { decided, already } of outcomes)
      if (decided.length === 0) assert.deepEqual(already[0]?.decided, winner, 'told who won');
  });

  it('have one activation a proposal, in round after round of two approvers at the same moment', async () => {
    const rounds = Number(process.env.RACE_ROUNDS ?? 60);
    for (let round = 0; round < rounds; round += 1) {
      const book = `race ${round}`;
      const proposalId = await open(book);
      const asked = { proposalId, lines: 'all', verdict: 'approved', reason: null, effectiveAt: null } as const;
      const both = await Promise.all([
        decideLines(ports(), { ...asked, actor: rita }),
        decideLines(ports(), { ...asked, actor: ada }),
      ]);
      assert.equal(both.filter(({ decided }) => decided.length > 0).length, 1);
      await Promise.all([activateDue(ports(), book), activateDue(ports(), book)]);
      const activated = (await activationsOf(store, book)).filter(({ kind }) => kind === 'approved');
      assert.equal(activated.length, 1, `round ${round}`);
    }
  });
});
