import { dayMs, daysBetween } from '../features/calendar.ts';
import { wordsOf } from '../features/clean-text.ts';
import type { Instant } from '../types.ts';
import { type CustomerLife, nextAnniversary } from './customer-lives.ts';
import { knownValues, meanOver, type UsageSeries } from './usage-series.ts';

/** How a value is told: the log of a ratio, a share, a plain number, yes or no, or not at all. */
export type LifeUnit = 'log ratio' | 'share' | 'number' | 'months' | 'days' | 'yes' | 'untold';

/** What a snapshot of a customer is described by. Values are `NaN` where nobody knows. */
export interface LifeFeature {
  key: string;
  label: string;
  unit: LifeUnit;
  read: (life: CustomerLife, at: Instant) => number;
}

/** Metrics that are read in ways of their own; any other is followed by its change. */
const readByName = new Set([
  ...['active_users', 'power_users', 'seats_used', 'seats_bought', 'limit_share'],
  ...['sessions', 'tickets', 'nps', 'champion_left'],
]);
const mostFurther = 10;
/** Three periods of a month, wherever in a month the snapshot falls. */
const quarterMs = 88 * dayMs;
/** Two periods of a month, wherever in a month the snapshot falls. */
const twoMonthsMs = 58 * dayMs;

/**
 * The features of customers at snapshots: level and change of what they do, what they say of us, and where they are in
 * their contract. A further metric of a book is a feature of its own where at least a fifth of the customers have it.
 *
 * Nothing that was known later than the snapshot is read.
 */
export function lifeFeatures(lives: readonly CustomerLife[]): LifeFeature[] {
  const support = new Map<string, number>();
  for (const { usage } of lives) {
    for (const metric of usage.metrics.keys()) support.set(metric, (support.get(metric) ?? 0) + 1);
  }
  const further = [...support]
    .filter(([metric, count]) => !readByName.has(metric) && count * 5 >= lives.length)
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, mostFurther)
    .map(
      ([metric]): LifeFeature => ({
        key: `${metric}_change`,
        label: `change of ${wordsOf(metric)} in three months`,
        unit: 'log ratio',
        read: ({ usage }, at) => quarterChange(usage, metric, at),
      }),
    );
  return [...named, ...further];
}

const named: readonly LifeFeature[] = [
  {
    key: 'use_change',
    label: 'change of active users in three months',
    unit: 'log ratio',
    read: ({ usage }, at) => quarterChange(usage, 'active_users', at),
  },
  {
    key: 'use_last_month',
    label: 'active users last month against the three months before',
    unit: 'log ratio',
    read: ({ usage }, at) =>
      logRatio(
        meanOver(usage, 'active_users', at - 31 * dayMs, at),
        meanOver(usage, 'active_users', at - 31 * dayMs - quarterMs, at - 31 * dayMs, 2),
      ),
  },
  {
    key: 'use_from_peak',
    label: 'active users against their best months of the year',
    unit: 'log ratio',
    read: ({ usage }, at) => {
      const known = knownValues(usage, 'active_users', at).filter(({ knownAt }) => knownAt > at - 365 * dayMs);
      if (known.length < 3) return Number.NaN;
      const best = known.map(({ v }) => v).sort((a, b) => b - a)[1]!;
      return logRatio(meanOver(usage, 'active_users', at - twoMonthsMs, at), best);
    },
  },
  {
    key: 'use_share',
    label: 'share of the seats that are active',
    unit: 'share',
    read: ({ usage }, at) => shareOf(usage, 'active_users', at),
  },
  {
    key: 'seats_share',
    label: 'share of the seats that are taken',
    unit: 'share',
    read: ({ usage }, at) => shareOf(usage, 'seats_used', at),
  },
  {
    key: 'power_change',
    label: 'change of power users in three months',
    unit: 'log ratio',
    read: ({ usage }, at) => quarterChange(usage, 'power_users', at),
  },
  {
    key: 'limit_share',
    label: 'share of the plan limits that is used',
    unit: 'share',
    read: ({ usage }, at) => meanOver(usage, 'limit_share', at - twoMonthsMs, at),
  },
  {
    key: 'limit_change',
    label: 'change of the share of plan limits in three months',
    unit: 'share',
    read: ({ usage }, at) => difference(usage, 'limit_share', at),
  },
  {
    key: 'sessions_change',
    label: 'change of sessions in three months',
    unit: 'log ratio',
    read: ({ usage }, at) => quarterChange(usage, 'sessions', at),
  },
  { key: 'nps', label: 'latest NPS', unit: 'number', read: ({ usage }, at) => lastNps(usage, at) },
  {
    key: 'nps_change',
    label: 'latest NPS against those before',
    unit: 'number',
    read: ({ usage }, at) => {
      const before = knownValues(usage, 'nps', at).slice(0, -1);
      if (before.length === 0) return Number.NaN;
      return lastNps(usage, at) - before.reduce((sum, { v }) => sum + v, 0) / before.length;
    },
  },
  {
    key: 'tickets',
    label: 'tickets for ten seats in three months',
    unit: 'number',
    read: ({ usage }, at) => {
      const seats = meanOver(usage, 'seats_bought', at - quarterMs, at);
      return (10 * meanOver(usage, 'tickets', at - quarterMs, at)) / Math.max(1, Number.isNaN(seats) ? 10 : seats);
    },
  },
  {
    key: 'tickets_change',
    label: 'change of tickets in three months',
    unit: 'untold',
    // The root of a count varies alike whatever its size, so that a big customer's swings are no bigger news.
    read: ({ usage }, at) => Math.sqrt(recent(usage, 'tickets', at)) - Math.sqrt(before(usage, 'tickets', at)),
  },
  {
    key: 'champion_left',
    label: 'champion left in the last year',
    unit: 'yes',
    read: ({ usage }, at) => {
      const known = knownValues(usage, 'champion_left', at);
      if (known.length === 0) return Number.NaN;
      return known.some(({ v, knownAt }) => v > 0 && knownAt > at - 365 * dayMs) ? 1 : 0;
    },
  },
  {
    key: 'tenure',
    label: 'months as a customer',
    unit: 'months',
    read: ({ startedAt }, at) => daysBetween(startedAt, at) / 30.44,
  },
  {
    key: 'to_renewal',
    label: 'days to the anniversary',
    unit: 'days',
    read: ({ startedAt }, at) => daysBetween(at, nextAnniversary(startedAt, at)),
  },
  {
    key: 'since_expansion',
    label: 'months since it bought more',
    unit: 'months',
    read: ({ expandedAt }, at) => {
      const last = expandedAt.filter((bought) => bought <= at).at(-1);
      return last === undefined ? Number.NaN : daysBetween(last, at) / 30.44;
    },
  },
];

function recent(usage: UsageSeries, metric: string, at: Instant): number {
  return meanOver(usage, metric, at - quarterMs, at, 2);
}

function before(usage: UsageSeries, metric: string, at: Instant): number {
  return meanOver(usage, metric, at - 2 * quarterMs, at - quarterMs, 2);
}

/** Natural log of the last three months against the three before: -0.69 is half, 0.69 is double. */
function quarterChange(usage: UsageSeries, metric: string, at: Instant): number {
  return logRatio(recent(usage, metric, at), before(usage, metric, at));
}

/** Half a unit on both sides keeps a customer of two users from looking dramatic. */
function logRatio(now: number, then: number): number {
  return Math.log((now + 0.5) / (then + 0.5));
}

function difference(usage: UsageSeries, metric: string, at: Instant): number {
  return recent(usage, metric, at) - before(usage, metric, at);
}

function shareOf(usage: UsageSeries, metric: string, at: Instant): number {
  const from = at - twoMonthsMs;
  return meanOver(usage, metric, from, at) / Math.max(1, meanOver(usage, 'seats_bought', from, at));
}

function lastNps(usage: UsageSeries, at: Instant): number {
  const last = knownValues(usage, 'nps', at).at(-1);
  return last === undefined || last.knownAt <= at - 200 * dayMs ? Number.NaN : last.v;
}
