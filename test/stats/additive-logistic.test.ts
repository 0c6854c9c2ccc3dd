import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitAdditiveLogistic, predictLogOdds } from '../../src/stats/models/additive-logistic.ts';
import { binnedRows } from '../../src/stats/models/binned-rows.ts';
import { sigmoid } from '../../src/stats/models/logistic.ts';
import { isNear, reference } from './reference.ts';

const known = reference.additive;
const columns = [known.first, known.second];
const rows = binnedRows(columns, [5, 3], [5, 0]);
const outcome = Uint8Array.from(known.won);

describe('additive logistic regression on bins', () => {
  it('gives the ridge regression of scikit-learn on one-hot columns', () => {
    const fit = fitAdditiveLogistic(rows, outcome, { ridge: known.ridge, smooth: 0 });
    assert.ok(fit.converged);
    assert.ok(isNear(fit.intercept, known.plain.intercept, 1e-4));
    for (const [k, effect] of known.plain.effects.entries()) assert.ok(isNear(fit.effects[k]!, effect, 1e-4));
  });

  it('gives the optimum that scipy finds, with offset, weights, centre and smoothing', () => {
    const fit = fitAdditiveLogistic(rows, outcome, {
      ridge: known.ridge,
      smooth: known.smooth,
      offset: Float64Array.from(known.offset),
      weights: Float64Array.from(known.weight),
      centre: Float64Array.from(known.centre),
    });
    assert.ok(isNear(fit.intercept, known.smoothed.intercept, 1e-4));
    for (const [k, effect] of known.smoothed.effects.entries()) assert.ok(isNear(fit.effects[k]!, effect, 1e-4));
  });

  it('forecasts as many events as there were', () => {
    const fit = fitAdditiveLogistic(rows, outcome, { ridge: 30, smooth: 10 });
    const forecast = predictLogOdds(rows, fit).reduce((sum, logOdds) => sum + sigmoid(logOdds), 0);
    const events = known.won.reduce((sum, value) => sum + value, 0);
    assert.ok(isNear(forecast, events, 0.05));
  });

  it('lets nothing through under an endless ridge, and gives an empty bin the centre', () => {
    const still = fitAdditiveLogistic(rows, outcome, { ridge: 1e9, smooth: 0 });
    assert.ok(still.effects.every((effect) => Math.abs(effect) < 1e-5));
    const widened = binnedRows(columns, [6, 3], [0, 0]);
    const centre = Float64Array.from([0, 0, 0, 0, 0, 0.7, 0, 0, 0]);
    const fit = fitAdditiveLogistic(widened, outcome, { ridge: 2, smooth: 0, centre });
    assert.ok(isNear(fit.effects[5]!, 0.7, 1e-3));
  });

  it('ends when all rows ended alike', () => {
    const fit = fitAdditiveLogistic(rows, new Uint8Array(rows.rows).fill(1), { ridge: 1, smooth: 1 });
    assert.ok(Number.isFinite(fit.intercept));
    assert.ok(fit.effects.every(Number.isFinite));
  });
});
