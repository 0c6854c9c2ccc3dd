import type { Observation } from '../history.ts';
import type { FieldValue, Instant } from '../types.ts';
import { dayMs } from './calendar.ts';
import { foldText, isBlankText } from './clean-text.ts';

/** Two sources that differ within so many days disagree; further apart, the value has changed. */
const sameTimeMs = 30 * dayMs;

/** For every field by its number, the observation that stands as of an instant and the one that disagrees with it. */
export interface StandingValues {
  /** Number of a field in the two lists, `undefined` where it is not followed. */
  indexOf(field: string): number | undefined;
  readonly fields: readonly string[];
  readonly holders: readonly (Observation | null)[];
  readonly rivals: readonly (Observation | null)[];
  /** Fills the lists anew; what they held before is gone. */
  resolve(observations: readonly Observation[], asOf: Instant): void;
}

/**
 * Follows which value of a field stands, as of a date.
 *
 * The latest dated value wins, a dated one beats an undated one, and of two alike the later in the list wins. A blank
 * does not wipe out what is known, unless the same source blanks its own value at a later date. One object serves many
 * accounts: the lists are filled again, so that reading a row allocates nothing.
 *
 * @param followed fields to follow; absent: every field that turns up
 */
export function createStandingValues(followed?: readonly string[]): StandingValues {
  const fields: string[] = followed === undefined ? [] : [...followed];
  const numbers = new Map(fields.map((field, index) => [field, index]));
  const holders: (Observation | null)[] = fields.map(() => null);
  const rivals: (Observation | null)[] = fields.map(() => null);

  const take = (index: number, field: string, next: Observation): void => {
    const held = holders[index] ?? null;
    const value = next.values[field] ?? null;
    if (isUnknown(value)) {
      const own = held !== null && held.source === next.source && next.observedAt !== null && !isBefore(next, held);
      if (own) {
        holders[index] = next;
        rivals[index] = null;
      }
      return;
    }
    const before = held?.values[field] ?? null;
    if (held === null || isUnknown(before)) {
      holders[index] = next;
      return;
    }
    const loser = isBefore(next, held) ? next : held;
    if (loser === held) holders[index] = next;
    if (held.source !== next.source && areAtOneTime(held, next) && !areAlike(before, value)) rivals[index] = loser;
    else if (loser === held) rivals[index] = null;
  };

  return {
    indexOf: (field) => numbers.get(field),
    fields,
    holders,
    rivals,
    resolve(observations, asOf) {
      holders.fill(null);
      rivals.fill(null);
      for (const observation of observations) {
        if (observation.observedAt !== null && observation.observedAt > asOf) continue;
        for (const field in observation.values) {
          let index = numbers.get(field);
          if (index === undefined) {
            if (followed !== undefined) continue;
            index = fields.push(field) - 1;
            numbers.set(field, index);
            holders.push(null);
            rivals.push(null);
          }
          take(index, field, observation);
        }
      }
    },
  };
}

/** Whether a source left the value blank: `null`, an empty text, a dash. */
export function isUnknown(value: FieldValue): boolean {
  if (typeof value === 'string') return isBlankText(value);
  return value === null || Number.isNaN(value);
}

function isBefore(a: Observation, b: Observation): boolean {
  return (a.observedAt ?? Number.NEGATIVE_INFINITY) < (b.observedAt ?? Number.NEGATIVE_INFINITY);
}

function areAtOneTime(a: Observation, b: Observation): boolean {
  if (a.observedAt === null || b.observedAt === null) return a.observedAt === b.observedAt;
  return Math.abs(a.observedAt - b.observedAt) <= sameTimeMs;
}

function areAlike(a: FieldValue, b: FieldValue): boolean {
  return a === b || foldText(String(a)) === foldText(String(b));
}
