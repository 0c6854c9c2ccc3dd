import type { Strength } from './model.ts';

/**
 * What people call a criterion of this weight.
 *
 * @example strengthOf(0.15); // => 'must'
 */
export function strengthOf(weight: number): Strength {
  if (weight >= 0.15) return 'must';
  return weight >= 0.07 ? 'strong' : 'bonus';
}
