import { aucDifference } from '../../stats/tests/auc-difference.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { pickTable } from '../fit-learnt.ts';
import type { IcpModel } from '../model.ts';
import { roundedRate } from '../rates.ts';
import { round, roundP } from '../round.ts';
import type { Rate } from '../types.ts';
import { forecastLater, type LaterForecasts } from './later-forecasts.ts';
import { scoreRowsOf } from './score-rows.ts';
import { toldForecasts } from './told-forecasts.ts';

export interface ScoringComparison {
  n: number;
  events: number;
  /** Won by band of ten points, under the old scoring and the new; `null` where nobody is. */
  bands: readonly { from: number; to: number; old: Rate | null; learned: Rate | null }[];
  /** How often a higher band was won less often than the one below it, of bands with at least ten accounts. */
  disorder: { old: number; learned: number };
  /** AUC, new minus old. */
  difference: { v: number; low: number; high: number; p: number };
  /** Accounts whose two scores lie furthest apart, of those forecast. */
  furthest: readonly { id: string; name: string; old: number; learned: number }[];
}

const mostNamed = 20;

/**
 * The old way of scoring (a sum of points by hand) beside the learnt one, on accounts that neither had seen.
 *
 * `null` where nothing was forecast, or all ended alike.
 */
export function compareScorings(
  set: AnalysisSet,
  old: IcpModel,
  forecasts: LaterForecasts | null = forecastLater(set),
): ScoringComparison | null {
  if (forecasts === null) return null;
  const told = toldForecasts(set, forecasts);
  const n = told.outcome.length;
  if (told.events < 2 || n - told.events < 2) return null;
  const { table } = set.training.fit;
  const before = scoreRowsOf(old, pickTable(table, forecasts.rows)).score;
  const oldTold = told.at.map((at) => before[at]!);
  const inBand = (score: ArrayLike<number>, from: number, to: number) => {
    const own = [...told.outcome.keys()].filter((at) => score[at]! >= from && (score[at]! < to || to === 100));
    return roundedRate(own.filter((at) => told.outcome[at] === 1).length, own.length);
  };
  const bands = Array.from({ length: 10 }, (_, nth) => ({
    ...{ from: 10 * nth, to: 10 * nth + 10 },
    old: inBand(oldTold, 10 * nth, 10 * nth + 10),
    learned: inBand(told.score, 10 * nth, 10 * nth + 10),
  }));
  const difference = aucDifference(told.outcome, told.score, oldTold);
  const names = new Map(set.accounts.map(({ id, name }) => [id, name]));
  const furthest = [...forecasts.rows.keys()]
    .map((at) => ({ id: table.accountIds[forecasts.rows[at]!]!, old: before[at]!, learned: forecasts.score[at]! }))
    .sort((a, b) => Math.abs(b.learned - b.old) - Math.abs(a.learned - a.old) || (a.id < b.id ? -1 : 1))
    .slice(0, mostNamed);
  return {
    ...{ n, events: told.events, bands },
    disorder: {
      old: disorderOf(bands.map((band) => band.old)),
      learned: disorderOf(bands.map((band) => band.learned)),
    },
    difference: {
      ...{ v: round(difference.v, 4), low: round(difference.low, 4), high: round(difference.high, 4) },
      p: roundP(difference.p),
    },
    furthest: furthest.map((each) => ({ ...each, name: names.get(each.id) ?? each.id })),
  };
}

function disorderOf(rates: readonly (Rate | null)[]): number {
  const enough = rates.flatMap((rate) => (rate === null || rate.n < 10 ? [] : [rate.v]));
  return enough.filter((v, at) => at > 0 && v < enough[at - 1]!).length;
}
