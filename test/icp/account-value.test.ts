import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { factsOf } from '../../src/icp/account-facts.ts';
import { revenueWithin, yearlyRevenue } from '../../src/icp/account-value.ts';
import type { Customer, Opportunity } from '../../src/icp/history.ts';
import { aHistory } from '../support/a-model.ts';

const day = 86_400_000;
const asOf = Date.UTC(2026, 0, 1);

function aDeal(id: string, parts: Partial<Opportunity>): Opportunity {
  return {
    ...{
      id,
      createdAt: asOf - 2_000 * day,
      closedAt: null,
      outcome: 'won',
      amount: null,
      type: 'new',
      closeDate: null,
    },
    ...{ budgetConfirmed: null, nextStep: null, lossReason: null, source: null, stakeholders: null, more: {} },
    ...parts,
  };
}

function aContract(days: number, parts: Partial<Customer> = {}): Customer {
  const none = { endedAt: null, churnReason: null, renewalOn: null, csOwnerEmail: null };
  return { startedAt: asOf - days * day, arr: 36_500, ...none, ...parts };
}

function facts(customers: Customer[], opportunities: Opportunity[] = []) {
  const found = factsOf(aHistory('a', { customers, opportunities }), { asOf, timeKind: 'dates' });
  assert.ok(found !== null);
  return found;
}

describe('what an account pays', () => {
  it('is the contract by its days, and a won expansion with it', () => {
    const expansion = aDeal('d1', { type: 'expansion', amount: 3_650, closedAt: asOf - 100 * day });
    const account = facts([aContract(730)], [expansion]);
    assert.equal(yearlyRevenue(account, asOf), 36_500 + 1_000);
    assert.equal(revenueWithin(account, Number.NEGATIVE_INFINITY, asOf), 73_000 + 1_000);
  });

  it('leaves out renewals, which go on with the contract, and what was lost', () => {
    const renewal = aDeal('d1', { type: 'renewal', amount: 36_500, closedAt: asOf - 100 * day });
    const lost = aDeal('d2', { type: 'expansion', amount: 9_000, outcome: 'lost', closedAt: asOf - 50 * day });
    assert.equal(yearlyRevenue(facts([aContract(730)], [renewal, lost]), asOf), 36_500);
  });

  it('is made up to a year for who bought within it, and not for who left', () => {
    assert.equal(yearlyRevenue(facts([aContract(73)]), asOf), 36_500);
    const left = aContract(500, { endedAt: asOf - 265 * day });
    assert.equal(yearlyRevenue(facts([left]), asOf), 10_000);
    assert.equal(yearlyRevenue(facts([aContract(900, { endedAt: asOf - 500 * day })]), asOf), 0);
  });

  it('is a year of each won deal where the source has no contracts', () => {
    const deals = [
      aDeal('d1', { amount: 7_300, closedAt: asOf - 465 * day }),
      aDeal('d2', { amount: 7_300, closedAt: asOf - 100 * day }),
    ];
    const account = facts([], deals);
    assert.equal(revenueWithin(account, Number.NEGATIVE_INFINITY, asOf), 7_300 + 2_000);
    assert.equal(yearlyRevenue(account, asOf), 7_300 * (265 / 365) + 2_000);
  });

  it('is nothing for who never bought, and unknown where no price is known', () => {
    const open = aDeal('d1', { outcome: 'open', amount: 5_000 });
    assert.equal(yearlyRevenue(facts([], [open]), asOf), 0);
    assert.equal(yearlyRevenue(facts([aContract(400, { arr: null })]), asOf), null);
  });
});
