import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createProposalMinder } from '../../src/compose/mind-proposals.ts';
import type { Compute } from '../../src/engine/compute/compute.ts';
import { dryRunJob } from '../../src/engine/compute/dry-run-job.ts';
import { governanceChannelSetting } from '../../src/engine/governance/governance-channel.ts';
import { decideLines } from '../../src/engine/proposals/decide-lines.ts';
import { draftProposal } from '../../src/engine/proposals/draft-proposal.ts';
import { createClockwork } from '../../src/jobs/clockwork.ts';
import { scheduleKey } from '../../src/jobs/jobs.ts';
import { setBookClock } from '../../src/store/books.ts';
import { activateModel, activationsOf, addModel } from '../../src/store/models.ts';
import { savePerson } from '../../src/store/people.ts';
import { proposalsOf } from '../../src/store/proposals.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { aBin, aCriterion, aModel } from '../support/a-model.ts';
import { noFeatures } from '../support/a-proposal.ts';
import { freshStore } from '../support/fresh-store.ts';
import { importRecords } from '../support/records.ts';

const hour = 3_600_000;
const day = 24 * hour;
const newYear = Date.parse('2026-01-01T00:00:00Z');
const rita = { kind: 'person', email: 'rita@ours.example' } as const;

const compute = {
  dryRun: async (input: Parameters<Compute['dryRun']>[0]) => dryRunJob(input).finish(() => {}),
} as unknown as Compute;

describe('a year of weeks, with a clock that is moved by hand', () => {
  let store: Store;
  before(async () => {
    store = await freshStore();
    await importRecords(store, [
      {
        ...{ kind: 'account', id: 'a1', name: 'Acme', domain: null, ownerEmail: null, values: {} },
        ...{ observedAt: newYear, source: 'import' },
      },
    ]);
    await setBookClock(store, 'main', null);
    await savePerson(store, { email: rita.email, name: 'Rita', role: 'revops', slackId: null });
    for (const [key, value] of [
      [scheduleKey('analysis'), 'Mon 06:00 Europe/Berlin'],
      [governanceChannelSetting, 'C1'],
      ['proposals.effectiveDays', 2],
      ...(['sync', 'drift', 'freshness', 'churn', 'audit', 'leads', 'crm', 'reconcile', 'publish'] as const).map(
        (job) => [scheduleKey(job), 'off'],
      ),
    ] as const)
      await addSetting(store, { key: String(key), value, setAt: newYear - day, setBy: 'a test' });
  });
  after(() => store.close());

  it('drafts, tells, escalates, expires and puts in force exactly once each, over both changes of the clocks', async () => {
    let now = newYear;
    let week = 0;
    const ran: number[] = [];
    const told: string[] = [];
    const house = { store, compute, now: () => now, holder: 'test', log: { info() {}, warn() {}, error: fail } };
    const model = (points: number) =>
      aModel({
        criteria: [aCriterion('c', [aBin({ kind: 'is', values: ['x'] }, points), aBin({ kind: 'other' }, -50)])],
      });
    const learn = (points: number) =>
      addModel(
        store,
        { book: 'main', importId: 1, asOf: now, model: model(points), catalogue: noFeatures, verdict: 'learnt' },
        now,
      );
    await activateModel(store, await learn(100), { by: 'the first analysis', at: now });
    const mind = createProposalMinder(house as never, {
      async proposal({ id }) {
        told.push(`digest ${id}`);
        return { channel: 'C1', ts: String(id) };
      },
      async proposalChanged() {},
      async reportBack() {
        return null;
      },
      async proposalEscalated({ id }) {
        told.push(`escalation ${id}`);
        return { channel: 'C1', ts: `${id}.1` };
      },
    });
    const clockwork = createClockwork({
      ...{ store, holder: 'test', log: house.log, now: async () => now, every: () => () => {}, tell: async () => {} },
      steps: {
        async analysis({ dueAt }) {
          ran.push(dueAt);
          week += 1;
          const candidateVersion = await learn(100 + 20 * week);
          const book = { name: 'main', timeKind: 'dates', clock: null } as const;
          await draftProposal(house, { book, asOf: now, importId: 1, candidateVersion, by: 'the weekly analysis' });
          return { read: { accounts: 1 }, written: {}, note: 'drafted' };
        },
      },
    });
    // Twice a day something looks, and less often once a week is settled; in every third week nobody decides.
    for (let pause = 12 * hour; now < newYear + 365 * day; now += pause) {
      await clockwork.tick();
      await mind();
      const [newest] = await proposalsOf(store, 'main', 1);
      pause = newest?.standing === 'active' || newest?.standing === 'closed' ? 36 * hour : 12 * hour;
      if (newest?.standing === 'open' && week % 3 !== 0 && now - newest.draftedAt >= 6 * hour)
        await decideLines(
          { store, now: () => now },
          { proposalId: newest.id, lines: 'all', verdict: 'approved', reason: null, effectiveAt: null, actor: rita },
        );
    }
    await clockwork.stop();

    assert.equal(ran.length, 52);
    const hours = ran.map((at) => new Date(at).getUTCHours());
    assert.deepEqual(
      [hours.filter((each) => each === 5).length + hours.filter((each) => each === 4).length, new Set(hours).size],
      [52, 2],
      'six in the morning in Berlin, summer and winter',
    );
    assert.deepEqual(
      ran.map((at) => new Date(at).getUTCDay()).filter((weekday) => weekday !== 1),
      [],
    );
    const proposals = (await proposalsOf(store, 'main', 100)).toReversed();
    assert.equal(proposals.length, 52);
    assert.deepEqual(
      told.filter((each) => each.startsWith('digest')),
      proposals.map(({ id }) => `digest ${id}`),
    );
    const undecided = proposals.filter((_, nth) => (nth + 1) % 3 === 0);
    assert.deepEqual(
      told.filter((each) => each.startsWith('escalation')),
      undecided.map(({ id }) => `escalation ${id}`),
    );
    for (const { id, because } of undecided) assert.equal(because, 'nobody decided by the deadline', `proposal ${id}`);
    const approved = (await activationsOf(store, 'main')).filter(({ kind }) => kind === 'approved');
    assert.equal(approved.length, proposals.length - undecided.length, 'each of the others came into force, once');
    assert.equal(new Set(approved.map(({ proposalId }) => proposalId)).size, approved.length);
  });
});

function fail(details: object): never {
  throw new Error(JSON.stringify(details, Object.getOwnPropertyNames(details)));
}
