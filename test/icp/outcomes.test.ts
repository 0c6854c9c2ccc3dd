import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { MeaningfulUse } from '../../src/icp/churn.ts';
import { expansionKindOf, expansionKinds } from '../../src/icp/expansion-kind.ts';
import type { AccountHistory } from '../../src/icp/history.ts';
import { deriveOutcomes } from '../../src/icp/outcomes.ts';
import { missingToQualify } from '../../src/icp/qualification.ts';
import { outcomeKinds, stages } from '../../src/icp/types.ts';
import { aCustomer, aHistory, aLead, anOpportunity, anOutcome, dayMs, on } from './features/build-history.ts';

const asOf = on('2026-01-01');

function derive(of: Partial<AccountHistory>, options: { meaningfulUse?: MeaningfulUse; timeKind?: 'order' } = {}) {
  return deriveOutcomes(aHistory(of), { asOf, ...options });
}

function kindsOf(of: Partial<AccountHistory>): string[] {
  return derive(of).outcomes.map(({ kind }) => kind);
}

const won = (from: string, to: string, of = {}) => anOpportunity(from, { outcome: 'won', closedAt: on(to), ...of });

describe('leads', () => {
  it('become accepted and rejected with the reason, dated by the decision', () => {
    const rejected = aLead('2025-01-01', { status: 'rejected', decidedAt: on('2025-01-03'), rejectReason: 'no team' });
    const { outcomes, touchedAt } = derive({ leads: [rejected] });
    assert.deepEqual(outcomes, [
      { kind: 'rejected', occurredAt: on('2025-01-03'), source: 'lead', reason: 'no team', expansion: null },
    ]);
    assert.equal(touchedAt, on('2025-01-01'));
  });

  it('that are still open are a touch and no outcome', () => {
    const { outcomes, touchedAt, reachedAt } = derive({ leads: [aLead('2025-01-01')] });
    assert.deepEqual([outcomes, touchedAt, reachedAt.accepted], [[], on('2025-01-01'), null]);
  });

  it('without any date are not used, and that is said', () => {
    const { notes, touchedAt } = derive({ leads: [aLead(null, { id: 'L7' })] });
    assert.equal(touchedAt, null);
    assert.match(notes[0] ?? '', /L7/);
  });
});

describe('qualification', () => {
  const full = { closeDate: on('2025-06-01'), budgetConfirmed: true, nextStep: 'Security review on Monday' };

  it('needs a close date, a confirmed budget and a real next step, and says which is missing', () => {
    assert.deepEqual(missingToQualify(full), []);
    assert.deepEqual(missingToQualify({ ...full, closeDate: null }), ['a close date']);
    assert.deepEqual(missingToQualify({ ...full, budgetConfirmed: false }), ['a confirmed budget']);
    assert.deepEqual(missingToQualify({ ...full, budgetConfirmed: null }), ['a confirmed budget']);
    for (const nextStep of [null, '', ' TBD', 'none', 'N/A', '-']) {
      assert.deepEqual(missingToQualify({ ...full, nextStep }), ['a real next step']);
    }
  });

  it('is an outcome of an opportunity that has all three, and of no other', () => {
    assert.deepEqual(kindsOf({ opportunities: [anOpportunity('2025-01-01', full)] }), ['qualified']);
    const { outcomes, notQualified } = derive({
      opportunities: [anOpportunity('2025-01-01', { ...full, nextStep: null, budgetConfirmed: null })],
    });
    assert.deepEqual(outcomes, []);
    assert.deepEqual(notQualified, [{ opportunityId: 'o1', missing: ['a confirmed budget', 'a real next step'] }]);
  });
});

describe('winning', () => {
  it('counts once an account, at its first time, whoever tells of it', () => {
    const { outcomes, reachedAt } = derive({
      outcomes: [anOutcome('won', '2025-03-05'), anOutcome('won', '2025-09-01')],
      opportunities: [won('2025-01-01', '2025-03-05')],
      customers: [aCustomer('2025-03-10')],
    });
    assert.equal(outcomes.filter(({ kind }) => kind === 'won').length, 1);
    assert.equal(reachedAt.won, on('2025-03-05'));
  });

  it('is known from the customer row alone', () => {
    const { reachedAt, touchedAt, isCustomer } = derive({ customers: [aCustomer('2025-03-10')] });
    assert.deepEqual([reachedAt.won, touchedAt, isCustomer], [on('2025-03-10'), on('2025-03-10'), true]);
  });

  it('is not seen before it happened', () => {
    const { outcomes, reachedAt, touchedAt } = derive({ opportunities: [won('2025-12-01', '2026-01-02')] });
    assert.deepEqual([outcomes, reachedAt.won, touchedAt], [[], null, on('2025-12-01')]);
  });
});

it('takes a lost deal for lost with its reason verbatim, and a lost renewal for none', () => {
  const lost = anOpportunity('2025-01-01', { outcome: 'lost', closedAt: on('2025-02-01'), lossReason: '  Went w/ X ' });
  assert.deepEqual(
    derive({ opportunities: [lost] }).outcomes.map(({ kind, reason }) => [kind, reason]),
    [['lost', '  Went w/ X ']],
  );
  assert.deepEqual(kindsOf({ opportunities: [{ ...lost, type: 'renewal' }] }), []);
});

it('does not count twice what an outcome row and a deal tell of the same day', () => {
  const lost = anOpportunity('2025-01-01', { outcome: 'lost', closedAt: on('2025-02-01') + 5 });
  assert.deepEqual(kindsOf({ opportunities: [lost], outcomes: [anOutcome('lost', '2025-02-01')] }), ['lost']);
});

describe('expansion', () => {
  it('has five kinds, each recognised by its words', () => {
    const words = {
      seats: '40 additional seats',
      usage: 'usage over the limit',
      products: 'added the analytics module',
      upsell: 'Upgrade to enterprise',
      'cross-sell': 'cross sell into finance',
    };
    assert.deepEqual(Object.keys(words).sort(), [...expansionKinds].sort());
    for (const [kind, text] of Object.entries(words)) {
      assert.equal(expansionKindOf(text), kind);
      const [outcome] = derive({ outcomes: [anOutcome('expanded', '2025-05-01', text)] }).outcomes;
      assert.equal(outcome?.expansion, kind);
    }
    assert.equal(expansionKindOf('they like it'), null);
    assert.equal(expansionKindOf(null), null);
  });

  it('is a won expansion and any purchase after the first, not a renewal and not the first order itself', () => {
    const first = won('2025-01-01', '2025-02-01');
    assert.deepEqual(kindsOf({ opportunities: [first, won('2025-01-05', '2025-02-01', { id: 'o2' })] }), ['won']);
    assert.deepEqual(kindsOf({ opportunities: [first, won('2025-06-01', '2025-07-01', { id: 'o2' })] }), [
      'won',
      'expanded',
    ]);
    assert.deepEqual(kindsOf({ opportunities: [first, won('2025-06-01', '2025-07-01', { type: 'renewal' })] }), [
      'won',
    ]);
    const seats = won('2025-06-01', '2025-07-01', { type: 'expansion', more: { reason: '20 seats' } });
    assert.equal(derive({ opportunities: [first, seats] }).outcomes.at(-1)?.expansion, 'seats');
  });
});

describe('churn', () => {
  const usage = (values: number[]) =>
    values.map((value, index) => ({ periodStart: on('2025-02-01') + index * 30 * dayMs, metric: 'sessions', value }));

  it('counts as after use from 90 days on, or as configured', () => {
    const after = (end: string, meaningfulUse: MeaningfulUse = {}) =>
      derive({ customers: [aCustomer('2025-01-01', end)] }, { meaningfulUse }).churns[0];
    assert.equal(after('2025-04-01')?.afterUse, true);
    assert.equal(after('2025-04-01')?.tenureDays, 90);
    assert.equal(after('2025-03-31')?.afterUse, false);
    assert.match(after('2025-03-31')?.note ?? '', /89 days/);
    assert.equal(after('2025-03-31', { tenureDays: 60 })?.afterUse, true);
  });

  it('does not count where usage is known and there was none', () => {
    const customers = [aCustomer('2025-01-01', '2025-12-01', { churnReason: 'never started' })];
    assert.equal(derive({ customers, usage: usage([0, 0, 0]) }).churns[0]?.afterUse, false);
    assert.equal(derive({ customers, usage: usage([0, 7, 0]) }).churns[0]?.afterUse, true);
    const strict = { activePeriods: 2 };
    assert.equal(derive({ customers, usage: usage([0, 7, 0]) }, { meaningfulUse: strict }).churns[0]?.afterUse, false);
    const tickets = usage([0, 7, 0]).map((row) => ({ ...row, metric: 'tickets' }));
    assert.equal(derive({ customers, usage: tickets }).churns[0]?.afterUse, true);
  });

  it('is told once by a customer row and an outcome row of the same month', () => {
    const of = { customers: [aCustomer('2025-01-01', '2025-12-01')], outcomes: [anOutcome('churned', '2025-12-03')] };
    assert.equal(derive(of).churns.length, 1);
    assert.deepEqual(kindsOf(of), ['won', 'churned']);
    assert.equal(derive(of).isCustomer, false);
  });

  it('takes the tenure from the day it was won where there is no customer row', () => {
    const since = (day: string) =>
      derive({ outcomes: [anOutcome('won', day), anOutcome('churned', '2025-06-01')] }).churns[0];
    assert.equal(since('2025-05-01')?.afterUse, false);
    assert.equal(since('2025-01-01')?.afterUse, true);
  });

  it('gets the benefit of the doubt, with a note, where nobody knows since when', () => {
    const [unknown] = derive({ outcomes: [anOutcome('churned', '2025-06-01')] }).churns;
    assert.deepEqual([unknown?.afterUse, unknown?.tenureDays], [true, null]);
    assert.match(unknown?.note ?? '', /since when/);
    const [order] = derive({ customers: [aCustomer('2025-06-01', '2025-06-02')] }, { timeKind: 'order' }).churns;
    assert.deepEqual([order?.afterUse, order?.tenureDays], [true, null]);
  });

  it('is over once the account buys again', () => {
    const customers = [aCustomer('2024-01-01', '2025-01-01'), aCustomer('2025-06-01')];
    assert.equal(derive({ customers }).isCustomer, true);
    assert.equal(derive({ customers, outcomes: [anOutcome('churned', '2025-12-01')] }).isCustomer, false);
  });
});

it('tells places in an order apart as it tells days apart', () => {
  const place = (id: string, at: number) => anOpportunity(null, { id, createdAt: at, closedAt: at, outcome: 'won' });
  const of = { opportunities: [place('o1', 5), place('o2', 6), place('o3', 6)] };
  const { outcomes } = deriveOutcomes(aHistory(of), { asOf: 9, timeKind: 'order' });
  assert.deepEqual(
    outcomes.map(({ kind, occurredAt }) => [kind, occurredAt]),
    [
      ['won', 5],
      ['expanded', 6],
      ['expanded', 6],
    ],
  );
});

it('implies the earlier stages by the later ones, never the other way round', () => {
  const { reachedAt } = derive({ outcomes: [anOutcome('won', '2025-03-01'), anOutcome('accepted', '2025-04-01')] });
  assert.deepEqual(reachedAt, {
    accepted: on('2025-03-01'),
    qualified: on('2025-03-01'),
    won: on('2025-03-01'),
    expanded: null,
  });
  assert.equal(derive({ opportunities: [anOpportunity('2025-02-01')] }).reachedAt.accepted, on('2025-02-01'));
  assert.equal(derive({ opportunities: [anOpportunity('2025-02-01')] }).reachedAt.qualified, null);
});

it('reaches no stage after a later one, and sees nothing past the date', () => {
  const day = fc.integer({ min: -300, max: 200 }).map((days) => asOf + days * dayMs);
  const outcome = fc.record({
    kind: fc.constantFrom(...outcomeKinds),
    occurredAt: day,
    source: fc.constant('import'),
    reason: fc.constant(null),
  });
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 8 }), (outcomes) => {
      const derived = derive({ outcomes });
      assert.deepEqual(derived, derive({ outcomes: outcomes.filter(({ occurredAt }) => occurredAt <= asOf) }));
      assert.ok(derived.outcomes.filter(({ kind }) => kind === 'won').length <= 1);
      stages.forEach((stage, index) => {
        const at = derived.reachedAt[stage];
        const next = derived.reachedAt[stages[index + 1] ?? stage];
        if (next !== null) assert.ok(at !== null && at <= next);
      });
    }),
  );
});
