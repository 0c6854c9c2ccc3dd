import { kmeans } from 'ml-kmeans';
import type { Random } from '../random.ts';

export interface Clustering {
  /** The cluster of each point, 0 to k - 1. */
  clusters: readonly number[];
  centres: readonly (readonly number[])[];
  /** Sum of squared distances to the nearest centre. */
  inertia: number;
}

export interface KMeansOptions {
  k: number;
  /** How often it starts anew from other centres, 4 when absent; the tightest result is kept. */
  restarts?: number;
}

const mostIterations = 50;

/**
 * k-means: `k` groups of points around their means, as tight as several starts find.
 *
 * Starts are drawn far apart (k-means++), as one start may end in a poor place.
 *
 * @see http://ilpubs.stanford.edu:8090/778/ k-means++
 * @throws {RangeError} when there are fewer points than groups
 */
export function kMeans(points: readonly number[][], { k, restarts = 4 }: KMeansOptions, random: Random): Clustering {
  if (points.length < k || k < 1) {
    throw new RangeError(`kMeans requires at least one point a group, got ${points.length} points for ${k} groups`);
  }
  let best: Clustering | null = null;
  for (let start = 0; start < restarts; start++) {
    const initialization = startCentres(points, k, random.fork(start));
    const { clusters, centroids } = kmeans(points as number[][], k, { initialization, maxIterations: mostIterations });
    let inertia = 0;
    for (const [at, point] of points.entries()) inertia += squaredDistance(point, centroids[clusters[at]!]!);
    if (best === null || inertia < best.inertia) best = { clusters, centres: centroids, inertia };
  }
  return best!;
}

/** Squared Euclidean distance. */
export function squaredDistance(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at]! - b[at]!) ** 2;
  return sum;
}

function startCentres(points: readonly number[][], k: number, random: Random): number[][] {
  const centres = [random.pick(points)];
  const nearest = points.map((point) => squaredDistance(point, centres[0]!));
  while (centres.length < k) {
    const total = nearest.reduce((sum, distance) => sum + distance, 0);
    const centre = total > 0 ? random.weighted(points, nearest) : random.pick(points);
    centres.push(centre);
    for (const [at, point] of points.entries()) nearest[at] = Math.min(nearest[at]!, squaredDistance(point, centre));
  }
  return centres.map((centre) => [...centre]);
}
