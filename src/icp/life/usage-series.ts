import { dayMs } from '../features/calendar.ts';
import type { Usage } from '../history.ts';
import type { Instant } from '../types.ts';

/** What a customer did with the product, period by period. A period counts once it is over: half a month is no small month. */
export interface UsageSeries {
  /** Start of each period, ascending. */
  starts: Float64Array;
  /** When each period was over, and so known. */
  knownAt: Float64Array;
  /** One value a period for every metric; `NaN` where the period has none. */
  metrics: ReadonlyMap<string, Float64Array>;
  /** Days, ascending, from each of which on nothing older says anything: the customer was bought, say. */
  heardFrom: readonly Instant[];
}

/**
 * Lays usage rows out by period. How long a period is, its own dates say: days, weeks, months or quarters.
 *
 * @example usageSeries([{ periodStart: 0, metric: 'sessions', value: 5 }]).metrics.get('sessions'); // => Float64Array.of(5)
 */
export function usageSeries(usage: readonly Usage[], mutedBefore: readonly Instant[] = []): UsageSeries {
  const starts = [...new Set(usage.map(({ periodStart }) => periodStart))].sort((a, b) => a - b);
  const place = new Map(starts.map((start, at) => [start, at]));
  const metrics = new Map<string, Float64Array>();
  for (const { periodStart, metric, value } of usage) {
    let values = metrics.get(metric);
    if (values === undefined) {
      values = new Float64Array(starts.length).fill(Number.NaN);
      metrics.set(metric, values);
    }
    values[place.get(periodStart) ?? 0] = value;
  }
  const days = usualGap(starts);
  return {
    starts: Float64Array.from(starts),
    knownAt: Float64Array.from(starts, (start) => endOf(start, days)),
    metrics,
    heardFrom: mutedBefore.toSorted((a, b) => a - b),
  };
}

/** How many periods were over at an instant. */
export function periodsKnown({ knownAt }: Pick<UsageSeries, 'knownAt'>, at: Instant): number {
  let low = 0;
  let high = knownAt.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (knownAt[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Mean of a metric over the periods that were over in `(from, to]`; `NaN` where fewer than `least` have a value. */
export function meanOver(usage: UsageSeries, metric: string, from: Instant, to: Instant, least = 1): number {
  const values = usage.metrics.get(metric);
  if (values === undefined) return Number.NaN;
  let sum = 0;
  let n = 0;
  const first = firstHeard(usage, to);
  for (let period = periodsKnown(usage, to) - 1; period >= first && usage.knownAt[period]! > from; period--) {
    const value = values[period]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    n++;
  }
  return n < least ? Number.NaN : sum / n;
}

/** A value with the period it belongs to. */
export interface KnownValue {
  from: Instant;
  knownAt: Instant;
  v: number;
}

/** The values of a metric that were known at an instant, oldest first. */
export function knownValues(usage: UsageSeries, metric: string, at: Instant): KnownValue[] {
  const values = usage.metrics.get(metric);
  const found: KnownValue[] = [];
  if (values === undefined) return found;
  const known = periodsKnown(usage, at);
  for (let period = firstHeard(usage, at); period < known; period++) {
    const v = values[period]!;
    if (!Number.isNaN(v)) found.push({ from: usage.starts[period]!, knownAt: usage.knownAt[period]!, v });
  }
  return found;
}

/** The first period that still says something at an instant; one in the middle of which something happened does not. */
function firstHeard({ starts, heardFrom }: UsageSeries, at: Instant): number {
  const since = heardFrom.findLast((day) => day <= at);
  if (since === undefined) return 0;
  const first = starts.findIndex((start) => start >= since);
  return first < 0 ? starts.length : first;
}

/** Days between neighbouring periods, the middle one of all gaps; a month where there is one period only. */
function usualGap(starts: readonly Instant[]): number {
  const gaps = starts.slice(1).map((start, at) => (start - starts[at]!) / dayMs);
  if (gaps.length === 0) return 30;
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)]!;
}

function endOf(start: Instant, days: number): Instant {
  const months = days >= 28 && days <= 31 ? 1 : days >= 89 && days <= 92 ? 3 : 0;
  if (months === 0) return start + Math.round(days) * dayMs;
  const date = new Date(start);
  return date.setUTCMonth(date.getUTCMonth() + months);
}
