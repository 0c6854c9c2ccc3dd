import { aucInterval } from '../stats/intervals/auc-interval.ts';
import { bootstrapMean } from '../stats/intervals/bootstrap-mean.ts';
import { affineCalibration } from '../stats/models/affine-calibration.ts';
import { calibrationError } from '../stats/models/calibration-error.ts';
import { logLossEach } from '../stats/models/log-loss.ts';
import { logit } from '../stats/models/logistic.ts';
import { topLift } from '../stats/models/top-lift.ts';
import { createRandom } from '../stats/random.ts';
import { learnTable } from './fit-learn.ts';
import { pickTable } from './fit-learnt.ts';
import type { KnownChoices } from './fit-levers.ts';
import { predictTable } from './fit-predict.ts';
import type { TableOptions } from './fit-table.ts';
import { agedWeights } from './fit-with-choices.ts';
import type { OutOfTime } from './model.ts';
import { round } from './round.ts';
import type { TrainingSet } from './training-set.ts';

/** The later three fifths of the rows, in three blocks; each is forecast by a table learnt on all rows before it. */
const blockEnds = [0.4, 0.6, 0.8, 1];
/** Choices that were made on this many rows stand for the later blocks too. */
const enoughToChoose = 1000;

/**
 * What tables of this kind reach on accounts that came later than those they were learnt on.
 *
 * Choices are made on rows before the block (anew for each block in small books), and it is the published integers that forecast. They are compared with
 * the base rate of the rows before the block, or with that rate aged as the table ages its rows, whichever did better: a
 * table that only noticed that times have changed has predicted nothing.
 */
export function measureOutOfTime(
  set: TrainingSet,
  options: TableOptions & { k: number; seed: number; onBlock?: (done: number) => void },
): OutOfTime | null {
  const told = [...set.fit.reached.won.keys()].filter((row) => set.fit.reached.won[row] !== null);
  const outcome: number[] = [];
  const forecast: number[] = [];
  const plainBase: number[] = [];
  const agedBase: number[] = [];
  let known: KnownChoices | undefined;
  for (const [block, end] of blockEnds.slice(1).entries()) {
    const cut = Math.round(blockEnds[block]! * told.length);
    const rows = told.slice(cut, Math.round(end * told.length));
    const before = told.slice(0, cut).map((row) => set.fit.reached.won[row] ?? 0);
    if (rows.length === 0 || !before.includes(1) || !before.includes(0)) continue;
    const learnt = learnTable(firstRows(set, rows[0]!), {
      ...options,
      scaled: false,
      wanted: ['accepted', 'qualified', 'won'],
      ...(known === undefined ? {} : { known }),
    });
    if (cut >= enoughToChoose) known = learnt.chosen;
    forecast.push(...predictTable(learnt.table, pickTable(set.fit.table, rows)).probability.won);
    outcome.push(...rows.map((row) => set.fit.reached.won[row] ?? 0));
    const plain = agedRate(before, null);
    const aged = agedRate(before, learnt.chosen.levers.won?.choices.halfLife ?? null);
    plainBase.push(...rows.map(() => plain));
    agedBase.push(...rows.map(() => aged));
    options.onBlock?.(block + 1);
  }
  if (!outcome.includes(1) || !outcome.includes(0)) return null;
  const losses = [plainBase, agedBase].map((base) => logLossEach(outcome, base));
  const [plain, agedLoss] = [losses[0]!, losses[1]!];
  const base = mean(agedLoss) < mean(plain) ? agedLoss : plain;
  const own = logLossEach(outcome, forecast);
  const gain = bootstrapMean(
    base.map((loss, row) => loss - own[row]!),
    createRandom(options.seed),
  );
  const { v, low, high } = aucInterval(outcome, forecast);
  const n = outcome.length;
  const firstTested = told[Math.round(blockEnds[0]! * told.length)];
  return {
    from: set.timeKind === 'dates' && firstTested !== undefined ? (set.fit.touchedAt[firstTested] ?? null) : null,
    n,
    events: outcome.reduce((sum, value) => sum + value, 0),
    logLoss: round(mean(own), 6),
    baseLogLoss: round(mean(base), 6),
    gain: { v: round(gain.v, 6), low: round(gain.low, 6), high: round(gain.high, 6), n },
    auc: { v: round(v, 6), low: round(low, 6), high: round(high, 6), n },
    topDecileLift: round(topLift(outcome, forecast), 6),
    calibrationSlope: round(affineCalibration(outcome, forecast.map(logit), 1).slope, 6),
    expectedCalibrationError: round(calibrationError(outcome, forecast), 6),
  };
}

/** The rate of an outcome when older rows count less; see `LeverChoices.halfLife`. */
function agedRate(outcome: readonly number[], halfLife: number | null): number {
  const weights = agedWeights(outcome.length, halfLife);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return outcome.reduce((sum, value, row) => sum + value * weights[row]!, 0) / all;
}

/** What was known of the set before this row was touched: no timing, no churn, points against those touched. */
function firstRows(set: TrainingSet, row: number): TrainingSet {
  const table = {
    features: set.fit.table.features,
    accountIds: set.fit.table.accountIds.slice(0, row),
    columns: set.fit.table.columns.map((column) => column.slice(0, row)),
  };
  const none = { features: [], accountIds: [], columns: [] };
  const { accepted, qualified, won, expanded } = set.fit.reached;
  return {
    ...set,
    fit: {
      table,
      touchedAt: set.fit.touchedAt.slice(0, row),
      reached: {
        accepted: accepted.slice(0, row),
        qualified: qualified.slice(0, row),
        won: won.slice(0, row),
        expanded: expanded.slice(0, row),
      },
      churned: table.accountIds.map(() => null),
    },
    timing: { table: none, fitRow: [], landmarkAt: [], won: [] },
    reference: none,
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
