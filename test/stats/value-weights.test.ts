import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { nonnegativeLeastSquares } from '../../src/stats/models/nonnegative-least-squares.ts';
import { productsOf, valueWeights } from '../../src/stats/models/value-weights.ts';
import { createRandom } from '../../src/stats/random.ts';
import { isNear, reference } from './reference.ts';

const times = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, row) => sum + value * b[row]!, 0);

describe('least squares with no coefficient below zero', () => {
  it('is that of scipy', () => {
    const { columns, answer, coefficients } = reference.nonnegative;
    const found = nonnegativeLeastSquares(
      columns.map((a) => columns.map((b) => times(a, b))),
      columns.map((a) => times(a, answer)),
    );
    for (const [at, value] of found.entries()) assert.ok(isNear(value, coefficients[at]!, 1e-7), `${found}`);
  });

  it('gives nothing to a column of nothing, and to columns that go the other way', () => {
    assert.deepEqual(
      nonnegativeLeastSquares(
        [
          [0, 0],
          [0, 4],
        ],
        [0, -2],
      ),
      [0, 0],
    );
  });

  it('leaves nothing that a small move would better', () => {
    const cells = fc.array(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 12, maxLength: 12 }), {
      ...{ minLength: 4, maxLength: 4 },
    });
    fc.assert(
      fc.property(cells, ([a, b, c, answer]) => {
        const columns = [a!, b!, c!];
        const gram = columns.map((one) => columns.map((other) => times(one, other)));
        const moment = columns.map((one) => times(one, answer!));
        const found = nonnegativeLeastSquares(gram, moment);
        for (const [at, value] of found.entries()) {
          const slope = moment[at]! - times(gram[at]!, found);
          assert.ok(value >= 0 && slope <= 1e-3 && (value === 0 || slope >= -1e-3), `slope ${slope} at ${value}`);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the split of worth among its parts', () => {
  it('has the brake of a plain regression where there is one part', () => {
    const { total, match, worth, brake } = reference.brake;
    const columns = [worth, total, total.map((value, row) => value * match[row]!)];
    const found = valueWeights(productsOf(columns.map((column) => Float64Array.from(column))), 1, 0.75);
    assert.deepEqual(found.shares, [1]);
    assert.ok(isNear(found.brake ?? Number.NaN, brake, 1e-6), `${found.brake} instead of ${brake}`);
  });

  it('finds what worth was made of', () => {
    const random = createRandom(4);
    const parts = [0, 1, 2].map(() => Float64Array.from({ length: 400 }, () => 50 + 10 * random.normal()));
    const match = Float64Array.from({ length: 400 }, () => random.next());
    const worth = match.map((own, row) => 3 + 0.1 * (0.2 * parts[0]![row]! + 0.8 * parts[2]![row]!) * (1 - 0.5 * own));
    const braked = parts.map((part) => part.map((value, row) => value * match[row]!));
    const { shares, brake } = valueWeights(productsOf([worth, ...parts, ...braked]), 3, 0.75);
    for (const [at, share] of [0.2, 0, 0.8].entries()) assert.ok(isNear(shares[at]!, share, 1e-3), `${shares}`);
    assert.ok(isNear(brake ?? Number.NaN, 0.5, 1e-3), `${brake}`);
  });

  it('counts a row twice as two rows that are alike', () => {
    const column = Float64Array.of(1, 2, 4, 8);
    const other = Float64Array.of(3, 1, 1, 0);
    const twice = productsOf([Float64Array.of(1, 2, 4, 4), Float64Array.of(3, 1, 1, 1)]);
    assert.deepEqual(productsOf([column, other], [1, 1, 2, 0]), twice);
  });

  it('says nothing where the parts say nothing', () => {
    const nothing = new Float64Array(5);
    const found = valueWeights(productsOf([Float64Array.of(1, 2, 3, 4, 5), nothing, nothing]), 2, 0.75);
    assert.deepEqual(found, { shares: [0, 0], brake: null });
  });
});
