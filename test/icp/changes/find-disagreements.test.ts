import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AccountFacts } from '../../../src/icp/account-facts.ts';
import { findDisagreements } from '../../../src/icp/changes/find-disagreements.ts';
import type { Lead } from '../../../src/icp/history.ts';
import type { TrainingSet } from '../../../src/icp/training-set.ts';
import type { FeatureTable } from '../../../src/icp/types.ts';
import { aBin, aCriterion, aModel } from '../../support/a-model.ts';

const model = aModel({
  criteria: [
    aCriterion('industry', [
      aBin({ kind: 'is', values: ['SaaS'] }, 300),
      aBin({ kind: 'is', values: ['Retail'] }, -300),
    ]),
  ],
});

type Row = [industry: string, status: Lead['status'], reason: string | null, rep: string | null, won: 0 | 1 | null];

function setOf(rows: readonly Row[]): Parameters<typeof findDisagreements>[0] {
  const ids = rows.map((_, nth) => `a${nth}`);
  const none = rows.map(() => null);
  const table: FeatureTable = {
    features: [
      { key: 'industry', label: 'Industry', layer: 'firmographic', part: 'fit', type: 'category', field: 'industry' },
    ],
    accountIds: ids,
    columns: [rows.map(([industry]) => industry)],
  };
  const training: TrainingSet = {
    ...{ book: 'main', asOf: 0, timeKind: 'dates', reference: table, historyDays: 400, suspects: [] },
    fit: {
      ...{ table, touchedAt: rows.map(() => 0), churned: none },
      reached: { accepted: none, qualified: none, won: rows.map(([, , , , won]) => won), expanded: none },
    },
    timing: { table: { ...table, accountIds: [], columns: [[]] }, fitRow: [], landmarkAt: [], won: [] },
    counts: { accounts: 0, touched: 0, won: 0, lost: 0, churnedAfterUse: 0, expanded: 0 },
  };
  const accounts = rows.map(
    ([, status, rejectReason, ownerEmail], nth): AccountFacts => ({
      ...{
        id: `a${nth}`,
        name: `Name ${nth}`,
        domain: null,
        ownerEmail: 'owner@ours.example',
        touchedAt: 0,
        outcomes: [],
      },
      ...{ reachedAt: { accepted: null, qualified: null, won: null, expanded: null }, customerSince: null },
      ...{ isCustomer: false, churns: [], deals: [], customers: [], usage: [] },
      leads: [{ ...{ id: `l${nth}`, createdAt: 0, source: null, status, decidedAt: 0 }, rejectReason, ownerEmail }],
    }),
  );
  return { training, accounts, model, seed: 1 };
}

const rita = 'rita@ours.example';
const raj = 'raj@ours.example';

describe('disagreements between the table and the reps', () => {
  const found = findDisagreements(
    setOf([
      ['SaaS', 'rejected', ' Too  Small ', rita, 1],
      ['SaaS', 'rejected', 'too small', raj, 0],
      ['SaaS', 'rejected', null, rita, null],
      ['SaaS', 'accepted', null, raj, 1],
      ['SaaS', 'open', null, raj, null],
      ['Retail', 'accepted', null, rita, 0],
      ['Retail', 'rejected', 'wrong kind', rita, 0],
      ['Media', 'rejected', 'no budget', null, 0],
    ]),
  );

  it('count who of tier 1 was rejected and who of tier 3 accepted, and leave open leads out', () => {
    assert.equal(found.decided, 7);
    assert.deepEqual([found.tier1Rejected?.v, found.tier1Rejected?.n], [0.75, 4]);
    assert.deepEqual([found.tier3Accepted?.v, found.tier3Accepted?.n], [0.5, 2]);
  });

  it('group tier 1 rejections by reason, however it was typed, with how many reps gave it', () => {
    assert.deepEqual(found.reasons, [
      { reason: 'too small', n: 2, reps: 2 },
      { reason: null, n: 1, reps: 1 },
    ]);
  });

  it('say of each rep what share of tier 1 was rejected, the surest first', () => {
    assert.deepEqual(
      found.reps.map(({ rep, rejected }) => [rep, rejected.v, rejected.n]),
      [
        [rita, 1, 2],
        [raj, 0.5, 2],
      ],
    );
  });

  it('say what became of them, of those old enough to tell', () => {
    const { tier1Accepted, tier1Rejected, tier3Accepted } = found.after;
    assert.deepEqual([tier1Accepted?.v, tier1Rejected?.v, tier1Rejected?.n, tier3Accepted?.v], [1, 0.5, 2, 0]);
  });

  it('name the leads', () => {
    assert.deepEqual(
      found.rejectedLeads.map(({ accountId }) => accountId),
      ['a0', 'a1', 'a2'],
    );
    assert.deepEqual(found.acceptedLeads, [{ accountId: 'a5', name: 'Name 5', score: 20, rep: rita, reason: null }]);
  });

  it('are none where nobody decided anything', () => {
    const none = findDisagreements(setOf([['SaaS', 'open', null, null, null]]));
    assert.deepEqual([none.decided, none.rejected, none.tier1Rejected, none.reps], [0, null, null, []]);
  });
});
