import { dayMs, daysBetween } from './features/calendar.ts';
import type { AccountHistory, Usage } from './history.ts';
import type { Instant, TimeKind } from './types.ts';

/** How much use makes a churn one that we can learn from. */
export interface MeaningfulUse {
  /** Days as a customer, 90 when absent. */
  tenureDays?: number;
  /** Periods with any activity, where usage is known at all, 1 when absent. */
  activePeriods?: number;
}

/** A customer who left: when, why, after how long, and whether after meaningful use. */
export interface Churn {
  at: Instant;
  reason: string | null;
  /** `null` where nobody knows since when it was a customer. */
  tenureDays: number | null;
  afterUse: boolean;
  /** Why it does not count, or what was not known. `null` when it counts plainly. */
  note: string | null;
}

const notActivity = new Set(['tickets', 'nps', 'champion_left', 'seats_bought', 'limit_share']);

/**
 * The times that an account left, as of an instant, each with whether it counts as churn after use.
 *
 * It counts past the configured tenure and, where usage is known, with activity in enough periods. A source that does not
 * say since when it was a customer, or that has no dates, gets the benefit of the doubt, with a note.
 *
 * @param since when the account became a customer, for churn that no customer row tells of
 */
export function churnsOf(
  history: Pick<AccountHistory, 'customers' | 'outcomes' | 'usage'>,
  since: Instant | null,
  options: { asOf: Instant; timeKind: TimeKind; meaningfulUse?: MeaningfulUse },
): readonly Churn[] {
  const ends = new Map<Instant, { start: Instant | null; reason: string | null }>();
  for (const { startedAt, endedAt, churnReason } of history.customers) {
    if (endedAt !== null && endedAt <= options.asOf) ends.set(endedAt, { start: startedAt, reason: churnReason });
  }
  for (const { kind, occurredAt, reason } of history.outcomes) {
    if (kind !== 'churned' || occurredAt > options.asOf) continue;
    const told = [...ends.keys()].some((end) => Math.abs(end - occurredAt) <= sameChurnMs(options.timeKind));
    if (told) continue;
    const starts = history.customers.map(({ startedAt }) => startedAt).filter((start) => start <= occurredAt);
    const before = since !== null && since < occurredAt ? since : null;
    ends.set(occurredAt, { start: starts.length > 0 ? Math.max(...starts) : before, reason });
  }
  return [...ends]
    .sort(([a], [b]) => a - b)
    .map(([at, { start, reason }]) => ({ at, reason, ...weigh(start, at, history.usage, options) }));
}

/** How far apart two sources may date the same churn. Places in an order are exact. */
export function sameChurnMs(timeKind: TimeKind): number {
  return timeKind === 'order' ? 0 : 31 * dayMs;
}

function weigh(
  start: Instant | null,
  end: Instant,
  usage: readonly Usage[],
  options: { timeKind: TimeKind; meaningfulUse?: MeaningfulUse },
): Pick<Churn, 'tenureDays' | 'afterUse' | 'note'> {
  if (options.timeKind === 'order') return { tenureDays: null, afterUse: true, note: 'the source has no dates' };
  const { tenureDays: needed = 90, activePeriods = 1 } = options.meaningfulUse ?? {};
  const tenureDays = start === null ? null : Math.floor(daysBetween(start, end));
  if (tenureDays !== null && tenureDays < needed) {
    return { tenureDays, afterUse: false, note: `left after ${tenureDays} days, before ${needed} days of use` };
  }
  const known = usage.filter(
    ({ metric, periodStart }) =>
      !notActivity.has(metric) && periodStart <= end && (start === null || periodStart >= start - 31 * dayMs),
  );
  const active = new Set(known.filter(({ value }) => value > 0).map(({ periodStart }) => periodStart)).size;
  if (known.length > 0 && active < activePeriods) {
    const note = `was active in ${active} of its periods, below the ${activePeriods} that count as use`;
    return { tenureDays, afterUse: false, note };
  }
  return { tenureDays, afterUse: true, note: tenureDays === null ? 'nobody knows since when it was a customer' : null };
}
