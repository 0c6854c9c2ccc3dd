import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitIcpModel } from '../../src/icp/fit-model.ts';
import { judge, missingData, usualMinimums } from '../../src/icp/fit-verdict.ts';
import type { OutOfTime } from '../../src/icp/model.ts';
import type { TrainingSet } from '../../src/icp/training-set.ts';
import { aSet } from './fit-support.ts';

const set = aSet({ rows: 600 });

function counting(won: number, lost: number, more: Partial<TrainingSet> = {}): TrainingSet {
  return { ...set, counts: { ...set.counts, won, lost }, ...more };
}

function reached(low: number): OutOfTime {
  const rate = { v: low + 0.01, low, high: low + 0.02, n: 300 };
  return {
    from: null,
    n: 300,
    events: 100,
    logLoss: 0.5,
    baseLogLoss: 0.51 + low,
    gain: rate,
    auc: { v: 0.7, low: 0.65, high: 0.75, n: 300 },
    topDecileLift: 2,
    calibrationSlope: 1,
    expectedCalibrationError: 0.02,
  };
}

describe('whether a model may be learnt', () => {
  it('asks for 50 won and 50 lost deals, and says how many are missing', () => {
    assert.match(missingData(counting(90, 0), usualMinimums) ?? '', /^nobody was lost: all 90 accounts were won/);
    assert.equal(missingData(counting(49, 90), usualMinimums), '1 more won deal until a model may be learnt');
    assert.equal(missingData(counting(27, 90), usualMinimums), '23 more won deals until a model may be learnt');
    assert.equal(
      missingData(counting(49, 40), usualMinimums),
      '1 more won deal and 10 more lost deals until a model may be learnt',
    );
    assert.equal(missingData(counting(50, 50), usualMinimums), null);
  });

  it('learns nothing with 49 wins, whatever they look like', () => {
    const { model, verdict } = fitIcpModel(counting(49, 551), { seed: 1 });
    assert.equal(model, null);
    assert.equal(verdict.kind, 'not enough data');
    assert.match(verdict.warnings.join(), /outside 1:10 to 10:1/);
  });

  it('waits when deals are many but too young to tell', () => {
    const young = set.fit.reached.won.map((value, row) => (row < 30 ? value : null));
    const sentence = missingData(
      { ...set, fit: { ...set.fit, reached: { ...set.fit.reached, won: young } } },
      usualMinimums,
    );
    assert.match(sentence ?? '', /old enough to tell/);
  });

  it('is provisional with 50 to 99 and full from 100 deals', () => {
    assert.equal(judge(counting(99, 300), reached(0.01), usualMinimums).kind, 'provisional');
    assert.match(judge(counting(99, 300), reached(0.01), usualMinimums).sentence, /1 more won deal/);
    assert.equal(judge(counting(300, 99), reached(0.01), usualMinimums).kind, 'provisional');
    assert.equal(judge(counting(100, 100), reached(0.01), usualMinimums).kind, 'full');
  });

  it('is provisional with less than 180 days of history, or with an order only', () => {
    const brief = counting(400, 400, { historyDays: 179 });
    assert.match(judge(brief, reached(0.01), usualMinimums).sentence, /1 more day of history/);
    assert.equal(judge(counting(400, 400, { historyDays: 180 }), reached(0.01), usualMinimums).kind, 'full');
    const order = counting(400, 400, { historyDays: null, timeKind: 'order' });
    assert.equal(judge(order, reached(0.01), usualMinimums).kind, 'provisional');
  });

  it('is refused when the gain out of time is not clear of zero', () => {
    assert.equal(judge(counting(400, 400), reached(0), usualMinimums).kind, 'nothing predicts');
    assert.equal(judge(counting(400, 400), null, usualMinimums).kind, 'nothing predicts');
  });

  it('is refused when the gain is sure but of no use', () => {
    const tiny = reached(0.0001);
    const sure = { ...tiny, gain: { ...tiny.gain, v: 0.0002 } };
    assert.equal(judge(counting(400, 400), sure, usualMinimums).kind, 'nothing predicts');
  });

  it('warns of a lopsided book only past ten to one', () => {
    assert.deepEqual(judge(counting(100, 1000), reached(0.01), usualMinimums).warnings, []);
    assert.equal(judge(counting(100, 1001), reached(0.01), usualMinimums).warnings.length, 1);
  });
});
