import type { FieldValue, Instant } from '../types.ts';

/** Milliseconds in a day. Instants are UTC, so every day has as many. */
export const dayMs = 86_400_000;

const yearMs = 365.2425 * dayMs;

/**
 * Days from one instant to another; negative where the second is the earlier one.
 *
 * @example daysBetween(0, 129600000); // => 1.5
 */
export function daysBetween(from: Instant, to: Instant): number {
  return (to - from) / dayMs;
}

/**
 * Mean Gregorian years from one instant to another.
 *
 * @example yearsBetween(0, 0); // => 0
 */
export function yearsBetween(from: Instant, to: Instant): number {
  return (to - from) / yearMs;
}

/**
 * The day of an instant, for sentences.
 *
 * @example dayOf(0); // => '1970-01-01'
 */
export function dayOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}

/**
 * The instant that a field means: an ISO date, a year, or milliseconds since 1970. `null` where it is none of these.
 *
 * @example parseInstant('1970-01-02'); // => 86400000
 * @example parseInstant('1970'); // => 0
 * @example parseInstant('soon'); // => null
 */
export function parseInstant(value: FieldValue): Instant | null {
  if (typeof value === 'number') {
    if (Number.isInteger(value) && value >= 1000 && value <= 2999) return Date.UTC(value, 0, 1);
    return Number.isFinite(value) && Math.abs(value) > 1e8 && Math.abs(value) <= 8.64e15 ? value : null;
  }
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^\d{4}$/.test(text)) return Date.UTC(Number(text), 0, 1);
  if (!/^\d{4}-\d{2}(?:-\d{2}(?:[T ].*)?)?$/.test(text)) return null;
  const zoned = /[T ].*(?:Z|[+-]\d{2}:?\d{2})$/.test(text) || !/[T ]/.test(text);
  const at = Date.parse(zoned ? text : `${text}Z`);
  return Number.isNaN(at) ? null : at;
}
