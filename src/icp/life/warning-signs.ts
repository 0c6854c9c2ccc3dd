import { dayMs, dayOf } from '../features/calendar.ts';
import { round } from '../round.ts';
import type { Instant } from '../types.ts';
import { type KnownValue, knownValues, type UsageSeries } from './usage-series.ts';

export const warningKinds = ['usage decay', 'stakeholder turnover', 'support tickets', 'NPS fall'] as const;
export type WarningKind = (typeof warningKinds)[number];

/** A sign of churn that has started: what it was, what it is, and since when. */
export interface WarningSign {
  kind: WarningKind;
  /** `null` where there is nothing to compare: a champion is there or is not. */
  before: number | null;
  now: number;
  /** `now` against `before` as a share, `null` where that says nothing. */
  change: number | null;
  /** First day of the period in which it started. */
  since: string;
}

/** Older news has been lived with. */
const newsDays = 270;
const decayFrom = -0.2;
const fewestUsers = 3;
const npsFall = -25;
const ticketsRatio = 1.5;
/** One-sided 5 %: a busy month alone is no sign. */
const ticketsZ = 1.645;

/**
 * The named signs of churn that have started at a customer, as of an instant, in the order of `warningKinds`.
 *
 * - *usage decay*: active users of the last two periods at least 20 % below the best two neighbours of the year
 * - *stakeholder turnover*: the champion left within 270 days
 * - *support tickets*: half as many again in the last three periods as before, and more than chance explains
 * - *NPS fall*: the latest answer at least 25 below the mean of those before
 */
export function warningSigns(usage: UsageSeries, at: Instant): WarningSign[] {
  const found = [usageDecay(usage, at), championLeft(usage, at), moreTickets(usage, at), npsFell(usage, at)];
  return found.filter((sign) => sign !== null);
}

function usageDecay(usage: UsageSeries, at: Instant): WarningSign | null {
  const year = knownValues(usage, 'active_users', at).filter(({ knownAt }) => knownAt > at - 365 * dayMs);
  if (year.length < 4) return null;
  const now = meanOf(year.slice(-2));
  let best = 0;
  let bestAt = 0;
  for (let nth = 1; nth < year.length - 2; nth++) {
    const mean = meanOf(year.slice(nth - 1, nth + 1));
    if (mean >= best) [best, bestAt] = [mean, nth];
  }
  const change = now / best - 1;
  if (best < fewestUsers || best - now < 2 || change > decayFrom) return null;
  const after = year.slice(bestAt + 1);
  const lastHigh = after.findLastIndex(({ v }) => v >= 0.9 * best);
  const start = after[lastHigh + 1];
  if (start === undefined || start.knownAt <= at - newsDays * dayMs) return null;
  return {
    kind: 'usage decay',
    before: round(best, 3),
    now: round(now, 3),
    change: round(change, 3),
    since: dayOf(start.from),
  };
}

function championLeft(usage: UsageSeries, at: Instant): WarningSign | null {
  const left = knownValues(usage, 'champion_left', at).findLast(({ v }) => v > 0);
  if (left === undefined || left.knownAt <= at - newsDays * dayMs) return null;
  return { kind: 'stakeholder turnover', before: null, now: left.v, change: null, since: dayOf(left.from) };
}

function moreTickets(usage: UsageSeries, at: Instant): WarningSign | null {
  const year = knownValues(usage, 'tickets', at).filter(({ knownAt }) => knownAt > at - 365 * dayMs);
  const [earlier, latest] = [year.slice(0, -3), year.slice(-3)];
  if (earlier.length < 3) return null;
  const [before, now] = [meanOf(earlier), meanOf(latest)];
  // The root of a Poisson mean over t periods has a standard error of 1 / (2 sqrt t), whatever the mean.
  const z = (2 * (Math.sqrt(now) - Math.sqrt(before))) / Math.sqrt(1 / earlier.length + 1 / latest.length);
  if (z < ticketsZ || now < ticketsRatio * before) return null;
  const quiet = latest.findLastIndex(({ v }) => v <= before);
  const since = latest[quiet + 1] ?? latest[0]!;
  const change = before > 0 ? round(now / before - 1, 3) : null;
  return { kind: 'support tickets', before: round(before, 3), now: round(now, 3), change, since: dayOf(since.from) };
}

function npsFell(usage: UsageSeries, at: Instant): WarningSign | null {
  const answers = knownValues(usage, 'nps', at);
  const latest = answers.at(-1);
  const earlier = answers.slice(0, -1);
  if (latest === undefined || earlier.length === 0 || latest.knownAt <= at - 200 * dayMs) return null;
  const before = meanOf(earlier);
  if (latest.v - before > npsFall) return null;
  return { kind: 'NPS fall', before: round(before, 3), now: latest.v, change: null, since: dayOf(latest.from) };
}

function meanOf(values: readonly KnownValue[]): number {
  return values.reduce((sum, { v }) => sum + v, 0) / values.length;
}
