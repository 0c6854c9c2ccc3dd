import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { benjaminiHochberg } from '../../src/stats/tests/benjamini-hochberg.ts';
import { holm } from '../../src/stats/tests/holm.ts';
import { normalBelow, normalQuantile, twoSidedP } from '../../src/stats/tests/normal-distribution.ts';
import { agree, causalFigures } from './causal-reference.ts';

const { tests, normal } = causalFigures;
const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });

describe('the Benjamini-Hochberg q-values', () => {
  it('are those of statsmodels', () => {
    assert.ok(agree(benjaminiHochberg(tests.p), tests.bh, 1e-12));
  });

  it('are never below the p-values nor above those of Holm', () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const strict = holm(p);
        return benjaminiHochberg(p).every((q, at) => q >= p[at]! - 1e-12 && q <= strict[at]! + 1e-12);
      }),
    );
  });

  it('are none of none, and refuse what is no probability', () => {
    assert.deepEqual(benjaminiHochberg([]), []);
    assert.throws(() => benjaminiHochberg([0.5, Number.NaN]), /between 0 and 1, got NaN at 1/);
  });
});

describe("Holm's p-values", () => {
  it('are those of statsmodels', () => {
    assert.ok(agree(holm(tests.p), tests.holm, 1e-12));
  });

  it('do not depend on the order that the tests come in', () => {
    fc.assert(fc.property(pValues, (p) => agree(holm(p.toReversed()), holm(p).toReversed(), 1e-12)));
  });

  it('refuse what is no probability', () => {
    assert.throws(() => holm([1.2]), /between 0 and 1, got 1.2 at 0/);
  });
});

describe('the normal distribution', () => {
  it('is that of scipy, far out in the tails too', () => {
    normal.z.forEach((z, at) => {
      assert.ok(Math.abs(normalBelow(z) / normal.below[at]! - 1) < 1e-9, `below ${z}`);
      assert.ok(Math.abs(twoSidedP(z) - normal.two_sided[at]!) <= 1e-9 * normal.two_sided[at]!, `beyond ${z}`);
    });
    assert.ok(agree(normal.shares.map(normalQuantile), normal.quantile, 1e-9));
  });

  it('has no quantile at 0 or 1', () => {
    assert.throws(() => normalQuantile(1), /between 0 and 1, got 1/);
  });
});
