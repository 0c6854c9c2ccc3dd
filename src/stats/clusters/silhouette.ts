import { squaredDistance } from './k-means.ts';

/**
 * How well each point sits in its group: near 1 when its own group is close and the next one far, below 0 when it would
 * rather be in the next one.
 *
 * Euclidean distances. A point alone in its group gets 0. Time grows with the square of the points: hand in a sample.
 *
 * @see https://doi.org/10.1016/0377-0427(87)90125-7
 * @throws {RangeError} when there are fewer than two groups
 * @example silhouettes([[0], [1], [10], [11]], [0, 0, 1, 1]); // => [0.905, 0.895, 0.895, 0.905]
 */
export function silhouettes(points: readonly number[][], clusters: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  if (sizes.size < 2) throw new RangeError(`silhouettes requires at least two groups, got ${sizes.size}`);
  return points.map((point, at) => {
    const sums = new Map<number, number>();
    for (const [other, cluster] of clusters.entries()) {
      if (other === at) continue;
      sums.set(cluster, (sums.get(cluster) ?? 0) + Math.sqrt(squaredDistance(point, points[other]!)));
    }
    const own = clusters[at]!;
    const mates = sizes.get(own)! - 1;
    if (mates === 0) return 0;
    const within = (sums.get(own) ?? 0) / mates;
    let next = Number.POSITIVE_INFINITY;
    for (const [cluster, sum] of sums) if (cluster !== own) next = Math.min(next, sum / sizes.get(cluster)!);
    const larger = Math.max(within, next);
    return larger === 0 ? 0 : (next - within) / larger;
  });
}
