import { daysBetween } from '../features/calendar.ts';
import type { Criterion } from '../model.ts';
import type { Instant } from '../types.ts';

/** Days that a criterion stands without an analysis that found it again: a quarter, in which there are thirteen analyses. */
export const validForDays = 92;

/** A criterion, and as of when an analysis last learnt it; `null` where none ever did, as with points set by hand. */
export interface ValidatedCriterion {
  key: string;
  label: string;
  weight: number;
  validatedAt: Instant | null;
  /** Whether that is too long ago. */
  lapsed: boolean;
}

/**
 * When each criterion of a model was last learnt again from what became of accounts, the heaviest first.
 *
 * @param learntAt by key, as of when an analysis last gave it points
 */
export function lastValidated(
  criteria: readonly Pick<Criterion, 'key' | 'label' | 'weight'>[],
  learntAt: ReadonlyMap<string, Instant>,
  asOf: Instant,
): ValidatedCriterion[] {
  return criteria
    .map(({ key, label, weight }) => {
      const validatedAt = learntAt.get(key) ?? null;
      const lapsed = validatedAt === null || daysBetween(validatedAt, asOf) > validForDays;
      return { key, label, weight, validatedAt, lapsed };
    })
    .sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
}
