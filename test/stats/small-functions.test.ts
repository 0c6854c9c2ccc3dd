import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { populationStability } from '../../src/stats/drift/population-stability.ts';
import { bootstrapMean } from '../../src/stats/intervals/bootstrap-mean.ts';
import { wilsonInterval } from '../../src/stats/intervals/wilson-interval.ts';
import { quantileCuts } from '../../src/stats/models/quantile-cuts.ts';
import { createRandom } from '../../src/stats/random.ts';
import { roundToSum } from '../../src/stats/round-to-sum.ts';
import { isNear, reference } from './reference.ts';

describe('the Wilson interval', () => {
  it('is that of statsmodels', () => {
    for (const { successes, trials, interval } of reference.wilson) {
      const { low, high } = wilsonInterval(successes, trials);
      assert.ok(isNear(low, interval[0], 1e-9) && isNear(high, interval[1], 1e-9), `${successes} of ${trials}`);
    }
  });

  it('refuses a rate of nobody', () => {
    assert.throws(() => wilsonInterval(0, 0), /at least 1 trial, got 0/);
  });
});

describe('the seeded generator', () => {
  it('draws what sfc32 draws in another language', () => {
    const random = createRandom(reference.sfc32.seed);
    assert.deepEqual(
      reference.sfc32.drawn.map(() => random.next()),
      reference.sfc32.drawn,
    );
  });

  it('is normal with mean 0 and deviation 1, as far as twenty thousand draws can tell', () => {
    const random = createRandom(3);
    const drawn = Array.from({ length: 20_000 }, () => random.normal());
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const square = drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length;
    assert.ok(isNear(mean, 0, 0.03) && isNear(square, 1, 0.05));
  });
});

describe('the bootstrap of a mean', () => {
  it('comes near the textbook interval on many rows', () => {
    const random = createRandom(11);
    const values = Array.from({ length: 2000 }, () => random.normal());
    const { v, low, high } = bootstrapMean(values, createRandom(5));
    const half = 1.96 / Math.sqrt(2000);
    assert.ok(isNear(low, v - half, 0.006) && isNear(high, v + half, 0.006));
  });

  it('is the same for the same seed', () => {
    assert.deepEqual(bootstrapMean([1, 2, 5], createRandom(4), 50), bootstrapMean([1, 2, 5], createRandom(4), 50));
  });
});

describe('quantile cuts', () => {
  it('puts about as many values in each group, and equal values together', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 100_000 }), { minLength: 1, maxLength: 80 }), (values) => {
        const cuts = quantileCuts(values, 5);
        const sorted = cuts.toSorted((a, b) => a - b);
        assert.deepEqual(cuts, [...new Set(sorted)]);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        for (const cut of cuts) assert.ok(cut > low && cut <= high);
      }),
    );
  });

  it('cuts at round numbers', () => {
    assert.deepEqual(quantileCuts([12, 47, 53, 180, 214, 990], 3), [50, 200]);
  });

  it('has nothing to cut when all are alike or nobody is there', () => {
    assert.deepEqual(quantileCuts([4, 4, 4], 3), []);
    assert.deepEqual(quantileCuts([], 3), []);
  });
});

describe('the population stability index', () => {
  it('is that of numpy', () => {
    const { before, after, index } = reference.populationStability;
    assert.ok(isNear(populationStability(before, after), index, 1e-12));
  });
});

describe('rounding to a sum', () => {
  it('adds up exactly and is never a whole unit off', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 }), (parts) => {
        const total = parts.reduce((sum, part) => sum + part, 0);
        fc.pre(total > 1e-6);
        const units = roundToSum(parts, 100);
        assert.equal(
          units.reduce((sum, value) => sum + value, 0),
          100,
        );
        for (const [at, part] of parts.entries()) assert.ok(Math.abs(units[at]! - (100 * part) / total) < 1 + 1e-6);
      }),
    );
  });
});
