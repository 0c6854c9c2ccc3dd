import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { boundingFactor } from '../../src/stats/causal/e-value.ts';
import { overlapOf } from '../../src/stats/causal/overlap.ts';
import { chooseClusters } from '../../src/stats/clusters/choose-clusters.ts';
import { clusterStability } from '../../src/stats/clusters/cluster-stability.ts';
import { squaredDistance } from '../../src/stats/clusters/k-means.ts';
import { createRandom } from '../../src/stats/random.ts';
import { roundToSum } from '../../src/stats/round-to-sum.ts';
import { agree } from './causal-reference.ts';
import { isNear } from './reference.ts';

interface Kept {
  rows: number[];
  kept: number;
  effective: number;
}

/** Figures from scikit-learn, scipy and numpy; `test/reference/resampling.py` writes them. */
const figures: {
  points: number[][];
  centres: number[][];
  clusters: number[];
  inertia: number;
  stability: number[];
  silhouettes: { k: number; silhouette: number }[];
  distance: number;
  overlap: Record<'chance' | 'treated' | 'weight', number[]> & { trim: number; all: Kept; ofTreated: Kept };
  bias: { commoner: number; likelier: number; ratio: number }[];
} = JSON.parse(readFileSync(resolve(import.meta.dirname, '../reference/resampling.json'), 'utf8'));

describe('clusters beside scikit-learn', () => {
  const { points, centres, clusters, inertia } = figures;

  it('come out again as often when points are drawn anew', () => {
    const found = clusterStability(points, { centres, clusters, inertia }, createRandom(3), 150);
    for (const [cluster, share] of figures.stability.entries()) {
      assert.ok(isNear(found[cluster]!, share, 0.03), `${cluster}: ${found[cluster]}, not ${share}`);
    }
  });

  it('are as many as have the best mean silhouette', () => {
    const best = figures.silhouettes.reduce((one, other) => (other.silhouette > one.silhouette ? other : one));
    const chosen = chooseClusters(points, 7, createRandom(4));
    assert.equal(chosen?.k, best.k);
    assert.ok(isNear(chosen?.silhouette ?? Number.NaN, best.silhouette, 1e-9));
  });

  it('are measured by the squared distance of scipy', () => {
    assert.ok(isNear(squaredDistance(points[0]!, points[80]!), figures.distance, 1e-9));
  });
});

describe('overlap beside numpy', () => {
  const { chance, treated, weight, trim, all, ofTreated } = figures.overlap;

  for (const [of, expected] of [
    ['all', all],
    ['treated', ofTreated],
  ] as const) {
    it(`keeps the same rows, worth as many of plain comparison, where the question is of ${of}`, () => {
      const { kept, overlap } = overlapOf(Float64Array.from(chance), treated, weight, { trim, of });
      assert.deepEqual(kept, expected.rows);
      assert.ok(agree([overlap.kept, overlap.effective], [expected.kept, expected.effective], 1e-9));
    });
  }
});

describe('a hidden factor', () => {
  it('raises a ratio by no more than the most that numpy finds over all shares it may have', () => {
    for (const { commoner, likelier, ratio } of figures.bias) {
      assert.ok(isNear(boundingFactor(commoner, likelier), ratio, 1e-9), `${commoner} and ${likelier}`);
    }
  });
});

describe('the largest remainder', () => {
  it('gives the ten seats of the worked example on Wikipedia (largest remainder method, Hare quota)', () => {
    assert.deepEqual(roundToSum([47_000, 16_000, 15_800, 12_000, 6100, 3100], 10), [5, 2, 1, 1, 1, 0]);
  });
});
