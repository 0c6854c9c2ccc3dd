import type { Random } from '../random.ts';
import { clusterStability } from './cluster-stability.ts';
import { type Clustering, kMeans } from './k-means.ts';
import { silhouettes } from './silhouette.ts';

export interface ChosenClusters extends Clustering {
  k: number;
  /** Mean over a sample. */
  silhouette: number;
  /** Per cluster, its overlap with itself on resampled points. */
  stability: readonly number[];
  sizes: readonly number[];
}

const mostSampled = 300;
/** Numbers of groups whose silhouettes come this near to the best are judged by stability. */
const asGood = 0.02;

/**
 * Groups points into as many clusters as they show: the number with the best silhouette on a sample and, among those that
 * are about as good, the one whose clusters come out again on resampled points.
 *
 * @param most the largest number of clusters that is tried
 * @returns `null` when there are too few points for two groups of ten
 */
export function chooseClusters(points: readonly number[][], most: number, random: Random): ChosenClusters | null {
  const largest = Math.min(most, Math.floor(points.length / 10));
  if (largest < 2) return null;
  const sample = random
    .fork('sample')
    .shuffle([...points.keys()])
    .slice(0, mostSampled);
  const sampled = sample.map((at) => points[at]!);
  const tried: { k: number; clustering: Clustering; silhouette: number }[] = [];
  for (let k = 2; k <= largest; k++) {
    const clustering = kMeans(points, { k }, random.fork(k));
    const labels = sample.map((at) => clustering.clusters[at]!);
    if (new Set(labels).size < 2) continue;
    const values = silhouettes(sampled, labels);
    tried.push({ k, clustering, silhouette: values.reduce((sum, value) => sum + value, 0) / values.length });
  }
  const best = Math.max(...tried.map(({ silhouette }) => silhouette));
  const judged = tried
    .filter(({ silhouette }) => silhouette >= best - asGood)
    .map((one) => ({ ...one, stability: clusterStability(points, one.clustering, random.fork(`again ${one.k}`)) }));
  judged.sort((a, b) => mean(b.stability) - mean(a.stability) || a.k - b.k);
  const chosen = judged[0];
  if (chosen === undefined) return null;
  const { k, clustering, silhouette, stability } = chosen;
  const sizes = Array.from({ length: k }, (_, cluster) => clustering.clusters.filter((own) => own === cluster).length);
  return { ...clustering, k, silhouette, stability, sizes };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
