import { logLoss } from '../../stats/models/log-loss.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { round } from '../round.ts';
import type { Rate } from '../types.ts';
import { ablateExpansion, type ExpansionAblation } from './ablate-expansion.ts';
import { boardOfStage, type Leaderboard, type Versions } from './board-of-stage.ts';
import { type ForecastOrigin, forecastLater, type LaterForecasts } from './later-forecasts.ts';
import { rankContestants } from './leaderboard.ts';
import { type ToldForecasts, toldForecasts } from './told-forecasts.ts';

export interface BacktestOptions extends Partial<Versions> {
  forecasts?: LaterForecasts | null;
}

/** One table, and how it did on the accounts that came after it. */
export interface BacktestOrigin extends ForecastOrigin {
  tested: number;
  wonAmongTested: number;
  /** `null` where those tested all ended alike. */
  auc: Rate | null;
  logLoss: number | null;
  /** What the win rate known at the origin would have got. */
  baseLogLoss: number | null;
}

export interface BacktestFindings {
  origins: readonly BacktestOrigin[];
  /** Said plainly: how it was made sure that nothing was tested on what it was fitted on. */
  held: string;
  leaderboards: readonly Leaderboard[];
  ablation: ExpansionAblation | null;
  /** What is missing where there is no board, as a sentence without its full stop. */
  missing: string | null;
}

/**
 * Who would have known best: tables learnt on earlier accounts judged on later ones, and every past version and the
 * written ICP beside them on the same accounts.
 *
 * These are the accounts newer than what as many versions as possible were learnt from; a version that was learnt after the
 * first of them was touched is shown without a rank, and the champion is then judged through tables learnt the same way at
 * earlier times. Winning takes a year to tell, so that younger versions are judged on acceptance and qualification as well,
 * which are told sooner.
 */
export function backtest(
  set: AnalysisSet,
  { past = [], inForce = null, hypothesis = null, forecasts = forecastLater(set) }: BacktestOptions = {},
): BacktestFindings {
  if (forecasts === null) {
    const missing = `${set.training.counts.won} won and ${set.training.counts.lost} lost so far, too few to learn from the earlier and judge on the later ones`;
    return { origins: [], held: '', leaderboards: [], ablation: null, missing };
  }
  const told = toldForecasts(set, forecasts);
  const versions = { past, inForce, hypothesis };
  const boards = [
    boardOfStage(set, 'won', told, versions),
    ...(past.length === 0
      ? []
      : (['qualified', 'accepted'] as const).map((stage) =>
          boardOfStage(set, stage, toldForecasts(set, forecasts, stage), versions),
        )),
  ];
  return {
    origins: forecasts.origins.map((origin, nth) => judgeOrigin(origin, told, nth)),
    held:
      forecasts.labels === 'then'
        ? 'each table was learnt only on accounts touched before those it is judged on, and only on what had happened by then: the test was not used to fit'
        : 'each table was learnt only on accounts that came before those it is judged on, with what became of them since: the test was not used to fit',
    leaderboards: boards.filter((board) => board !== null),
    ablation: ablateExpansion(set, forecasts),
    missing: null,
  };
}

function judgeOrigin(origin: ForecastOrigin, told: ToldForecasts, nth: number): BacktestOrigin {
  const own = [...told.origin.keys()].filter((at) => told.origin[at] === nth);
  const outcome = own.map((at) => told.outcome[at]!);
  const events = outcome.reduce((sum, value) => sum + value, 0);
  const probability = own.map((at) => told.probability[at]!);
  const mixed = events > 0 && events < own.length;
  const [ranked] = mixed
    ? rankContestants(outcome, [
        { name: 'table', kind: 'champion', version: null, sawTest: false, order: probability, probability },
      ])
    : [];
  return {
    ...origin,
    tested: own.length,
    wonAmongTested: events,
    auc: ranked?.auc ?? null,
    logLoss: mixed ? round(logLoss(outcome, probability), 5) : null,
    baseLogLoss: mixed
      ? round(
          logLoss(
            outcome,
            own.map((at) => told.baseRate[at]!),
          ),
          5,
        )
      : null,
  };
}
