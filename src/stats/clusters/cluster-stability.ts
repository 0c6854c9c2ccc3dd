import type { Random } from '../random.ts';
import { type Clustering, kMeans, squaredDistance } from './k-means.ts';

/**
 * Whether each group would come out again: its mean overlap (Jaccard) with the most alike group of resampled points.
 *
 * Points are drawn with replacement and grouped anew; every point then joins its nearest new centre. Above 0.75 a group is
 * there; under 0.6 it is an accident of these points.
 *
 * @see https://doi.org/10.1016/j.csda.2006.11.025
 */
export function clusterStability(
  points: readonly number[][],
  found: Clustering,
  random: Random,
  resamples = 10,
): number[] {
  const k = found.centres.length;
  const sums = new Float64Array(k);
  for (let draw = 0; draw < resamples; draw++) {
    const chance = random.fork(draw);
    const sample = points.map(() => chance.pick(points));
    const { centres } = kMeans(sample, { k, restarts: 2 }, chance);
    const again = points.map((point) => nearestCentre(point, centres));
    for (let cluster = 0; cluster < k; cluster++) sums[cluster]! += bestOverlap(found.clusters, cluster, again, k);
  }
  return Array.from(sums, (sum) => sum / resamples);
}

function nearestCentre(point: readonly number[], centres: readonly (readonly number[])[]): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, centre] of centres.entries()) {
    const distance = squaredDistance(point, centre);
    if (distance < least) [nearest, least] = [at, distance];
  }
  return nearest;
}

function bestOverlap(clusters: readonly number[], cluster: number, again: readonly number[], k: number): number {
  const both = new Uint32Array(k);
  const sizes = new Uint32Array(k);
  let own = 0;
  for (const [at, other] of again.entries()) {
    sizes[other]! += 1;
    if (clusters[at] !== cluster) continue;
    own++;
    both[other]! += 1;
  }
  let best = 0;
  for (let other = 0; other < k; other++) {
    const union = own + sizes[other]! - both[other]!;
    if (union > 0) best = Math.max(best, both[other]! / union);
  }
  return best;
}
