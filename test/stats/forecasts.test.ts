import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { aucInterval } from '../../src/stats/intervals/auc-interval.ts';
import { affineCalibration } from '../../src/stats/models/affine-calibration.ts';
import { areaUnderCurve } from '../../src/stats/models/auc.ts';
import { calibrationError } from '../../src/stats/models/calibration-error.ts';
import { logLoss } from '../../src/stats/models/log-loss.ts';
import { logit } from '../../src/stats/models/logistic.ts';
import { topLift } from '../../src/stats/models/top-lift.ts';
import { isNear, reference } from './reference.ts';

const { outcome, score, ...expected } = reference.forecast;

describe('judging a forecast', () => {
  it('gives the area under the curve of scikit-learn, ties included', () => {
    assert.ok(isNear(areaUnderCurve(outcome, score), expected.auc, 1e-12));
  });

  it('gives the standard error of DeLong counted pair by pair', () => {
    assert.ok(isNear(aucInterval(outcome, score).standardError, expected.delong, 1e-12));
  });

  it('gives the log loss of scikit-learn', () => {
    assert.ok(isNear(logLoss(outcome, score), expected.logLoss, 1e-12));
  });

  it('gives the calibration error and top-decile lift of numpy', () => {
    assert.ok(isNear(calibrationError(outcome, score), expected.calibrationError, 1e-12));
    assert.ok(isNear(topLift(outcome, score), expected.topLift, 1e-12));
  });

  it('counts a row of weight two as two rows in the calibration line', () => {
    const some = [...outcome.slice(0, 40), ...outcome.slice(0, 40)];
    const logOdds = [...score.slice(0, 40), ...score.slice(0, 40)].map(logit);
    const twice = affineCalibration(some, logOdds, 0);
    const weighed = affineCalibration(outcome.slice(0, 40), logOdds.slice(0, 40), 0, new Float64Array(40).fill(2));
    assert.ok(isNear(weighed.intercept, twice.intercept, 1e-9) && isNear(weighed.slope, twice.slope, 1e-9));
  });

  it('gives the calibration line of statsmodels', () => {
    const line = affineCalibration(outcome, score.map(logit), 0);
    assert.ok(isNear(line.intercept, expected.calibration.intercept, 1e-6));
    assert.ok(isNear(line.slope, expected.calibration.slope, 1e-6));
  });

  it('moves the calibration line towards "change nothing" as caution grows', () => {
    const slopes = [0, 100, 10_000, 1e9].map((caution) => affineCalibration(outcome, score.map(logit), caution).slope);
    const away = slopes.map((slope) => Math.abs(slope - 1));
    assert.deepEqual(
      away,
      away.toSorted((a, b) => b - a),
    );
    assert.ok(away.at(-1)! < 1e-3);
  });

  it('does not change the area when scores are stretched, and mirrors it when they are turned round', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 40 }), (scores) => {
        const told = scores.map((_, row) => row % 2);
        const area = areaUnderCurve(told, scores);
        const stretched = scores.map((value) => 3 * value + 7);
        const turned = scores.map((value) => -value);
        assert.ok(isNear(areaUnderCurve(told, stretched), area, 1e-12));
        assert.ok(isNear(areaUnderCurve(told, turned), 1 - area, 1e-12));
      }),
    );
  });

  it('says what it needs when all ended alike', () => {
    assert.throws(() => areaUnderCurve([1, 1], [0.2, 0.4]), /needs a positive and a negative, got 2 and 0/);
  });

  it('gives a lift of 1 when all scores are alike', () => {
    assert.equal(topLift([1, 0, 0, 1, 0], [0.3, 0.3, 0.3, 0.3, 0.3]), 1);
  });
});
