import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type ExplainInput, explainAccount } from '../../src/icp/explain.ts';
import type { Opportunity } from '../../src/icp/history.ts';
import type { FeatureValue } from '../../src/icp/types.ts';
import type { ReadAccount } from '../../src/icp/weigh-account.ts';
import { aBin, aCriterion, aHistory, aModel, anyModel, anyValues } from '../support/a-model.ts';

const day = 86_400_000;
const now = Date.parse('2026-09-30');
const present = { kind: 'is', values: ['present'] } as const;

function reading(values: Readonly<Record<string, FeatureValue>>, parts: Partial<ReadAccount> = {}): ReadAccount {
  return {
    value: (key) => values[key] ?? null,
    provenance: (key) =>
      values[key] == null
        ? { value: null, observedAt: null, source: null }
        : { value: values[key], observedAt: now - 10 * day, source: 'import' },
    notes: [],
    collectsSignals: true,
    ...parts,
  };
}

function explain(parts: Partial<ExplainInput>) {
  const usual: ExplainInput = {
    ...{ model: aModel(), modelVersion: 3, timeKind: 'dates', history: aHistory('001'), read: reading({}), asOf: now },
  };
  return explainAccount({ ...usual, ...parts });
}

const deal = (parts: Partial<Opportunity>): Opportunity => ({
  ...{ id: 'o', createdAt: now - 50 * day, closedAt: null, outcome: 'open', amount: 1_000, type: 'new' },
  ...{ closeDate: null, budgetConfirmed: null, nextStep: null, lossReason: null, source: null, stakeholders: null },
  more: {},
  ...parts,
});

/** Whole tenths of a printed figure; fails when it has more than one decimal. */
function tenths(printed: number): number {
  const whole = Math.round(printed * 10);
  assert.ok(Math.abs(printed * 10 - whole) < 1e-6, `${printed} has more than one decimal`);
  return whole;
}

describe('explainAccount', () => {
  it('adds up at the printed digit, after a trip through JSON, for any model and account', () => {
    fc.assert(
      fc.property(anyModel, anyValues, (model, values) => {
        const { explanation } = explain({ model, read: reading(values) });
        const printed: typeof explanation = JSON.parse(JSON.stringify(explanation));
        const points = printed.criteria.reduce((sum, criterion) => sum + tenths(criterion.points), 0);
        assert.equal(tenths(printed.base) + points + tenths(printed.clamp), tenths(printed.positive));
        const multiplier = Math.round(printed.detractor.multiplier * 1000);
        assert.equal(tenths(printed.score), Math.floor((2 * tenths(printed.positive) * multiplier + 1000) / 2000));
        const { match, k } = printed.detractor;
        assert.ok(Math.abs(multiplier - (1000 - k * match * 1000)) <= 0.5 + 1e-9, 'the multiplier is 1 - k x match');
        const highest = printed.score > 70 ? 1 : printed.score >= 40 ? 2 : 3;
        assert.equal(printed.tier, printed.detractor.flagged ? Math.max(2, highest) : highest);
        assert.equal(printed.tierRule === null, printed.tier === highest);
        assert.equal(printed.criteria.length, model.criteria.length, 'every criterion has its line');
      }),
      { numRuns: 500 },
    );
  });

  it('puts the criteria that move the account most first', () => {
    const model = aModel({
      criteria: [10, -70, 30].map((points, nth) => aCriterion(`f${nth}`, [aBin(present, points)])),
    });
    const { explanation } = explain({ model, read: reading({ f0: 'present', f1: 'present', f2: 'present' }) });
    assert.deepEqual(
      explanation.criteria.map(({ points }) => points),
      [-7, 3, 1],
    );
  });

  it('says of a flag made of several what it was made of, and where that came from', () => {
    const model = aModel({
      criteria: [aCriterion('crm', [aBin(present, 150)], { type: 'flag' })],
      derived: [{ key: 'crm', of: ['tech_salesforce', 'tech_hubspot'], atLeast: 1 }],
    });
    const seen = { observedAt: now - 200 * day, source: 'enrichment' };
    const read = reading(
      { tech_hubspot: 'present', tech_salesforce: 'absent' },
      {
        provenance: (key) =>
          key === 'crm'
            ? { value: null, observedAt: null, source: null }
            : { value: 'HubSpot', ...(key === 'tech_hubspot' ? seen : { observedAt: now, source: 'import' }) },
      },
    );
    const [criterion] = explain({ model, read }).explanation.criteria;
    assert.deepEqual(
      [criterion?.value, criterion?.points, criterion?.observedAt, criterion?.source],
      ['present', 15, new Date(now - 200 * day).toISOString(), 'import, enrichment'],
    );
    const [unknown] = explain({ model }).explanation.criteria;
    assert.deepEqual([unknown?.value, unknown?.observedAt, unknown?.source], [null, null, null]);
  });

  it('shows no date of a source that has only an order', () => {
    const model = aModel({ criteria: [aCriterion('f', [aBin(present, 10)])] });
    const history = aHistory('001', { outcomes: [{ kind: 'won', occurredAt: 5, source: 's', reason: null }] });
    const { explanation } = explain({ model, history, timeKind: 'order', read: reading({ f: 'present' }) });
    assert.deepEqual([explanation.criteria[0]?.observedAt, explanation.context.lastActivityAt], [null, null]);
    assert.deepEqual(explanation.evidence.reasons, [], 'and does not call it old');
  });

  it('counts as open pipeline what was open on that day, and nothing that came later', () => {
    const opportunities = [
      deal({ id: 'open', amount: 1_000 }),
      deal({ id: 'closed later', amount: 20_000, outcome: 'won', closedAt: now + day }),
      deal({ id: 'closed before', amount: 300_000, outcome: 'lost', closedAt: now }),
      deal({ id: 'begun later', amount: 4_000_000, createdAt: now + day }),
      deal({ id: 'no amount', amount: null }),
      deal({ id: 'won without a date', amount: 50_000_000, outcome: 'won' }),
    ];
    const { context } = explain({ history: aHistory('001', { opportunities }) }).explanation;
    assert.equal(context.openPipeline, 21_000);
    assert.equal(context.lastActivityAt, new Date(now).toISOString(), 'the close that day');
  });

  it('grades by the age of what the model read, not of what it did not', () => {
    const model = aModel({ criteria: [aCriterion('f', [aBin(present, 10)])] });
    const read = reading(
      { f: 'present', unused: 1 },
      {
        provenance: (key) => ({ value: 1, observedAt: key === 'f' ? now - 400 * day : now, source: 'import' }),
      },
    );
    assert.match(explain({ model, read }).explanation.evidence.reasons.join(), /400 days old/);
  });

  it('names what makes an account like those that left, strongest first, and only when it is like them', () => {
    const detractor = { intercept: 0, baseOdds: 1, baseRate: 0.5, k: 0.75, flagAt: 0.4, events: 30, rows: 99 };
    const bins = (nth: number, churn: number) => [aBin(present, 0, { label: `reason ${nth}`, churn })];
    const criteria = [200, 900, -300, 500, 100].map((churn, nth) => aCriterion(`f${nth}`, bins(nth, churn)));
    const values = Object.fromEntries(criteria.map(({ key }) => [key, 'present']));
    const reasonsAt = (intercept: number) =>
      explain({ model: aModel({ criteria, detractor: { ...detractor, intercept } }), read: reading(values) })
        .explanation.detractor.reasons;
    assert.deepEqual(reasonsAt(0), ['reason 1', 'reason 3', 'reason 0']);
    assert.deepEqual(reasonsAt(-5_000), []);
  });

  it('says in one way of a field and of a flag that they are not known', () => {
    const detractor = { intercept: 0, baseOdds: 1, baseRate: 0.5, k: 0.75, flagAt: 0.4, events: 30, rows: 99 };
    const unknown = (churn: number, label: string) => [aBin({ kind: 'unknown' }, 0, { label, churn })];
    const criteria = [
      aCriterion('revenue', unknown(900, 'Revenue is not known'), { label: 'Revenue', type: 'number' }),
      aCriterion('airtable', unknown(500, 'Not known: uses Airtable'), { label: 'Uses Airtable', type: 'flag' }),
      aCriterion('team', unknown(200, 'Not known: has a sales team'), { label: 'Has a sales team', type: 'flag' }),
    ];
    const { reasons } = explain({ model: aModel({ criteria, detractor }) }).explanation.detractor;
    assert.deepEqual(reasons, ['Revenue is not known', 'Use of Airtable is not known', 'Sales team is not known']);
  });

  it('says where churn is not estimable, and passes on what the reader noted', () => {
    const { warnings } = explain({ read: reading({}, { notes: ['two sources disagree on employees'] }) }).explanation;
    assert.deepEqual(warnings, [
      'two sources disagree on employees',
      'churn after use is not estimable yet: the multiplier is 1',
    ]);
  });
});
