import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { AnalysisSet } from '../../src/icp/analysis-set.ts';
import { calibrateStageValues } from '../../src/icp/calibrate-values.ts';
import { revenueByBasis } from '../../src/icp/revenue-by-basis.ts';
import type { Stage } from '../../src/icp/types.ts';
import { type ValueRows, valueRows } from '../../src/icp/value-rows.ts';
import { createRandom } from '../../src/stats/random.ts';
import { aModel } from '../support/a-model.ts';
import { analysisSetOf } from '../support/analysis-set.ts';

const someSet: AnalysisSet = {
  training: {
    ...{ book: 'main', asOf: 0, timeKind: 'dates', historyDays: 400, suspects: [] },
    fit: {
      ...{ table: { features: [], accountIds: [], columns: [] }, touchedAt: [], churned: [] },
      reached: { accepted: [], qualified: [], won: [], expanded: [] },
    },
    timing: { table: { features: [], accountIds: [], columns: [] }, fitRow: [], landmarkAt: [], won: [] },
    reference: { features: [], accountIds: [], columns: [] },
    counts: { accounts: 0, touched: 0, won: 0, lost: 0, churnedAfterUse: 0, expanded: 0 },
  },
  accounts: [],
  model: aModel(),
  seed: 1,
};

/** Accounts that pay as the shares say, with a detractor that takes away what `k` says. */
function rowsOf(shares: Readonly<Record<Stage, number>>, k: number, n = 3_000): ValueRows {
  const random = createRandom(5);
  const draw = () => Float64Array.from({ length: n }, () => 50 + 15 * random.normal());
  const points = { accepted: draw(), qualified: draw(), won: draw(), expanded: draw() };
  const match = Float64Array.from({ length: n }, () => (random.next() < 0.2 ? random.next() : 0));
  const yearly = Array.from({ length: n }, (_, row) => {
    const sum = Object.entries(points).reduce((all, [stage, of]) => {
      return (
        all +
        (stage === 'accepted' || stage === 'qualified' || stage === 'won' || stage === 'expanded'
          ? shares[stage] * of[row]!
          : 0)
      );
    }, 0);
    return Math.exp(9 + 0.03 * sum * (1 - k * match[row]!) + 0.1 * random.normal());
  });
  const none = yearly.map(() => false);
  return {
    ...{ n, accountIds: yearly.map((_, row) => `a${row}`), points, match, hasDetractor: true, yearly, paid: yearly },
    estimable: { accepted: true, qualified: true, won: true, expanded: true },
    reached: yearly.map(() => 'won' as const),
    ...{ isCustomer: none, everChurned: none },
  };
}

describe('the values of stages', () => {
  const found = calibrateStageValues(someSet, rowsOf({ accepted: 0.1, qualified: 0.2, won: 0.3, expanded: 0.4 }, 0.5));

  it('move towards what made accounts pay, in proportion to how sure it is', () => {
    const [accepted, , , expanded] = found.stages;
    for (const [stage, share] of [
      [accepted, 0.1],
      [expanded, 0.4],
    ] as const) {
      assert.ok(stage !== undefined && Math.abs((stage.own ?? 0) - 218 * share) < 12, JSON.stringify(stage));
      assert.ok(stage.low <= stage.value && stage.value <= stage.high && stage.borrowed < 0.5);
    }
    assert.ok(found.k !== null && Math.abs((found.k.own ?? 0) - 0.5) < 0.1, JSON.stringify(found.k));
  });

  it('sum to what the usual ones sum to, in whole points', () => {
    assert.equal(
      found.stages.reduce((sum, { value }) => sum + value, 0),
      218,
    );
    assert.ok(found.stages.every(({ value }) => Number.isInteger(value)));
  });

  it('keep their order where it is as expected', () => {
    assert.deepEqual(
      found.order.map(({ violated }) => violated),
      [false, false, false],
    );
  });

  it('say it where the order is turned round, and do not put it right', () => {
    const turned = calibrateStageValues(someSet, rowsOf({ accepted: 0.1, qualified: 0.1, won: 0.7, expanded: 0.1 }, 0));
    const { share, violated } = turned.order.at(-1)!;
    assert.ok(violated && share >= 0.9, `${share}`);
    assert.ok(turned.stages[2]!.value > turned.stages[3]!.value);
  });

  it('stand as they were where too few pay, and where points are by hand', () => {
    const few = rowsOf({ accepted: 0.1, qualified: 0.2, won: 0.3, expanded: 0.4 }, 0.5);
    for (const [set, rows] of [
      [someSet, { ...few, yearly: few.yearly.map((paid, row) => (row < 40 ? paid : 0)) }],
      [{ ...someSet, model: aModel({ kind: 'points' }) }, few],
    ] as const) {
      const usual = calibrateStageValues(set, rows);
      assert.equal(usual.kind, 'cannot tell');
      assert.deepEqual(
        usual.stages.map(({ value, borrowed, own }) => [value, borrowed, own]),
        [22, 38, 58, 100].map((value) => [value, 1, null]),
      );
      assert.match(usual.sentence, /^the usual values stand/);
    }
  });

  it('are the same bytes for the same accounts', () => {
    const again = calibrateStageValues(
      someSet,
      rowsOf({ accepted: 0.1, qualified: 0.2, won: 0.3, expanded: 0.4 }, 0.5),
    );
    assert.equal(JSON.stringify(again), JSON.stringify(found));
  });
});

describe('revenue by what the ICP is built from', () => {
  const rows = rowsOf({ accepted: 0, qualified: 0, won: 0.2, expanded: 0.8 }, 0);

  it('is higher where expanding made accounts pay and the ICP weighs it', () => {
    const { kind, ratio, expansion, conversion, both } = revenueByBasis(someSet, rows);
    assert.equal(kind, 'compared');
    assert.ok(ratio !== null && ratio.low > 1 && ratio.low < ratio.v && ratio.v < ratio.high, JSON.stringify(ratio));
    assert.ok(Math.abs(ratio.v - expansion.revenuePerAccount / conversion.revenuePerAccount) < 0.01);
    assert.ok(both < expansion.accounts && expansion.accounts === conversion.accounts);
  });

  it('is one, within its interval, where neither forecast has to do with revenue', () => {
    const random = createRandom(6);
    const paid = rows.paid.map(() => (random.next() < 0.1 ? 10_000 * random.next() : 0));
    const { ratio } = revenueByBasis(someSet, { ...rows, paid });
    assert.ok(ratio !== null && ratio.low < 1 && ratio.high > 1, JSON.stringify(ratio));
  });

  it('cannot be told where no price is known', () => {
    const { kind, ratio, sentence } = revenueByBasis(someSet, { ...rows, paid: rows.paid.map(() => null) });
    assert.deepEqual([kind, ratio], ['cannot tell', null]);
    assert.match(sentence, /there are 0: contract prices/);
  });
});

describe('the rows of a planted market', () => {
  let set: AnalysisSet;
  before(() => {
    set = analysisSetOf({ size: 'box', seed: 1, usage: false });
  });

  it('are the touched accounts that are old enough, forecast by tables that had not seen them', () => {
    const rows = valueRows(set);
    const told = set.training.fit.reached.won.filter((won) => won !== null).length;
    assert.equal(rows.n, told);
    assert.ok(rows.points.won.every(Number.isFinite));
    const mean = (won: boolean) => {
      const of = rows.points.won.filter((_, row) => (rows.yearly[row] ?? 0) > 0 === won);
      return of.reduce((sum, value) => sum + value, 0) / of.length;
    };
    assert.ok(mean(true) > mean(false) + 3, `${mean(true)} and ${mean(false)}`);
  });

  it('give findings that are plain data', () => {
    const rows = valueRows(set);
    for (const found of [calibrateStageValues(set, rows), revenueByBasis(set, rows)])
      assert.deepEqual(JSON.parse(JSON.stringify(found)), found);
  });
});
