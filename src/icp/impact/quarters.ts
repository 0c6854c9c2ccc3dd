import { dayMs } from '../features/calendar.ts';
import type { Instant } from '../types.ts';

/**
 * The quarter of an instant, in UTC; sorts as text.
 *
 * @example quarterOf(Date.UTC(2026, 4, 9)); // => '2026 Q2'
 */
export function quarterOf(at: Instant): string {
  const date = new Date(at);
  return `${date.getUTCFullYear()} Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}

/**
 * The Monday that an instant's week starts on, in UTC.
 *
 * @example weekOf(Date.UTC(2026, 10, 22)); // => Date.UTC(2026, 10, 16)
 */
export function weekOf(at: Instant): Instant {
  // The first of January 1970 was a Thursday.
  const days = Math.floor(at / dayMs);
  return (days - ((((days + 3) % 7) + 7) % 7)) * dayMs;
}

/** Things by a name, in the order of the names. */
export function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [item]);
    else known.push(item);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
