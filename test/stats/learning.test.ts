import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { bootstrapMean } from '../../src/stats/intervals/bootstrap-mean.ts';
import { predictLogOdds } from '../../src/stats/models/additive-logistic.ts';
import { binnedRows } from '../../src/stats/models/binned-rows.ts';
import { boostSteps } from '../../src/stats/models/boosted-steps.ts';
import { logLoss, logLossEach } from '../../src/stats/models/log-loss.ts';
import { logit, sigmoid } from '../../src/stats/models/logistic.ts';
import { quantileCuts } from '../../src/stats/models/quantile-cuts.ts';
import { tailCuts } from '../../src/stats/models/tail-cuts.ts';
import { weighForecasts } from '../../src/stats/models/weigh-forecasts.ts';
import { createRandom } from '../../src/stats/random.ts';
import { agree } from './causal-reference.ts';
import { isNear } from './reference.ts';

/** Figures from numpy, scipy, statsmodels and scikit-learn; `test/reference/learning.py` writes them. */
const figures: {
  forecasts: { outcome: number[]; rows: number[]; width: number; plain: number[]; caution: number; cautious: number[] };
  boosting: {
    columns: number[][];
    won: number[];
    sizes: number[];
    ordered: number[];
    later: number[][];
    wonLater: number[];
    byHand: { count: number; intercept: number; effects: number[] }[];
    stumpLoss: number;
    bestLoss: number;
  };
  bootstrap: { values: number[]; low: number; high: number };
  quantileCuts: { values: number[]; bins: number; cuts: number[] };
  tailCuts: { values: number[]; cuts: number[] };
  logLoss: Record<'outcome' | 'probability' | 'each', number[]>;
  logistic: Record<'odds' | 'expit' | 'chances' | 'logit', number[]>;
} = JSON.parse(readFileSync(resolve(import.meta.dirname, '../reference/learning.json'), 'utf8'));

describe('the weights of forecasts that are added up', () => {
  const { outcome, rows, width, plain, caution, cautious } = figures.forecasts;
  const forecasts = Float64Array.from(rows);

  it('are the coefficients of statsmodels where there is no caution', () => {
    assert.ok(agree(weighForecasts(outcome, forecasts, width, 0), plain, 1e-6));
  });

  it('are the optimum that scipy finds where pseudo-rows hold them at 1', () => {
    assert.ok(agree(weighForecasts(outcome, forecasts, width, caution), cautious, 1e-6));
  });
});

describe('boosted steps beside other tools', () => {
  const { columns, won, sizes, ordered, later, wonLater, byHand, stumpLoss, bestLoss } = figures.boosting;
  const x = binnedRows(columns, sizes, ordered);
  const outcome = Uint8Array.from(won);
  const lossOf = (rows: typeof x, told: number[], count: number): number => {
    const [fit] = boostSteps(x, outcome, { stops: [count] });
    return logLoss(told, predictLogOdds(rows, fit!).map(sigmoid));
  };

  it('take the first step that numpy takes, as far, and stay within a tenth of numpy that measures anew at every step', () => {
    for (const { count, intercept, effects } of byHand) {
      const [fit] = boostSteps(x, outcome, { stops: [count] });
      const near = count === 1 ? 1e-4 : Math.max(...effects.map(Math.abs)) / 10;
      assert.ok(isNear(fit!.intercept, intercept, near), `${count} steps: ${fit!.intercept}, not ${intercept}`);
      for (const [bin, effect] of effects.entries()) {
        assert.ok(isNear(fit!.effects[bin]!, effect, near), `${count} steps: ${fit!.effects[bin]}, not ${effect}`);
      }
    }
  });

  it('forecast later rows no worse than the boosted stumps of scikit-learn', () => {
    const loss = lossOf(binnedRows(later, sizes, ordered), wonLater, 60);
    assert.ok(loss < stumpLoss + 0.002, `${loss}, not ${stumpLoss}`);
  });

  it('end at the likelihood of the plain logistic regression of statsmodels', () => {
    const loss = lossOf(x, won, 4000);
    assert.ok(loss >= bestLoss - 1e-9 && loss < bestLoss + 1e-3, `${loss}, not ${bestLoss}`);
  });
});

describe('small pieces beside other tools', () => {
  it('give the bootstrap interval of scipy on skewed numbers', () => {
    const { values, low, high } = figures.bootstrap;
    const found = bootstrapMean(values, createRandom(7), 20_000);
    assert.ok(isNear(found.low, low, 0.006) && isNear(found.high, high, 0.006), `${found.low} to ${found.high}`);
  });

  it('count what each forecast cost as the log of its Bernoulli probability in scipy', () => {
    const { outcome, probability, each } = figures.logLoss;
    assert.ok(agree(logLossEach(outcome, probability), each, 1e-12));
  });

  it('cut at the roundest number near the quantiles of numpy', () => {
    const { values, bins, cuts } = figures.quantileCuts;
    assert.deepEqual(quantileCuts(values, bins), cuts);
  });

  it('cut tails just above the quantiles of numpy', () => {
    assert.deepEqual(tailCuts(figures.tailCuts.values), figures.tailCuts.cuts);
  });

  it('turn log-odds into chances and back as scipy does', () => {
    const { odds, expit, chances, logit: back } = figures.logistic;
    for (const [at, value] of expit.entries()) assert.ok(isNear(sigmoid(odds[at]!) / value, 1, 1e-12));
    assert.ok(agree(chances.map(logit), back, 1e-12));
  });
});
