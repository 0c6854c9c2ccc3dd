import { daysBetween } from '../features/calendar.ts';
import type { Criterion } from '../model.ts';
import type { Instant } from '../types.ts';

/** A criterion whose last validation is too long ago; `null`: it never was validated. */
export interface StaleCriterion {
  key: string;
  label: string;
  weight: number;
  lastValidatedAt: Instant | null;
  days: number | null;
}

const windowDays = 180;

/**
 * The criteria that nobody, neither an analysis nor a person, has validated within their window, heaviest first.
 *
 * A criterion of two years ago may still be right; nobody knows until it is looked at again.
 *
 * @param validatedAt when each criterion was last validated, by key; one that is not there never was
 * @param days the window, 180 days when absent; a validation exactly so long ago still counts
 * @example staleCriteria([{ key: 'size', label: 'Size', weight: 1 }], { size: 0 }, 181 * 86400000)[0].days; // => 181
 */
export function staleCriteria(
  criteria: readonly Pick<Criterion, 'key' | 'label' | 'weight'>[],
  validatedAt: Readonly<Record<string, Instant>>,
  asOf: Instant,
  days = windowDays,
): StaleCriterion[] {
  return criteria
    .map(({ key, label, weight }): StaleCriterion => {
      const at = validatedAt[key] ?? null;
      return { key, label, weight, lastValidatedAt: at, days: at === null ? null : Math.floor(daysBetween(at, asOf)) };
    })
    .filter((one) => one.days === null || one.days > days)
    .sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
}
