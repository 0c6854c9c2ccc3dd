import { aucDifference } from '../../stats/tests/auc-difference.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { pickTable } from '../fit-learnt.ts';
import type { IcpModel } from '../model.ts';
import { roundedRate } from '../rates.ts';
import { round, roundP } from '../round.ts';
import type { FeatureTable, Instant, Rate, Stage } from '../types.ts';
import { forecastLater, type LaterForecasts } from './later-forecasts.ts';
import { newerThanMost } from './newer-rows.ts';
import { scoreRowsOf } from './score-rows.ts';
import { type ToldForecasts, toldForecasts } from './told-forecasts.ts';

export interface ScoringComparison {
  /** What was to be foreseen; absent in what was found before it was kept, which was about winning. */
  stage?: Stage;
  /** First touch of the first and the last of the accounts; `null` where the source has only an order. */
  from?: Instant | null;
  to?: Instant | null;
  /** Whether the old scoring was learnt from some of these accounts, which flatters it. */
  sawTest?: boolean;
  /** Criteria of the old scoring that are not known of an account before its first touch, and so count for nothing here. */
  unread?: readonly string[];
  n: number;
  events: number;
  /** Reached it by band of ten points, under the old scoring and the new; `null` where nobody is. */
  bands: readonly {
    from: number;
    to: number;
    old: Rate | null;
    learned: Rate | null;
    /** Mean chance that was said; `null` where nobody is, or where the scoring says none. */
    said?: { old: number | null; learned: number | null };
  }[];
  /** How often a higher band was won less often than the one below it, of bands with at least ten accounts. */
  disorder: { old: number; learned: number };
  /** AUC, new minus old. */
  difference: { v: number; low: number; high: number; p: number };
  /** Accounts whose two scores lie furthest apart, of those forecast. */
  furthest: readonly { id: string; name: string; old: number; learned: number }[];
}

const mostNamed = 20;

/**
 * The old way of scoring beside the learnt one, on accounts that neither had seen: a sum of points by hand on all later
 * accounts, an earlier version on those newer than what it was learnt from, by the latest stage that enough of them tell.
 * Where too few are newer, an earlier version is judged on accounts that it has seen, and `sawTest` says so.
 *
 * The learnt one is judged through tables learnt at earlier times. `null` where nothing was forecast, or all ended alike.
 */
export function compareScorings(
  set: AnalysisSet,
  old: IcpModel,
  forecasts: LaterForecasts | null = forecastLater(set),
): ScoringComparison | null {
  if (forecasts === null) return null;
  const { stage, told, sawTest } = judgedOn(set, old, forecasts);
  const n = told.outcome.length;
  if (told.events < 2 || n - told.events < 2) return null;
  const { table } = set.training.fit;
  const { score: before, probability } = scoreRowsOf(old, pickTable(table, forecasts.rows));
  const oldTold = told.at.map((at) => before[at]!);
  const oldSaid = old.levers[stage].estimable ? told.at.map((at) => probability[stage][at]!) : null;
  const bandOf = (score: ArrayLike<number>, said: ArrayLike<number> | null, from: number) => {
    const own = [...told.outcome.keys()].filter((at) => score[at]! >= from && (score[at]! < from + 10 || from === 90));
    const sum = own.reduce((total, at) => total + (said?.[at] ?? 0), 0);
    return {
      happened: roundedRate(own.filter((at) => told.outcome[at] === 1).length, own.length),
      said: said === null || own.length === 0 ? null : round(sum / own.length, 4),
    };
  };
  const bands = Array.from({ length: 10 }, (_, nth) => {
    const [was, is] = [bandOf(oldTold, oldSaid, 10 * nth), bandOf(told.score, told.probability, 10 * nth)];
    return {
      ...{ from: 10 * nth, to: 10 * nth + 10, old: was.happened, learned: is.happened },
      said: { old: was.said, learned: is.said },
    };
  });
  const difference = aucDifference(told.outcome, told.score, oldTold);
  const names = new Map(set.accounts.map(({ id, name }) => [id, name]));
  const furthest = [...forecasts.rows.keys()]
    .map((at) => ({ id: table.accountIds[forecasts.rows[at]!]!, old: before[at]!, learned: forecasts.score[at]! }))
    .sort((a, b) => Math.abs(b.learned - b.old) - Math.abs(a.learned - a.old) || (a.id < b.id ? -1 : 1))
    .slice(0, mostNamed);
  return {
    ...{ stage, from: told.from, to: told.to, sawTest, unread: unreadOf(old, table) },
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

function judgedOn(
  set: AnalysisSet,
  { kind, asOf }: IcpModel,
  forecasts: LaterForecasts,
): { stage: Stage; told: ToldForecasts; sawTest: boolean } {
  const won = toldForecasts(set, forecasts);
  if (kind === 'points') return { stage: 'won', told: won, sawTest: false };
  for (const stage of ['won', 'qualified', 'accepted'] as const) {
    const { rows } = newerThanMost(set, toldForecasts(set, forecasts, stage), [asOf]);
    if (rows !== null) return { stage, told: rows, sawTest: false };
  }
  return { stage: 'won', told: won, sawTest: true };
}

function unreadOf({ criteria, derived = [] }: IcpModel, { features }: FeatureTable): string[] {
  const known = new Set(features.map(({ key }) => key));
  const isKnown = (key: string) =>
    known.has(key) || (derived.find((flag) => flag.key === key)?.of.some((each) => known.has(each)) ?? false);
  return criteria.filter(({ key }) => !isKnown(key)).map(({ label }) => label);
}

function disorderOf(rates: readonly (Rate | null)[]): number {
  const enough = rates.flatMap((rate) => (rate === null || rate.n < 10 ? [] : [rate.v]));
  return enough.filter((v, at) => at > 0 && v < enough[at - 1]!).length;
}
