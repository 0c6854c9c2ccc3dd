import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Actor } from '../../../src/engine/actor.ts';
import { setOverride } from '../../../src/engine/judgements/set-override.ts';
import { answerLead, undoAnswer } from '../../../src/engine/leads/answer-lead.ts';
import { putAnswersInLedger } from '../../../src/engine/leads/answers-in-ledger.ts';
import { describeLeads } from '../../../src/engine/leads/describe-leads.ts';
import { IcpError } from '../../../src/errors.ts';
import { undoMs } from '../../../src/icp/leads/lead-standing.ts';
import { deriveOutcomes } from '../../../src/icp/outcomes.ts';
import { latestAudit } from '../../../src/store/audit.ts';
import { latestImport } from '../../../src/store/books.ts';
import { openLeads } from '../../../src/store/leads.ts';
import { savePerson } from '../../../src/store/people.ts';
import { scoreRunOf } from '../../../src/store/scores.ts';
import type { Store } from '../../../src/store/store.ts';
import { aLead } from '../../support/a-lead.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { plainBook } from '../../support/plain-book.ts';
import { historiesAt, importRecords } from '../../support/records.ts';
import { analyzeAgain, marketEnd, onlyBook } from '../../support/small-market.ts';

const day = 86_400_000;
const rae = { actor: { kind: 'person', email: 'rae@ours.example' } } as const;
const sam = { actor: { kind: 'person', email: 'sam@ours.example' } } as const;

/** Six open leads of accounts, one without an account, one that the source has decided, and people at the first account. */
const leads = [
  ...[0, 1, 2, 3, 4, 5].map((nth) =>
    aLead(`L${nth}`, `a010${nth}`, { createdAt: marketEnd - (10 + nth) * day, ownerEmail: 'rae@ours.example' }),
  ),
  aLead('lone', null, { createdAt: marketEnd - 3 * day, more: { company: 'Nobody knows GmbH' } }),
  aLead('told', 'a0110', { createdAt: marketEnd - 90 * day, status: 'accepted', decidedAt: marketEnd - 80 * day }),
];
const people = [
  { id: 'c1', title: 'Account Executive', seniority: 'individual', more: { name: 'Ian Junior' } },
  { id: 'c2', title: 'VP Sales', seniority: 'vp', more: { name: 'Vera Chief' } },
].map((contact) => ({ kind: 'contact' as const, accountId: 'a0100', email: null, ...contact }));

describe('answering leads', () => {
  let store: Store;
  let clock = marketEnd;
  const ports = () => ({ store, now: () => clock });
  const answer = (
    leadId: string,
    who: { actor: Actor } = rae,
    said: 'accepted' | 'rejected' = 'accepted',
    reason: string | null = null,
  ) => answerLead(ports(), { book: 'main', leadId, ...who, answer: said, reason });
  const settle = async (leadIds?: readonly string[]) => putAnswersInLedger(ports(), await onlyBook(store), leadIds);
  const outcomesOf = async (accountId: string, importId: number) => {
    const [history] = await historiesAt(store, importId, { accountIds: [accountId] });
    assert.ok(history !== undefined);
    return deriveOutcomes(history, { asOf: clock }).outcomes.filter(
      ({ kind }) => kind === 'accepted' || kind === 'rejected',
    );
  };
  const now = async () => (await latestImport(store, 'main')) ?? 0;

  before(async () => {
    store = await freshStore();
    await importRecords(store, [...plainBook(), ...people, ...leads]);
    await analyzeAgain(store);
    for (const [email, name, role] of [
      ['rae@ours.example', 'Rae Rep', 'rep'],
      ['sam@ours.example', 'Sam Rep', 'rep'],
      ['cass@ours.example', 'Cass Success', 'cs'],
    ] as const)
      await savePerson(store, { email, slackId: null, name, role });
  });
  after(() => store.close());

  it('keeps what the model said at that moment', async () => {
    const { state, changed } = await answer('L0');
    const [card] = await describeLeads(ports(), await onlyBook(store), ['L0']);
    assert.equal(changed, true);
    assert.deepEqual(
      [state.answer?.score, state.answer?.tier, state.answer?.modelVersion],
      [card?.score?.score, card?.score?.tier, card?.score?.modelVersion],
    );
    assert.equal(typeof state.answer?.score, 'number');
  });

  it('changes nothing when the same person says the same again', async () => {
    const { state, changed } = await answer('L0');
    assert.deepEqual([changed, state.standing, state.answer?.by], [false, 'accepted', rae.actor.email]);
  });

  it('has one winner of many at once, and tells the others who it is', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, nth) => answer('L1', nth % 2 === 0 ? rae : sam, 'rejected', `reason of ${nth}`)),
    );
    assert.equal(all.filter(({ changed }) => changed).length, 1);
    assert.equal(new Set(all.map(({ state }) => state.answer?.id)).size, 1);
  });

  it('refuses customer success, strangers, a rejection without a reason, a lead there is not, and one the source decided', async () => {
    const code = (expected: string) => (error: unknown) => error instanceof IcpError && error.code === expected;
    await assert.rejects(answer('L2', { actor: { kind: 'person', email: 'cass@ours.example' } }), code('not_allowed'));
    await assert.rejects(answer('L2', { actor: { kind: 'person', email: 'eve@else.example' } }), code('not_allowed'));
    await assert.rejects(answer('L2', rae, 'rejected', '  '), code('usage'));
    await assert.rejects(answer('L99'), code('no_lead'));
    await assert.rejects(answer('told'), code('lead_decided'));
  });

  it('puts the answers into the ledger as an import of their own, which receipts of before do not see', async () => {
    const before = await now();
    const run = await scoreRunOf(store, 'main');
    assert.equal(run?.importId, before);
    const settled = await settle();
    assert.deepEqual([settled?.leads, settled?.importId], [2, await now()]);
    assert.deepEqual(await outcomesOf('a0100', before), []);
    assert.deepEqual(
      (await outcomesOf('a0100', await now())).map(({ kind, source, occurredAt }) => [kind, source, occurredAt]),
      [['accepted', 'slack', marketEnd]],
    );
    assert.equal((await scoreRunOf(store, 'main'))?.importId, settled?.importId);
    assert.equal(await settle(), null);
  });

  it('takes an answer back for five minutes, only for whoever gave it, and then it is out of the ledger', async () => {
    await answer('L3', rae, 'rejected', 'too small: four people');
    await settle(['L3']);
    const rejected = await now();
    const [outcome] = await outcomesOf('a0103', rejected);
    assert.deepEqual([outcome?.kind, outcome?.reason], ['rejected', 'too small']);
    await assert.rejects(undoAnswer(ports(), { book: 'main', leadId: 'L3', ...sam }), /only Rae Rep can take/);
    clock += undoMs;
    assert.equal((await undoAnswer(ports(), { book: 'main', leadId: 'L3', ...rae })).changed, true);
    assert.equal((await undoAnswer(ports(), { book: 'main', leadId: 'L3', ...rae })).changed, false);
    await settle(['L3']);
    assert.deepEqual(await outcomesOf('a0103', await now()), []);
    assert.equal((await outcomesOf('a0103', rejected)).length, 1);
  });

  it('refuses to take back an answer of six minutes ago, and says that it is too late', async () => {
    await answer('L4');
    clock += undoMs + 1;
    await assert.rejects(undoAnswer(ports(), { book: 'main', leadId: 'L4', ...rae }), /too late/);
  });

  it('takes answers of leads without an account', async () => {
    const { state } = await answer('lone', rae, 'rejected', 'a student');
    assert.deepEqual([state.standing, state.answer?.score], ['rejected', null]);
    assert.equal((await settle(['lone']))?.leads, 1);
  });

  it('keeps an answer when the source says again that the lead is open, and gives way when the source decides itself', async () => {
    await settle();
    const again = leads.map((lead) =>
      lead.id === 'L4'
        ? { ...lead, source: 'fair' }
        : lead.id === 'L1'
          ? { ...lead, status: 'accepted' as const, decidedAt: clock }
          : lead,
    );
    await importRecords(store, again);
    assert.equal((await outcomesOf('a0104', await now())).length, 0);
    await settle();
    assert.deepEqual(
      (await outcomesOf('a0104', await now())).map(({ kind }) => kind),
      ['accepted'],
    );
    assert.deepEqual(
      (await outcomesOf('a0101', await now())).map(({ kind }) => kind),
      ['accepted'],
    );
    assert.equal(await settle(), null);
  });

  it('waits while an import is under way, since what comes after it would show half of it', async () => {
    await answer('L5');
    await assert.rejects(importRecords(store, [aLead('L6', null)], { dies: true }));
    assert.equal(await settle(), null);
    await importRecords(store, [aLead('L7', null)]);
    assert.equal((await settle())?.leads, 1);
  });

  it('lists what is open by score and by owner, and names the most senior contact as what it is', async () => {
    const book = await onlyBook(store);
    const { ids } = await openLeads(store, 'main', { limit: 50 });
    const scores = (await describeLeads(ports(), book, ids)).map(({ score }) => score?.score ?? -1);
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => b - a),
    );
    assert.ok(!ids.includes('L5') && ids.includes('L2') && ids.includes('L3'));
    const own = await openLeads(store, 'main', { owner: 'RAE@ours.example', limit: 1 });
    assert.equal(own.ids.length, 1);
    assert.ok(own.total > 1 && own.total < ids.length);
    const [card] = await describeLeads(ports(), book, ['L0']);
    assert.deepEqual(card?.person, { name: 'Vera Chief', title: 'VP Sales', ofLead: false });
  });

  it('shows the tier that a person set on the lead itself before one of its account, and whose it is', async () => {
    const override = { book: 'main', accountId: 'a0104', tier: 1, reason: 'a hunch', until: clock + day } as const;
    await setOverride(ports(), { ...override, actor: { kind: 'operator', name: 'a test' } });
    const before = await describeLeads(ports(), await onlyBook(store), ['L4', 'L3']);
    assert.deepEqual(
      before.map(({ score }) => score?.override),
      [{ tier: 1, byName: 'a test' }, null],
    );
    const more = { 'crm:override': 'Not fit' };
    await importRecords(store, [aLead('L4', 'a0104', { more }), aLead('L3', 'a0103', { more })]);
    const after = await describeLeads(ports(), await onlyBook(store), ['L4', 'L3']);
    for (const { score } of after)
      assert.deepEqual(score?.override, { tier: 3, byName: 'somebody in Salesforce, of this lead alone' });
  });

  it('leaves a trace of every act in the audit log, and none of what changed nothing', async () => {
    const acts = (await latestAudit(store, 100)).map(({ action, subject }) => `${action} ${subject.split(' ')[1]}`);
    assert.equal(acts.filter((act) => act === 'lead.accepted L0').length, 1);
    assert.equal(acts.filter((act) => act === 'lead.rejected L1').length, 1);
    assert.equal(acts.filter((act) => act === 'lead.reopened L3').length, 1);
  });
});
