import { dayOf } from '../features/calendar.ts';
import { type Condition, matchesPattern } from '../patterns/condition.ts';
import type { FeatureValue, Instant } from '../types.ts';

/** A warning on every account of a kind: what has changed about them is in no data yet. */
export interface Caution {
  id: number;
  book: string;
  /** All of them must be known to hold. */
  conditions: readonly Condition[];
  text: string;
  by: string;
  byName: string;
  setAt: Instant;
  /** `null`: until somebody ends it. */
  until: Instant | null;
  endedAt: Instant | null;
  endedBy: string | null;
}

/**
 * The warnings that an account carries because of what it is.
 *
 * @param read the value of a feature, by key; `null` is unknown
 */
export function cautionsOn(cautions: readonly Caution[], read: (key: string) => FeatureValue): string[] {
  return cautions
    .filter((caution) => matchesPattern(caution, read))
    .map(({ conditions, text, byName, until }) => {
      const kind = conditions.map(({ label }) => label).join(' and ');
      return `caution (${kind}): ${text}, says ${byName}${until === null ? '' : ` until ${dayOf(until)}`}`;
    });
}
