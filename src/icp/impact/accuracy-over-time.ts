import { aucInterval } from '../../stats/intervals/auc-interval.ts';
import { brierScore } from '../../stats/models/brier.ts';
import { logLoss } from '../../stats/models/log-loss.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { dayOf } from '../features/calendar.ts';
import { roundedRate } from '../rates.ts';
import { round } from '../round.ts';
import type { Rate } from '../types.ts';
import { groupBy, quarterOf, weekOf } from './quarters.ts';
import type { ToldForecasts } from './told-forecasts.ts';

/** How good forecasts of one stretch of time were. */
export interface AccuracyPoint {
  /** A quarter, or the Monday of a week. */
  period: string;
  /** Won of those forecast. */
  happened: Rate;
  /** Mean probability that was said. */
  said: number;
  logLoss: number;
  baseLogLoss: number;
  brier: number;
  /** `null` with fewer than five of either outcome. */
  auc: Rate | null;
}

const mostWeeks = 104;
const fewest = 5;

/** Forecasts by the week and the quarter in which the account was first touched; empty where there are no dates. */
export function accuracyOverTime(
  { training }: AnalysisSet,
  told: ToldForecasts,
): { weeks: AccuracyPoint[]; quarters: AccuracyPoint[] } {
  if (training.timeKind !== 'dates') return { weeks: [], quarters: [] };
  const everyone = [...told.outcome.keys()];
  const touched = (at: number) => training.fit.touchedAt[told.rows[at]!]!;
  const series = (nameOf: (at: number) => string) =>
    groupBy(everyone, nameOf).map(([period, own]) => pointOf(told, period, own));
  return {
    weeks: series((at) => dayOf(weekOf(touched(at)))).slice(-mostWeeks),
    quarters: series((at) => quarterOf(touched(at))),
  };
}

function pointOf(told: ToldForecasts, period: string, own: readonly number[]): AccuracyPoint {
  const outcome = own.map((at) => told.outcome[at]!);
  const probability = own.map((at) => told.probability[at]!);
  const events = outcome.reduce((sum, value) => sum + value, 0);
  const { v, low, high } =
    events < fewest || own.length - events < fewest ? { v: null, low: 0, high: 0 } : aucInterval(outcome, probability);
  return {
    period,
    happened: roundedRate(events, own.length)!,
    said: round(probability.reduce((sum, value) => sum + value, 0) / own.length, 4),
    logLoss: round(logLoss(outcome, probability), 4),
    baseLogLoss: round(
      logLoss(
        outcome,
        own.map((at) => told.baseRate[at]!),
      ),
      4,
    ),
    brier: round(brierScore(outcome, probability), 4),
    auc: v === null ? null : { v: round(v, 3), low: round(low, 3), high: round(high, 3), n: own.length },
  };
}
