import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { shapleyValues } from '../../src/stats/games/shapley-values.ts';

/** The definition, word for word: the mean over all orders of what each adds to those before it. */
function overAllOrders(count: number, worth: (set: number) => number): number[] {
  const values = new Array<number>(count).fill(0);
  let orders = 0;
  const walk = (set: number, order: readonly number[]): void => {
    if (order.length === count) {
      orders += 1;
      let sofar = 0;
      for (const one of order) {
        values[one] = (values[one] ?? 0) + worth(sofar | (1 << one)) - worth(sofar);
        sofar |= 1 << one;
      }
      return;
    }
    for (let one = 0; one < count; one += 1) if ((set & (1 << one)) === 0) walk(set | (1 << one), [...order, one]);
  };
  walk(0, []);
  return values.map((value) => value / orders);
}

describe('Shapley values', () => {
  it('are those of the airport game: each pays its share of every stretch that it needs', () => {
    // Costs 1, 2 and 5 of a runway: thirds of 1, halves of 1 more, and 3 more alone.
    const costs = [1, 2, 5];
    const worth = (set: number) => Math.max(0, ...costs.filter((_, nth) => (set & (1 << nth)) !== 0));
    const values = shapleyValues(3, worth);
    for (const [nth, expected] of [1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 3].entries())
      assert.ok(Math.abs((values[nth] ?? 0) - expected) < 1e-12);
  });

  it('are the mean over all orders, and add up to the whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 32, maxLength: 32 }),
        (count, worths) => {
          const worth = (set: number) => worths[set] ?? 0;
          const values = shapleyValues(count, worth);
          for (const [nth, expected] of overAllOrders(count, worth).entries())
            assert.ok(Math.abs((values[nth] ?? 0) - expected) < 1e-9);
          const whole = worth(2 ** count - 1) - worth(0);
          assert.ok(Math.abs(values.reduce((sum, value) => sum + value, 0) - whole) < 1e-9);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('are none for no causes, and refuse more than can be gone through', () => {
    assert.deepEqual(
      shapleyValues(0, () => 7),
      [],
    );
    assert.throws(() => shapleyValues(13, () => 0), RangeError);
  });
});
