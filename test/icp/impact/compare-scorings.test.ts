import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayMs } from '../../../src/icp/features/calendar.ts';
import { modelOfHypothesis, parseHypothesis } from '../../../src/icp/hypothesis.ts';
import { compareScorings } from '../../../src/icp/impact/compare-scorings.ts';
import { forecastLater } from '../../../src/icp/impact/later-forecasts.ts';
import { type ScoredTwice, setSideBySide } from '../../../src/icp/impact/side-by-side.ts';
import type { IcpModel } from '../../../src/icp/model.ts';
import { planted } from '../fit-support.ts';
import { aBook } from './a-book.ts';

const book = aBook({ accepted: planted });
const { asOf, counts } = book.training;
const forecasts = forecastLater(book);

function byHand(industry: string, daysAgo = 0): IcpModel {
  const rule = { label: industry, layer: 'firmographic', when: { is: [industry] }, points: 80 };
  const rules = [
    { key: 'industry', ...rule },
    { key: 'opened_mail', ...rule, label: 'Opened a mail', when: { is: ['present'] }, points: 5 },
  ];
  const facts = { book: 'test', asOf: asOf - daysAgo * dayMs, counts, historyDays: 1460, seed: 1 };
  return modelOfHypothesis(parseHypothesis({ name: 'x', rules }), facts);
}

const compared = (old: IcpModel) => compareScorings(book, old, forecasts) ?? assert.fail('nothing was compared');

describe('the old scoring beside the new', () => {
  it('has no promise by points, and one by the learnt score that lies where it happened', () => {
    const { bands, stage, sawTest, unread } = compared(byHand('logistics'));
    assert.deepEqual([stage, sawTest, unread], ['won', false, ['Opened a mail']]);
    assert.ok(bands.every(({ said }) => said?.old === null));
    const checked = bands.flatMap(({ learned, said }) =>
      learned === null || said?.learned == null || learned.n < 30 ? [] : [{ ...learned, said: said.learned }],
    );
    // The truth is a logistic one, so that nearly every promise of the table holds.
    const held = checked.filter(({ low, high, said }) => said >= low && said <= high).length;
    assert.ok(checked.length >= 4 && held >= checked.length - 1, JSON.stringify(checked));
  });

  it('judges an earlier version only on accounts that are newer than what it learnt from', () => {
    const version: IcpModel = { ...byHand('retail', 500), kind: 'learned' };
    const { stage, sawTest, from, difference } = compared(version);
    assert.deepEqual([stage, sawTest], ['won', false]);
    assert.ok((from ?? 0) > version.asOf);
    assert.ok(difference.low > 0);
  });

  it('takes acceptance for a version too young for winning, and says so of one that has seen everything', () => {
    const young = compared({ ...byHand('retail', 150), kind: 'learned' });
    assert.deepEqual([young.stage, young.sawTest], ['accepted', false]);
    const latest = compared({ ...byHand('retail'), kind: 'learned' });
    assert.deepEqual([latest.stage, latest.sawTest], ['won', true]);
  });

  it('counts every later account once in the bands of each', () => {
    const { bands, n, events } = compared(byHand('retail'));
    for (const side of ['old', 'learned'] as const) {
      const rates = bands.flatMap((band) => band[side] ?? []);
      assert.equal(
        rates.reduce((sum, rate) => sum + rate.n, 0),
        n,
      );
      assert.equal(Math.round(rates.reduce((sum, rate) => sum + rate.n * rate.v, 0)), events);
    }
  });
});

describe('accounts scored twice', () => {
  const account = (id: string, old: number, now: number, oldTier: 1 | 2 | 3, tier: 1 | 2 | 3): ScoredTwice => ({
    ...{ id, name: id, old, now, oldTier, tier },
  });

  it('are counted by the tier that they leave and come to, and named by how far their score moves', () => {
    const { accounts, moves, up, down } = setSideBySide([
      account('a', 20, 80, 3, 1),
      account('b', 50, 55, 2, 2),
      account('c', 80, 45, 1, 2),
      account('d', 60, 60, 2, 2),
      account('e', 30, 90, 3, 1),
    ]);
    assert.equal(accounts, 5);
    assert.deepEqual(moves, [
      { from: 1, to: 2, accounts: 1 },
      { from: 3, to: 1, accounts: 2 },
    ]);
    assert.deepEqual(
      [up, down].map((list) => list.map(({ id }) => id)),
      [['a', 'e', 'b'], ['c']],
    );
  });

  it('are ten of each at most, and none of an empty book or of two scorings alike', () => {
    const many = Array.from({ length: 30 }, (_, nth) => account(`x${nth}`, 10, 11 + nth, 3, 3));
    assert.equal(setSideBySide(many).up.length, 10);
    assert.equal(setSideBySide(many).up[0]?.id, 'x29');
    assert.deepEqual(setSideBySide([]), { accounts: 0, moves: [], up: [], down: [] });
    const same = setSideBySide([account('a', 40, 40, 2, 2)]);
    assert.deepEqual([same.moves, same.up, same.down], [[], [], []]);
  });
});
