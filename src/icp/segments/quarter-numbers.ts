import type { Instant } from '../types.ts';

/** A calendar quarter as a number: the one after is one more. UTC. */
export function quarterNumberOf(at: Instant): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3);
}

/**
 * The instant a quarter begins.
 *
 * @example quarterStart(quarterNumberOf(0)); // => 0
 */
export function quarterStart(quarter: number): Instant {
  return Date.UTC(Math.floor(quarter / 4), (quarter % 4) * 3, 1);
}
