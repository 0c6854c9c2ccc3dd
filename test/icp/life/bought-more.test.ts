import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { factsOf } from '../../../src/icp/account-facts.ts';
import type { Opportunity } from '../../../src/icp/history.ts';
import { boughtMore } from '../../../src/icp/life/bought-more.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import { expandedReport } from '../../../src/questions/reports/expanded.ts';
import { aHistory } from '../../support/a-model.ts';

const day = 86_400_000;
const asOf = Date.UTC(2026, 9, 1);
const deal = (id: string, closedDaysAgo: number, over: Partial<Opportunity> = {}): Opportunity => ({
  ...{ id, createdAt: asOf - (closedDaysAgo + 20) * day, closedAt: asOf - closedDaysAgo * day, outcome: 'won' },
  ...{ amount: 1_000, type: 'new', closeDate: null, budgetConfirmed: null, nextStep: null, lossReason: null },
  ...{ source: null, stakeholders: null, more: {}, ...over },
});
const users = (daysAgo: number, value: number) => ({
  periodStart: asOf - daysAgo * day,
  metric: 'active_users',
  value,
});
const grower = aHistory('grower', {
  opportunities: [
    deal('first', 400),
    deal('seats', 200, { type: 'expansion', more: { products: 'Core' } }),
    deal('more', 30, {
      ...{ type: 'expansion', amount: 450 },
      more: { products: ['Analytics', 'API'], expansion_trigger: 'Hit the plan limit' },
    }),
    deal('lost', 10, { type: 'expansion', outcome: 'lost' }),
  ],
  customers: [
    { startedAt: asOf - 400 * day, endedAt: null, churnReason: null, arr: null, renewalOn: null, csOwnerEmail: null },
  ],
  usage: [...[210, 180, 150].map((at) => users(at, 10)), ...[120, 90, 60, 32].map((at) => users(at, 40))],
});
const buyer = aHistory('buyer', { opportunities: [deal('only', 20)] });
const found = (after: number, upTo = asOf) =>
  boughtMore(
    [grower, buyer].flatMap((history) => factsOf(history, { asOf, timeKind: 'dates' }) ?? []),
    { after, upTo },
  );

describe('customers that bought more', () => {
  it('are told with what was added, what set it off, and the signs that went before', () => {
    const [one, ...rest] = found(asOf - 92 * day);
    assert.deepEqual(rest, []);
    assert.deepEqual([one?.id, one?.amount, one?.products], ['grower', 450, 'Analytics, API']);
    assert.equal(one?.trigger, 'Hit the plan limit');
    assert.deepEqual(
      one?.signs.map(({ kind }) => kind),
      ['usage growth'],
    );
  });

  it('are those of the time that is asked for, the latest first', () => {
    assert.deepEqual(
      found(asOf - 365 * day).map(({ at }) => (asOf - at) / day),
      [30, 200],
    );
    assert.deepEqual(found(asOf - 30 * day), [], 'what is on the edge belongs to the time before');
    assert.deepEqual(found(asOf - 365 * day, asOf - 31 * day).length, 1);
  });

  it('are shown in the words of the CRM, and what it does not say is said to be so', () => {
    const { text, figures, card } = expandedReport(found(asOf - 365 * day), { days: 365, asOf });
    assert.match(fillIn(text, figures), /^In the 365 days up to .* 2 customers bought more, for 1,450 in all\.$/);
    const rows = card.sections[0]?.table?.rows.map((row) => row.map((cell) => fillIn(cell, figures)));
    assert.deepEqual(rows?.[0]?.slice(3), ['Analytics, API', 'Hit the plan limit', 'usage growth']);
    assert.deepEqual(rows?.[1]?.slice(3), ['Core', 'not said', 'none']);
    assert.match(
      fillIn(expandedReport([], { days: 92, asOf }).text, expandedReport([], { days: 92, asOf }).figures),
      /nobody bought more/,
    );
  });
});
