import { logLoss } from '../../stats/models/log-loss.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { dayMs } from '../features/calendar.ts';
import { pickTable } from '../fit-learnt.ts';
import type { IcpModel } from '../model.ts';
import { round } from '../round.ts';
import type { Instant, Rate, Stage } from '../types.ts';
import { ablateExpansion, type ExpansionAblation } from './ablate-expansion.ts';
import { type ForecastOrigin, forecastLater, type LaterForecasts } from './later-forecasts.ts';
import { type Contestant, type Ranked, rankContestants } from './leaderboard.ts';
import { scoreRowsOf } from './score-rows.ts';
import { type ToldForecasts, toldForecasts } from './told-forecasts.ts';

export interface BacktestOptions {
  /** Every version that was ever active, each as it stood. */
  past?: readonly { version: number; model: IcpModel }[];
  /** A written ICP, as points. */
  hypothesis?: IcpModel | null;
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

export interface Leaderboard {
  /** What was to be foreseen. */
  stage: Stage;
  from: Instant | null;
  to: Instant | null;
  n: number;
  events: number;
  /** Best first; those that learnt from some of these accounts come last and have no rank. */
  rows: readonly Ranked[];
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

/** How far back the fresh window of the quick stages goes: past versions are seldom older. */
const freshDays = 270;
const fewestEvents = 10;

/**
 * Who would have known best: tables learnt on earlier accounts judged on later ones, and every past version and the
 * written ICP beside them on the same accounts.
 *
 * The champion is judged through tables learnt the same way at earlier times, never as it stands: it has seen these
 * accounts. A past version that was learnt after the first of them was touched is shown without a rank. Winning takes a year to
 * tell, so that younger versions are judged on acceptance and qualification as well, which are told sooner.
 */
export function backtest(
  set: AnalysisSet,
  { past = [], hypothesis = null, forecasts = forecastLater(set) }: BacktestOptions = {},
): BacktestFindings {
  if (forecasts === null) {
    const missing = `${set.training.counts.won} won and ${set.training.counts.lost} lost so far, too few to learn from the earlier and judge on the later ones`;
    return { origins: [], held: '', leaderboards: [], ablation: null, missing };
  }
  const told = toldForecasts(set, forecasts);
  const fresh = (stage: Stage) => freshOf(set, toldForecasts(set, forecasts, stage));
  const boards = [
    boardOf(set, 'won', told, past, hypothesis),
    ...(past.length === 0
      ? []
      : (['qualified', 'accepted'] as const).map((stage) => boardOf(set, stage, fresh(stage), past, hypothesis))),
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

function boardOf(
  set: AnalysisSet,
  stage: Stage,
  told: ToldForecasts,
  past: readonly { version: number; model: IcpModel }[],
  hypothesis: IcpModel | null,
): Leaderboard | null {
  const n = told.outcome.length;
  if (told.events < fewestEvents || n - told.events < fewestEvents) return null;
  const rows = pickTable(set.training.fit.table, told.rows);
  const contestant = (model: IcpModel, words: Omit<Contestant, 'order' | 'probability'>): Contestant => {
    const { score, probability } = scoreRowsOf(model, rows);
    const knows = model.levers[stage].estimable;
    return {
      ...words,
      order: Array.from(knows ? probability[stage] : score),
      probability: knows ? Array.from(probability[stage]) : null,
    };
  };
  const probability = Array.from(told.probability);
  const champion: Contestant = {
    ...{ name: 'the table in force, learnt the same way at earlier times', kind: 'champion', version: null },
    ...{ sawTest: false, order: probability, probability },
  };
  const versions = past.map(({ version, model }) =>
    contestant(model, {
      ...{ name: `version ${version}`, kind: model.kind === 'points' ? 'written' : 'past', version },
      sawTest: model.kind === 'learned' && (told.from === null || model.asOf > told.from),
    }),
  );
  const written =
    hypothesis === null
      ? []
      : [contestant(hypothesis, { name: 'the written ICP', kind: 'written', version: null, sawTest: false })];
  return {
    ...{ stage, from: told.from, to: told.to, n, events: told.events },
    rows: rankContestants(told.outcome, [champion, ...versions, ...written]),
  };
}

/** Those touched in the last nine months. */
function freshOf({ training }: AnalysisSet, told: ToldForecasts): ToldForecasts {
  if (training.timeKind !== 'dates') return told;
  const since = training.asOf - freshDays * dayMs;
  const first = told.rows.findIndex((row) => training.fit.touchedAt[row]! >= since);
  const kept = first < 0 ? told.rows.length : first;
  const outcome = told.outcome.slice(kept);
  const rows = told.rows.slice(kept);
  return {
    ...{ at: told.at.slice(kept), rows, outcome, probability: told.probability.slice(kept) },
    ...{ score: told.score.slice(kept), tier: told.tier.slice(kept), origin: told.origin.slice(kept) },
    baseRate: told.baseRate.slice(kept),
    events: outcome.reduce((sum, value) => sum + value, 0),
    from: rows[0] === undefined ? null : training.fit.touchedAt[rows[0]]!,
    to: told.to,
  };
}
