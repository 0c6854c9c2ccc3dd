import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { adjustedRand } from '../../src/stats/clusters/adjusted-rand.ts';
import { chooseClusters } from '../../src/stats/clusters/choose-clusters.ts';
import { kMeans } from '../../src/stats/clusters/k-means.ts';
import { silhouettes } from '../../src/stats/clusters/silhouette.ts';
import { createRandom } from '../../src/stats/random.ts';
import { conjunctionTest } from '../../src/stats/tests/conjunction-test.ts';
import { fisherExact } from '../../src/stats/tests/fisher-exact.ts';
import { normalTail } from '../../src/stats/tests/normal-tail.ts';
import { permutationPValue, shuffleWithin } from '../../src/stats/tests/permutation.ts';

/** Figures from scipy, statsmodels and scikit-learn; `test/reference/clusters.py` writes them. */
const reference: {
  points: number[][];
  inertia: number;
  labels: number[];
  otherLabels: number[];
  silhouettes: number[];
  adjustedRand: number;
  fisher: { table: [number, number, number, number]; p: number }[];
  permutation: { left: number[]; right: number[]; p: number };
  normalTail: { z: number; p: number }[];
  conjunction: { outcome: number[]; offset: number[]; group: number[]; first: number[]; second: number[]; z: number };
} = JSON.parse(readFileSync(resolve(import.meta.dirname, '../reference/clusters.json'), 'utf8'));

function near(actual: number, expected: number, share: number): void {
  assert.ok(Math.abs(actual - expected) <= share * Math.max(Math.abs(expected), 1e-300), `${actual}, not ${expected}`);
}

describe('grouping points', () => {
  it('is as tight as scikit-learn finds, and in the same groups', () => {
    const found = kMeans(reference.points, { k: 4, restarts: 10 }, createRandom(1));
    near(found.inertia, reference.inertia, 1e-6);
    assert.equal(adjustedRand(found.clusters, reference.labels), 1);
  });

  it('gives the same groups for the same seed', () => {
    const once = () => kMeans(reference.points, { k: 3 }, createRandom(5));
    assert.deepEqual(once(), once());
  });

  it('has silhouettes and an adjusted Rand index as scikit-learn has them', () => {
    silhouettes(reference.points, reference.labels).forEach((value, at) => {
      assert.ok(Math.abs(value - reference.silhouettes[at]!) < 1e-9);
    });
    near(adjustedRand(reference.labels, reference.otherLabels), reference.adjustedRand, 1e-9);
  });

  it('finds as many clusters as there are, and that they come out again', () => {
    const chosen = chooseClusters(reference.points, 7, createRandom(2));
    assert.equal(chosen?.k, 4);
    assert.ok(chosen.stability.every((share) => share > 0.75));
    assert.deepEqual(chosen.sizes.toSorted(), [18, 18, 18, 18]);
  });

  it('groups nothing where there are too few points, and refuses more groups than points', () => {
    assert.equal(chooseClusters(reference.points.slice(0, 15), 7, createRandom(2)), null);
    assert.throws(() => kMeans([[1]], { k: 2 }, createRandom(1)), RangeError);
    assert.throws(() => silhouettes([[1], [2]], [0, 0]), RangeError);
  });
});

describe('tests of tables and of chance', () => {
  it('is as exact as scipy in Fisher’s test', () => {
    for (const { table, p } of reference.fisher) near(fisherExact(...table), p, 1e-9);
  });

  it('agrees with scipy on the tail of the normal law', () => {
    for (const { z, p } of reference.normalTail) near(normalTail(z), p, 2e-7);
  });

  it('comes near to the exact permutation test', () => {
    const { left, right, p } = reference.permutation;
    const all = [...left, ...right];
    const gap = (values: readonly number[]) =>
      (values.slice(0, left.length).reduce((a, b) => a + b, 0) - values.slice(left.length).reduce((a, b) => a + b, 0)) /
      4;
    const random = createRandom(3);
    const draws = Array.from({ length: 4000 }, () => {
      const order = shuffleWithin(new Uint8Array(all.length), random);
      return gap(Array.from(order, (at) => all[at]!));
    });
    assert.ok(Math.abs(permutationPValue(gap(all) - 1e-9, draws) - p) < 0.015);
  });

  it('shuffles within groups only', () => {
    const groups = [0, 1, 0, 1, 1, 0, 2];
    const order = shuffleWithin(groups, createRandom(8));
    assert.deepEqual([...order].sort(), [0, 1, 2, 3, 4, 5, 6]);
    order.forEach((from, at) => {
      assert.equal(groups[from], groups[at]);
    });
  });

  it('scores a conjunction as statsmodels does', () => {
    const { first, second, z, ...rows } = reference.conjunction;
    near(conjunctionTest({ ...rows, groups: 2, conditions: [first, second] }), z, 1e-6);
  });
});
