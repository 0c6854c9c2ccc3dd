import type { AnalysisSet } from '../analysis-set.ts';
import { roundedRate } from '../rates.ts';
import type { Instant, Rate } from '../types.ts';
import { type AccuracyPoint, accuracyOverTime } from './accuracy-over-time.ts';
import { forecastLater, type LaterForecasts } from './later-forecasts.ts';
import { type Expectation, measureTiers, type TierQuarter, type TierRow } from './tier-metrics.ts';
import {
  type ConversionCoverage,
  conversionBySource,
  coverConversions,
  coverPipeline,
  type PipelineCoverage,
  shareOfTam,
  type TamShare,
  tiersToday,
  usualTamBand,
} from './tier-reach.ts';
import { tieredDeals, tierOfAccounts } from './tiered-deals.ts';
import { type ToldForecasts, toldForecasts } from './told-forecasts.ts';

export interface ImpactOptions {
  forecasts?: LaterForecasts | null;
  /** How much of the market tier 1 should be. */
  tamBand?: TamShare['band'];
  /** What each tier is to bring in a quarter; without it, the average quarter of the last four. */
  targets?: Readonly<Record<1 | 2 | 3, number>> | null;
}

/** What the tier 1 cut gets wrong, among accounts whose outcome is told. */
export interface TierOneErrors {
  wonInTier1: number;
  notWonInTier1: number;
  wonElsewhere: number;
  notWonElsewhere: number;
  /** Not won, and yet tier 1, of all that were not won. */
  falsePositive: Rate | null;
  /** Won, and yet not tier 1, of all that were won. */
  falseNegative: Rate | null;
  precision: Rate | null;
}

/** The nine impact metrics. All but the two about today read the tier of the day before the first touch. */
export interface ImpactFindings {
  /** First touch of the first account that has a tier of before; accounts before it have none. */
  since: Instant | null;
  accounts: number;
  withoutTier: number;
  byTier: readonly TierRow[];
  byQuarter: readonly TierQuarter[];
  expectations: readonly Expectation[];
  tam: TamShare | null;
  pipeline: PipelineCoverage;
  sources: readonly { source: string; tiers: readonly { tier: 1 | 2 | 3; rate: Rate | null; few: boolean }[] }[];
  weeks: readonly AccuracyPoint[];
  quarters: readonly AccuracyPoint[];
  errors: TierOneErrors | null;
  conversions: ConversionCoverage | null;
  /** What is missing where no account has a tier of before, as a sentence without its full stop. */
  missing: string | null;
}

/**
 * What the tiers are good for, in nine figures, each with its support.
 *
 * A tier is what a table learnt earlier said of an account the day before its first touch, so nobody is judged by a table
 * that has seen how it ended. Only the share of the market and the open pipeline are about today and read the table in
 * force. Lost deals are in every win rate.
 */
export function measureImpact(
  set: AnalysisSet,
  { forecasts = forecastLater(set), tamBand = usualTamBand, targets = null }: ImpactOptions = {},
): ImpactFindings {
  const { training, accounts } = set;
  const today = tiersToday(set);
  const now = {
    tam: shareOfTam(today.tam, tamBand),
    pipeline: coverPipeline(set, today.everyone, targets),
  };
  if (forecasts === null) {
    return {
      ...{ since: null, accounts: 0, withoutTier: accounts.length, byTier: [], byQuarter: [], expectations: [] },
      ...{ ...now, sources: [], weeks: [], quarters: [], errors: null, conversions: null },
      missing: `no account has a tier from before its first touch: ${training.counts.won} won and ${training.counts.lost} lost are too few to learn from the earlier and judge the later ones`,
    };
  }
  const told = toldForecasts(set, forecasts);
  const before = tierOfAccounts(set, forecasts);
  const first = forecasts.rows[0];
  return {
    since: training.timeKind === 'dates' && first !== undefined ? (training.fit.touchedAt[first] ?? null) : null,
    accounts: before.size,
    withoutTier: accounts.length - before.size,
    ...measureTiers(tieredDeals(set, forecasts), training.asOf),
    ...now,
    sources: conversionBySource(accounts, told, training.fit.table.accountIds),
    ...accuracyOverTime(set, told),
    errors: errorsOf(told),
    conversions: coverConversions(set, before),
    missing: null,
  };
}

function errorsOf({ outcome, tier }: ToldForecasts): TierOneErrors {
  const count = (won: 0 | 1, inTier1: boolean) =>
    [...outcome.keys()].filter((at) => outcome[at] === won && (tier[at] === 1) === inTier1).length;
  const [wonInTier1, notWonInTier1] = [count(1, true), count(0, true)];
  const [wonElsewhere, notWonElsewhere] = [count(1, false), count(0, false)];
  return {
    ...{ wonInTier1, notWonInTier1, wonElsewhere, notWonElsewhere },
    falsePositive: roundedRate(notWonInTier1, notWonInTier1 + notWonElsewhere),
    falseNegative: roundedRate(wonElsewhere, wonElsewhere + wonInTier1),
    precision: roundedRate(wonInTier1, wonInTier1 + notWonInTier1),
  };
}
