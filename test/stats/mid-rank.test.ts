import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { midRank } from '../../src/stats/mid-rank.ts';

describe('midRank', () => {
  it('gives the ranks that scipy.stats.rankdata gives, whose documentation works [0, 2, 3, 2] out to [1, 2.5, 4, 2.5]', () => {
    const values = [0, 2, 3, 2];
    const sorted = values.toSorted((a, b) => a - b);
    assert.deepEqual(
      values.map((value) => midRank(sorted, value)),
      [1, 2.5, 4, 2.5],
    );
  });

  it('counts, for any numbers, those below and half of those alike', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1 }), (values) => {
        const sorted = values.toSorted((a, b) => a - b);
        for (const value of values) {
          const below = values.filter((other) => other < value).length;
          const alike = values.filter((other) => other === value).length;
          assert.equal(midRank(sorted, value), below + (alike + 1) / 2);
        }
      }),
    );
  });
});
