import { medianInterval } from '../../stats/intervals/median-interval.ts';
import { holm } from '../../stats/tests/holm.ts';
import { mannWhitney } from '../../stats/tests/mann-whitney.ts';
import { twoRates } from '../../stats/tests/two-rates.ts';
import { dayMs } from '../features/calendar.ts';
import { roundedRate } from '../rates.ts';
import { round, roundP } from '../round.ts';
import type { Instant, Rate } from '../types.ts';
import { groupBy, quarterOf } from './quarters.ts';
import type { TieredDeal } from './tiered-deals.ts';

/** Deals of one tier, of one quarter or of all. */
export interface TierRow {
  tier: 1 | 2 | 3;
  won: number;
  lost: number;
  open: number;
  /** Won among the closed ones: lost deals are in it. */
  winRate: Rate | null;
  /** Median amount of the won ones. */
  acv: Rate | null;
  /** Days from opening to winning. */
  cycle: (Rate & { p75: number }) | null;
}

export interface TierQuarter {
  quarter: string;
  /** More than a tenth of its deals are still open: its rates will change. */
  unfinished: boolean;
  tiers: readonly TierRow[];
}

export type Verdict = 'as expected' | 'against expectation' | 'cannot tell';

/** Whether a figure moves the way it should; the p-value is Holm-adjusted over all of them. */
export interface Expectation {
  metric: 'win rate' | 'ACV' | 'sales cycle';
  /** `tiers`: tier 1 against the others. `time`: tier 1 in the later quarters against the earlier ones, half a year after opening. */
  across: 'tiers' | 'time';
  expected: 'higher' | 'shorter';
  verdict: Verdict;
  p: number;
}

const tiers = [1, 2, 3] as const;
const fewest = 5;
const settledDays = 182;

/** Win rate, ACV and sales cycle of each tier, over all and by the quarter in which the deals were opened. */
export function measureTiers(
  deals: readonly TieredDeal[],
  asOf: Instant,
): {
  byTier: TierRow[];
  byQuarter: TierQuarter[];
  expectations: Expectation[];
} {
  const dated = deals.filter(({ openedAt }) => openedAt !== null);
  const quarters = groupBy(dated, ({ openedAt }) => quarterOf(openedAt ?? 0));
  const byQuarter = quarters.map(([quarter, own]) => ({
    quarter,
    unfinished: own.filter(({ outcome }) => outcome === 'open').length > own.length / 10,
    tiers: tiers.map((tier) => rowOf(tier, own)),
  }));
  const settled = dated.flatMap((deal) => asOfHalfAYear(deal, asOf));
  const settledQuarters = groupBy(settled, ({ openedAt }) => quarterOf(openedAt ?? 0)).map(([, own]) => own);
  const half = Math.ceil(settledQuarters.length / 2);
  const first = (parts: readonly TieredDeal[][]) => parts.flat().filter(({ tier }) => tier === 1);
  const compared = [
    ...compare(
      'tiers',
      deals.filter(({ tier }) => tier === 1),
      deals.filter(({ tier }) => tier !== 1),
    ),
    ...(settledQuarters.length < 2
      ? []
      : compare('time', first(settledQuarters.slice(half)), first(settledQuarters.slice(0, half)))),
  ];
  const adjusted = holm(compared.map(({ p }) => p));
  const expectations = compared.map(({ isUp, ...rest }, nth): Expectation => {
    const p = adjusted[nth]!;
    const asExpected = isUp === (rest.expected === 'higher');
    return {
      ...rest,
      p: roundP(p),
      verdict: p > 0.05 ? 'cannot tell' : asExpected ? 'as expected' : 'against expectation',
    };
  });
  return { byTier: tiers.map((tier) => rowOf(tier, deals)), byQuarter, expectations };
}

/** A deal as it stood half a year after it was opened, so that old and new ones had as long to end; none for younger ones. */
function asOfHalfAYear(deal: TieredDeal, asOf: Instant): TieredDeal[] {
  if (deal.openedAt === null || deal.openedAt > asOf - settledDays * dayMs) return [];
  const isLate = deal.cycleDays !== null && deal.cycleDays > settledDays;
  return [isLate ? { ...deal, outcome: 'open', cycleDays: null } : deal];
}

function rowOf(tier: 1 | 2 | 3, deals: readonly TieredDeal[]): TierRow {
  const own = deals.filter((deal) => deal.tier === tier);
  const count = (outcome: TieredDeal['outcome']) => own.filter((deal) => deal.outcome === outcome).length;
  const [won, lost, open] = [count('won'), count('lost'), count('open')];
  const days = cyclesOf(own);
  const cycle = medianOf(days, 1);
  return {
    ...{ tier, won, lost, open },
    winRate: roundedRate(won, won + lost),
    acv: medianOf(amountsOf(own), 0),
    cycle: cycle === null ? null : { ...cycle, p75: round(upperQuartile(days), 1) },
  };
}

function compare(across: Expectation['across'], own: readonly TieredDeal[], others: readonly TieredDeal[]) {
  const closed = (deals: readonly TieredDeal[]) => deals.filter(({ outcome }) => outcome !== 'open');
  const wins = (deals: readonly TieredDeal[]) => deals.filter(({ outcome }) => outcome === 'won').length;
  const [a, b] = [closed(own), closed(others)];
  const rates = a.length < fewest || b.length < fewest ? null : twoRates(wins(a), a.length, wins(b), b.length);
  const ranked = (read: (deals: readonly TieredDeal[]) => number[]) => {
    const [left, right] = [read(own), read(others)];
    if (left.length < fewest || right.length < fewest) return { p: 1, isUp: false };
    const { chance, p } = mannWhitney(left, right);
    return { p, isUp: chance > 0.5 };
  };
  const words = (metric: Expectation['metric'], expected: Expectation['expected']) => ({ metric, across, expected });
  return [
    { ...words('win rate', 'higher'), p: rates?.p ?? 1, isUp: (rates?.v ?? 0) > 0 },
    { ...words('ACV', 'higher'), ...ranked(amountsOf) },
    { ...words('sales cycle', 'shorter'), ...ranked(cyclesOf) },
  ];
}

function amountsOf(deals: readonly TieredDeal[]): number[] {
  return deals.flatMap(({ outcome, amount }) => (outcome === 'won' && amount !== null ? [amount] : []));
}

function cyclesOf(deals: readonly TieredDeal[]): number[] {
  return deals.flatMap(({ outcome, cycleDays }) => (outcome === 'won' && cycleDays !== null ? [cycleDays] : []));
}

function medianOf(values: readonly number[], decimals: number): Rate | null {
  if (values.length === 0) return null;
  const { v, low, high, n } = medianInterval(values);
  return { v: round(v, decimals), low: round(low, decimals), high: round(high, decimals), n };
}

function upperQuartile(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = 0.75 * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return low + (at % 1) * (sorted[Math.ceil(at)]! - low);
}
