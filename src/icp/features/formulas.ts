import type { Usage } from '../history.ts';
import type { Instant } from '../types.ts';
import { dayMs, daysBetween } from './calendar.ts';

/**
 * Growth of the headcount in a year, as a share: 0.2 is 20 %. `null` where either number is unknown or there was nobody.
 *
 * @example growthVelocity(120, 100); // => 0.2
 * @example growthVelocity(120, 0); // => null
 */
export function growthVelocity(now: number | null, yearAgo: number | null): number | null {
  if (now === null || yearAgo === null || yearAgo <= 0 || now < 0) return null;
  return (now - yearAgo) / yearAgo;
}

/**
 * Tools for the size of the company: their number divided by its size bucket.
 *
 * @see `sizeBuckets` for the table of buckets
 * @example techComplexity(12, 3); // => 4
 */
export function techComplexity(tools: number | null, sizeBucket: number | null): number | null {
  return tools === null || sizeBucket === null ? null : tools / sizeBucket;
}

/**
 * Page views a day since the first visit. A first visit today counts as one day ago.
 *
 * @example engagementIntensity(30, 10); // => 3
 * @example engagementIntensity(5, 0); // => 5
 */
export function engagementIntensity(pageViews: number, daysSinceFirstVisit: number): number {
  return pageViews / Math.max(1, daysSinceFirstVisit);
}

/**
 * Days from creation to close, rounded down. For the history view only: nobody knows it before the close.
 *
 * A close before the creation is a data error; it keeps its sign, and `dataError` says so in words.
 *
 * @example timeToCloseDays(Date.UTC(2025, 0, 1), Date.UTC(2025, 2, 2)); // => { days: 60, dataError: null }
 */
export function timeToCloseDays(
  createdAt: Instant | null,
  closedAt: Instant | null,
): { days: number | null; dataError: string | null } {
  if (createdAt === null || closedAt === null) return { days: null, dataError: null };
  const days = Math.floor(daysBetween(createdAt, closedAt));
  return { days, dataError: days < 0 ? `closed ${-days} days before it was created` : null };
}

/**
 * The fiscal quarter of a close, 1 to 4. For the history view only: nobody knows it before the close.
 *
 * @param fiscalYearStart month in which the fiscal year starts, 1 for January
 * @example seasonalFactor(Date.UTC(2025, 2, 31)); // => 1
 * @example seasonalFactor(Date.UTC(2025, 2, 31), 2); // => 1
 * @example seasonalFactor(Date.UTC(2025, 0, 31), 2); // => 4
 */
export function seasonalFactor(closedAt: Instant, fiscalYearStart = 1): 1 | 2 | 3 | 4 {
  const month = (new Date(closedAt).getUTCMonth() + 13 - fiscalYearStart) % 12;
  if (month < 3) return 1;
  if (month < 6) return 2;
  return month < 9 ? 3 : 4;
}

/** The stages of the buying cycle by days since the last activity, the nearest first. */
export const buyingCycleStages = ['engaged', 'cooling', 'dormant', 'no activity'] as const;

/**
 * Where an account is in its buying cycle, by how long ago it last did something: `engaged` up to 30 days, `cooling` up to
 * 90 days, `dormant` after that, and `no activity` where it never did.
 *
 * @example buyingCycleStage(3); // => 'engaged'
 * @example buyingCycleStage(45); // => 'cooling'
 * @example buyingCycleStage(200); // => 'dormant'
 */
export function buyingCycleStage(daysSinceLastActivity: number | null): (typeof buyingCycleStages)[number] {
  if (daysSinceLastActivity === null) return 'no activity';
  if (daysSinceLastActivity <= 30) return 'engaged';
  return daysSinceLastActivity <= 90 ? 'cooling' : 'dormant';
}

/**
 * How usage moved in the last 90 days: the mean of a metric against its mean in the 90 days before, as a share.
 *
 * `null` where either span has no figure, or the earlier mean is zero.
 */
export function usageTrend(usage: readonly Usage[], metric: string, asOf: Instant): number | null {
  const mean = (from: Instant, to: Instant): number | null => {
    let sum = 0;
    let n = 0;
    for (const row of usage) {
      if (row.metric !== metric || row.periodStart <= from || row.periodStart > to) continue;
      sum += row.value;
      n++;
    }
    return n === 0 ? null : sum / n;
  };
  const now = mean(asOf - 90 * dayMs, asOf);
  const before = mean(asOf - 180 * dayMs, asOf - 90 * dayMs);
  return now === null || before === null || before === 0 ? null : now / before - 1;
}
