import { dayMs } from '../features/calendar.ts';
import { round } from '../round.ts';
import type { Instant } from '../types.ts';
import { knownValues, meanOver, type UsageSeries } from './usage-series.ts';

export const growthKinds = ['hitting plan limits', 'usage growth', 'power users added', 'positive NPS'] as const;
export type GrowthKind = (typeof growthKinds)[number];

/** A sign of growth: what it was, what it is. */
export interface GrowthSign {
  kind: GrowthKind;
  before: number | null;
  now: number;
  /** `now` against `before` as a share, `null` where that says nothing. */
  change: number | null;
}

const quarterMs = 88 * dayMs;
/** Two periods of a month, wherever in a month the snapshot falls. */
const twoMonthsMs = 58 * dayMs;
const growthFrom = 0.2;
const atLimitFrom = 0.9;
const promoterFrom = 30;

/**
 * The named signs of growth at a customer, as of an instant, in the order of `growthKinds`.
 *
 * - *hitting plan limits*: nine tenths and more of the plan's limits, or of the seats bought, in the last two periods
 * - *usage growth*: active users of the last three months at least 20 % above the three before
 * - *power users added*: two and more, on the same comparison
 * - *positive NPS*: the latest answer, not older than 200 days, at 30 or above
 */
export function growthSigns(usage: UsageSeries, at: Instant): GrowthSign[] {
  const found: GrowthSign[] = [];
  const limit = highest([
    meanOver(usage, 'limit_share', at - twoMonthsMs, at),
    meanOver(usage, 'seats_used', at - twoMonthsMs, at) / meanOver(usage, 'seats_bought', at - twoMonthsMs, at),
  ]);
  if (limit >= atLimitFrom)
    found.push({ kind: 'hitting plan limits', before: null, now: round(limit, 3), change: null });
  const active = quarters(usage, 'active_users', at);
  if (active.before >= 3 && active.now / active.before - 1 >= growthFrom) {
    found.push({ kind: 'usage growth', ...rounded(active), change: round(active.now / active.before - 1, 3) });
  }
  const power = quarters(usage, 'power_users', at);
  if (power.now - power.before >= 2) found.push({ kind: 'power users added', ...rounded(power), change: null });
  const answer = knownValues(usage, 'nps', at).at(-1);
  if (answer !== undefined && answer.knownAt > at - 200 * dayMs && answer.v >= promoterFrom) {
    found.push({ kind: 'positive NPS', before: null, now: answer.v, change: null });
  }
  return found;
}

const offers: Readonly<Record<GrowthKind, string>> = {
  'hitting plan limits': 'offer more seats or the next plan, before the limit stops somebody',
  'usage growth': 'ask which teams have come on board, and offer them a plan of their own',
  'power users added': 'show the new power users what the next plan adds',
  'positive NPS': 'ask for a referral, and who else in the company could use it',
};

/**
 * What to offer a customer that may grow: what its first sign suggests.
 *
 * @example suggestOffer([{ kind: 'positive NPS' }]); // => 'ask for a referral, and who else in the company could use it'
 */
export function suggestOffer(signs: readonly Pick<GrowthSign, 'kind'>[]): string {
  const first = growthKinds.find((kind) => signs.some((sign) => sign.kind === kind));
  return first === undefined ? 'ask what they want to reach this year' : offers[first];
}

/** Means of the last three months and of the three before; `NaN`, which no comparison holds for, where nobody knows. */
function quarters(usage: UsageSeries, metric: string, at: Instant): { before: number; now: number } {
  return {
    before: meanOver(usage, metric, at - 2 * quarterMs, at - quarterMs, 2),
    now: meanOver(usage, metric, at - quarterMs, at, 2),
  };
}

function highest(values: readonly number[]): number {
  return values.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, value)), Number.NEGATIVE_INFINITY);
}

function rounded({ before, now }: { before: number; now: number }): { before: number; now: number } {
  return { before: round(before, 3), now: round(now, 3) };
}
