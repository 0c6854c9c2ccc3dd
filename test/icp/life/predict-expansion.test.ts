import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { growthSigns, suggestOffer } from '../../../src/icp/life/growth-signs.ts';
import { predictExpansion } from '../../../src/icp/life/predict-expansion.ts';
import { usageSeries } from '../../../src/icp/life/usage-series.ts';
import { aBookOfCustomers, aCustomer, aSetOf, day, monthly, today } from './a-book-of-customers.ts';

describe('predictExpansion', () => {
  const book = aBookOfCustomers({ n: 1000, seed: 2, swells: true });
  const swelling = monthly(
    'active_users',
    today - 400 * day,
    [100, 99, 103, 98, 100, 101, 99, 100, 101, 99, 110, 128, 145],
  );
  const rich = {
    growing: aCustomer({ id: 'growing', startedAt: today - 400 * day, usage: swelling }),
    gone: aCustomer({ id: 'gone', startedAt: today - 400 * day, endedAt: today - 3 * day, usage: swelling }),
  };
  const found = predictExpansion({ ...book, accounts: [...book.accounts, rich.growing, rich.gone] });

  it('ranks a customer whose use swells high, with its signs and what to offer', () => {
    assert.equal(found.method, 'learned');
    const growing = found.ranked.find(({ id }) => id === 'growing');
    assert.ok(growing !== undefined && growing.score >= 90, JSON.stringify(growing));
    assert.deepEqual(
      growing.signs.map(({ kind }) => kind),
      ['usage growth'],
    );
    assert.match(growing.action, /which teams have come on board/);
  });

  it('does not rank an account that has left, however rich its use was', () => {
    assert.ok(!found.ranked.some(({ id }) => id === 'gone'));
  });

  it('is judged on a later year, where its top beats usage growth alone and any ten', () => {
    const { judged } = found;
    assert.ok(judged !== null && judged.auc !== null);
    assert.ok(judged.auc.low > 0.55, JSON.stringify(judged.auc));
    assert.ok(judged.topTen.v > 2 * judged.anyTen.v, JSON.stringify(judged));
  });

  it('scores in whole numbers up to a hundred, in falling order, and gives the same bytes twice', () => {
    const scores = found.ranked.map(({ score }) => score);
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => b - a),
    );
    assert.ok(scores.every((score) => Number.isInteger(score) && score >= 0 && score <= 100));
    const again = predictExpansion({ ...book, accounts: [...book.accounts, rich.growing, rich.gone] });
    assert.equal(JSON.stringify(again), JSON.stringify(found));
    assert.deepEqual(JSON.parse(JSON.stringify(found)), found);
  });

  it('ranks nobody where buying more comes out of the blue, where too few did, and where there is nobody', () => {
    const blue = predictExpansion(aBookOfCustomers({ n: 500, seed: 3 }));
    assert.deepEqual([blue.method, blue.ranked], ['nothing', []]);
    assert.match(blue.why, /no better than chance/);
    assert.match(predictExpansion(aBookOfCustomers({ n: 60, seed: 1 })).why, /not estimable yet: \d+ customers/);
    assert.match(predictExpansion(aSetOf([])).why, /there is no customer/);
    const undated = { ...book, training: { ...book.training, timeKind: 'order' as const } };
    assert.match(predictExpansion(undated).why, /has no dates/);
  });
});

describe('growthSigns', () => {
  const october = Date.UTC(2026, 9, 1);
  const from = Date.UTC(2026, 3, 1);
  it('tell growth, power users, limits and NPS with their figures', () => {
    const usage = usageSeries([
      ...monthly('active_users', from, [20, 20, 20, 50, 50, 50]),
      ...monthly('power_users', from, [2, 2, 2, 5, 5, 5]),
      ...monthly('limit_share', from, [0.5, 0.5, 0.5, 0.8, 0.95, 0.97]),
      ...monthly('nps', from, [10, 20, 30, 30, 30, 45]),
    ]);
    assert.deepEqual(growthSigns(usage, october), [
      { kind: 'hitting plan limits', before: null, now: 0.96, change: null },
      { kind: 'usage growth', before: 20, now: 50, change: 1.5 },
      { kind: 'power users added', before: 2, now: 5, change: null },
      { kind: 'positive NPS', before: null, now: 45, change: null },
    ]);
    assert.match(suggestOffer(growthSigns(usage, october)), /more seats or the next plan/);
  });

  it('tell nothing where nobody recorded anything', () => {
    assert.deepEqual(growthSigns(usageSeries([]), october), []);
  });
});
