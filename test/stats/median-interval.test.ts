import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { NotEnoughDataError } from '../../src/errors.ts';
import { medianInterval } from '../../src/stats/intervals/median-interval.ts';
import { createRandom } from '../../src/stats/random.ts';

const reference: { n: number; low: number; high: number; covers: number }[] = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../reference/median.json'), 'utf8'),
);

describe('medianInterval', () => {
  it("has the ranks that scipy's binomial distribution gives", () => {
    for (const { n, low, high } of reference) {
      const ranks = medianInterval(createRandom(n).shuffle(Array.from({ length: n }, (_, at) => at + 1)));
      assert.deepEqual(ranks, { v: (n + 1) / 2, low, high, n });
    }
  });

  it('holds the true median at least as often as it promises', () => {
    const random = createRandom('coverage');
    let held = 0;
    for (let trial = 0; trial < 1000; trial++) {
      const { low, high } = medianInterval(Array.from({ length: 25 }, () => random.normal()));
      if (low <= 0 && high >= 0) held++;
    }
    assert.ok(held >= 935, `${held} of 1000`);
  });

  it('is all of the numbers where there are few, and refuses none', () => {
    assert.deepEqual(medianInterval([7]), { v: 7, low: 7, high: 7, n: 1 });
    assert.deepEqual(medianInterval([3, 1, 2]), { v: 2, low: 1, high: 3, n: 3 });
    assert.throws(() => medianInterval([]), NotEnoughDataError);
  });
});
