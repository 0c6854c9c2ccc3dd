import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { brierScore } from '../../src/stats/models/brier.ts';
import { permutationImportance } from '../../src/stats/models/permutation-importance.ts';
import { createRandom } from '../../src/stats/random.ts';
import { aucDifference } from '../../src/stats/tests/auc-difference.ts';
import { betaBelow, countTail } from '../../src/stats/tests/count-tail.ts';
import { expectedEvents } from '../../src/stats/tests/expected-events.ts';
import { mannWhitney } from '../../src/stats/tests/mann-whitney.ts';
import { scoreTest } from '../../src/stats/tests/score-test.ts';
import { spiegelhalter } from '../../src/stats/tests/spiegelhalter.ts';
import { twoRates } from '../../src/stats/tests/two-rates.ts';
import { isNear } from './reference.ts';

/** Figures from scipy, statsmodels and scikit-learn; `test/reference/judging.py` writes them. */
const figures: {
  mannWhitney: { first: number[]; second: number[]; chance: number; p: number }[];
  twoRates: { counts: [number, number, number, number]; low: number; high: number; p: number }[];
  forecast: {
    outcome: number[];
    probability: number[];
    spiegelhalter: number;
    spiegelhalterP: number;
    brier: number;
    happened: number;
    expected: number;
    exactP: number;
  };
  paired: { second: number[]; v: number; p: number };
  scoreTest: { part: number[]; fitted: number[]; p: number };
  beta: { at: [number, number, number]; below: number }[];
  countTail: { count: number; total: number; periods: number; high: number; low: number }[];
  permutation: { outcome: number[]; part: number[]; other: number[]; rise: number };
} = JSON.parse(readFileSync(resolve(import.meta.dirname, '../reference/judging.json'), 'utf8'));

describe('the Mann-Whitney test', () => {
  it('is that of scipy, with ties and without', () => {
    for (const { first, second, chance, p } of figures.mannWhitney) {
      const found = mannWhitney(first, second);
      assert.ok(isNear(found.chance, chance, 1e-12) && isNear(found.p, p, 1e-9), `${found.chance} ${found.p} ${p}`);
    }
  });

  it('finds nothing where all are alike, and refuses an empty group', () => {
    assert.deepEqual(mannWhitney([2, 2], [2, 2, 2]), { chance: 0.5, p: 1 });
    assert.throws(() => mannWhitney([], [1]), /needs numbers in both, got 0 and 1/);
  });
});

describe('the difference of two rates', () => {
  it('has the interval and p-value of statsmodels', () => {
    for (const { counts, low, high, p } of figures.twoRates) {
      const found = twoRates(...counts);
      assert.ok(
        isNear(found.low, low, 1e-9) && isNear(found.high, high, 1e-9),
        `${counts}: ${found.low} ${found.high}`,
      );
      assert.ok(isNear(found.p, p, 1e-9), `${counts}: ${found.p} ${p}`);
    }
  });

  it('is nothing where nobody won, and refuses a rate of nobody', () => {
    assert.equal(twoRates(0, 5, 0, 9).p, 1);
    assert.throws(() => twoRates(0, 0, 1, 2), /got 0 and 2/);
  });
});

describe('judging probabilities', () => {
  const { outcome, probability, ...expected } = figures.forecast;

  it('gives the Brier score of scikit-learn', () => {
    assert.ok(isNear(brierScore(outcome, probability), expected.brier, 1e-12));
  });

  it('gives the z of Spiegelhalter as numpy works it out', () => {
    const { z, p } = spiegelhalter(outcome, probability);
    assert.ok(isNear(z, expected.spiegelhalter, 1e-9) && isNear(p, expected.spiegelhalterP, 1e-9));
    assert.throws(() => spiegelhalter([1, 0], [0.5, 0.5]), /neither 0, 0.5 nor 1/);
  });

  it('is near the exact chance of a sum of unequal coins', () => {
    const found = expectedEvents(outcome, probability);
    assert.equal(found.happened, expected.happened);
    assert.ok(isNear(found.expected, expected.expected, 1e-9));
    assert.ok(isNear(found.p, expected.exactP, 0.02), `${found.p} ${expected.exactP}`);
    assert.throws(() => expectedEvents([], []), /needs a row/);
  });
});

describe('permutation importance', () => {
  const { outcome, part, other, rise } = figures.permutation;

  it('approaches the rise over every pairing of rows', () => {
    const logOdds = part.map((value, row) => value + other[row]!);
    const found = permutationImportance(outcome, logOdds, part, createRandom(1), 2000);
    assert.ok(isNear(found.v, rise, 0.01), `${found.v} ${rise}`);
  });

  it('is nothing for a part that is the same everywhere', () => {
    const found = permutationImportance(
      outcome,
      other,
      outcome.map(() => 0.3),
      createRandom(1),
    );
    assert.ok(isNear(found.v, 0, 1e-12));
  });
});

describe('the difference of two areas under the curve', () => {
  it('is that of DeLong, counted pair by pair in numpy', () => {
    const { outcome, probability } = figures.forecast;
    const { v, p } = aucDifference(outcome, probability, figures.paired.second);
    assert.ok(isNear(v, figures.paired.v, 1e-12) && isNear(p, figures.paired.p, 1e-9), `${v} ${p}`);
  });

  it('refuses rows that all ended alike', () => {
    assert.throws(() => aucDifference([1, 1], [1, 2], [2, 1]), /two of either outcome, got 2 and 0/);
  });
});

describe('the score test', () => {
  it('is that of statsmodels', () => {
    const { part, fitted, p } = figures.scoreTest;
    const found = scoreTest(figures.forecast.outcome, fitted, part);
    assert.ok(isNear(found.p, p, 1e-6), `${found.p} ${p}`);
  });

  it('tells nothing where the part is the same everywhere', () => {
    assert.deepEqual(scoreTest([1, 0, 1], [0.4, 0.5, 0.6], [2, 2, 2]), { z: 0, p: 1 });
  });
});

describe('the tails of a count', () => {
  it('rest on the incomplete beta function of scipy', () => {
    for (const { at, below } of figures.beta) {
      assert.ok(isNear(betaBelow(...at), below, 1e-10), `${at}: ${betaBelow(...at)} ${below}`);
    }
    assert.deepEqual([betaBelow(0, 1, 1), betaBelow(1, 1, 1)], [0, 1]);
  });

  it('are those of the negative binomial of scipy', () => {
    for (const { count, total, periods, ...expected } of figures.countTail) {
      const found = countTail(count, { total, periods });
      assert.ok(isNear(found.high, expected.high, 1e-9), `${count}: ${found.high} ${expected.high}`);
      assert.ok(isNear(found.low, expected.low, 1e-9), `${count}: ${found.low} ${expected.low}`);
    }
  });
});
