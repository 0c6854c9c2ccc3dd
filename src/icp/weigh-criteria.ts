import { roundToSum } from '../stats/round-to-sum.ts';
import type { Criterion } from './model.ts';
import { strengthOf } from './strength-of.ts';

/**
 * Criteria with their weights, heaviest first: each one's share of the total range of points, in hundredths that sum to 1.00.
 */
export function weighCriteria(criteria: readonly Omit<Criterion, 'weight' | 'strength'>[]): Criterion[] {
  const hundredths = roundToSum(criteria.map(rangeOf), 100);
  const withWeight = criteria.map(({ bins, causal, ...words }, at): Criterion => {
    const weight = hundredths[at]! / 100;
    return { ...words, weight, strength: strengthOf(weight), causal, bins };
  });
  return withWeight.sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
}

/** From the worst bin to the best, in tenths of a point. */
export function rangeOf({ bins }: Pick<Criterion, 'bins'>): number {
  const points = bins.map((bin) => bin.points);
  return Math.max(...points) - Math.min(...points);
}
