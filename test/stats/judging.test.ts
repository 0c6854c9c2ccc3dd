import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { brierScore } from '../../src/stats/models/brier.ts';
import { permutationImportance } from '../../src/stats/models/permutation-importance.ts';
import { createRandom } from '../../src/stats/random.ts';
import { expectedEvents } from '../../src/stats/tests/expected-events.ts';
import { mannWhitney } from '../../src/stats/tests/mann-whitney.ts';
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
