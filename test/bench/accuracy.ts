import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { learnTable } from '../../src/icp/fit-learn.ts';
import { fitIcpModel } from '../../src/icp/fit-model.ts';
import { predictTable } from '../../src/icp/fit-predict.ts';
import { areaUnderCurve } from '../../src/stats/models/auc.ts';
import { calibrationError } from '../../src/stats/models/calibration-error.ts';
import { logLoss } from '../../src/stats/models/log-loss.ts';
import { topLift } from '../../src/stats/models/top-lift.ts';
import { createRandom } from '../../src/stats/random.ts';
import { aucDifference, type Difference, logLossDifference } from './paired.ts';
import { type Kind, readSaid, runStandardModels, type StandardModel, standardModels } from './standard-models.ts';
import { readTask, rowsOf, sharedFolder, type Task, taskNames, trainingSetOf } from './tasks.ts';

interface Metrics {
  logloss: number;
  auc: number;
  lift10: number;
  ece10: number;
}

const table = {
  stageValues: { accepted: 22, qualified: 38, won: 58, expanded: 100 },
  shares: { primary: 0.15, nurture: 0.5 },
  cuts: { primary: 70, nurture: 40 },
  k: 0.75,
};

/**
 * Our published integer table beside five standard models, on the tables of `shared/data/tasks`, as lines of markdown.
 *
 * `time`: learnt on the earlier rows, asked about the later ones. `cv`: the five stored folds, pooled. Differences are ours
 * minus the best standard model's (the best by that metric), with 95 % of 2,000 paired resamples.
 */
export function* benchAccuracy(predictions: string, only: readonly string[]): Generator<string> {
  const names = taskNames().filter((name) => only.length === 0 || only.includes(name));
  const paired = runStandardModels(names, predictions);
  if (!paired)
    yield 'python3-sklearn and python3-xgboost are not installed: no paired intervals, stored figures only\n';
  for (const kind of ['time', 'cv'] as const) {
    yield kind === 'time' ? '### Out of time\n' : '### Five stored folds, pooled\n';
    yield '| task | n | model | log loss | AUC | top-decile lift | ece10 | log loss against it | AUC against it |';
    yield '|---|---|---|---|---|---|---|---|---|';
    for (const name of names) {
      const task = readTask(name);
      if (kind === 'time' && !task.timeSplit.includes('train')) continue;
      yield* compare(task, kind, paired ? predictions : null);
    }
    yield '';
  }
}

function* compare(task: Task, kind: Kind, predictions: string | null): Generator<string> {
  const rows = [...task.outcome.keys()].filter((row) => kind === 'cv' || task.timeSplit[row] === 'test');
  const outcome = rows.map((row) => task.outcome[row]!);
  const started = performance.now();
  const { forecast, note } = kind === 'time' ? forecastLater(task, rows) : forecastFolds(task);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const ours = metricsOf(outcome, forecast);
  yield line([task.name, rows.length, `**ours** (${note}, ${seconds} s)`, ...figures(ours), '', '']);
  const stored = storedMetrics(task.name, kind);
  const said = predictions === null ? null : readSaid(task, kind, predictions);
  for (const model of standardModels) {
    const theirs = said === null ? null : Float64Array.from(rows, (row) => said[model].get(task.rowIds[row]!) ?? 0);
    const loss = theirs === null ? null : logLossDifference(outcome, forecast, theirs);
    const auc = theirs === null ? null : aucDifference(outcome, forecast, theirs);
    const metrics = theirs === null ? stored[model] : metricsOf(outcome, theirs);
    yield line(['', '', model, ...figures(metrics), written(loss, -1), written(auc, 1)]);
  }
  const base = stored.base_rate;
  yield line(['', '', 'base rate', ...figures(base), (ours.logloss - base.logloss).toFixed(4), '']);
}

/** What the table says of the later rows, with the verdict beside it: where nothing predicts, the table that was refused. */
function forecastLater(task: Task, rows: readonly number[]): { forecast: Float64Array; note: string } {
  const earlier = [...task.outcome.keys()].filter((row) => task.timeSplit[row] === 'train');
  const set = trainingSetOf(task, earlier);
  const { model, verdict } = fitIcpModel(set, { seed: 1 });
  const asked = rowsOf(task, rows);
  const learnt = model ?? learnTable(set, table).table;
  return { forecast: predictTable(learnt, asked).probability.won, note: verdict.kind };
}

function forecastFolds(task: Task): { forecast: Float64Array; note: string } {
  const all = [...task.outcome.keys()];
  const forecast = new Float64Array(all.length);
  for (const fold of new Set(task.fold)) {
    const [rest, held] = [all.filter((row) => task.fold[row] !== fold), all.filter((row) => task.fold[row] === fold)];
    const learnt = learnTable(trainingSetOf(task, shuffled(rest)), table).table;
    const said = predictTable(learnt, rowsOf(task, held)).probability.won;
    for (const [at, row] of held.entries()) forecast[row] = said[at]!;
  }
  return { forecast, note: 'no gate asked' };
}

/** The stored folds mix earlier and later rows, so no order in time may be read into what is left. */
function shuffled(rows: readonly number[]): number[] {
  const random = createRandom(3);
  const keys = new Map(rows.map((row) => [row, random.next()]));
  return rows.toSorted((a, b) => keys.get(a)! - keys.get(b)!);
}

function metricsOf(outcome: readonly number[], forecast: Float64Array): Metrics {
  return {
    logloss: logLoss(outcome, forecast),
    auc: areaUnderCurve(outcome, forecast),
    lift10: topLift(outcome, forecast),
    ece10: calibrationError(outcome, forecast),
  };
}

function storedMetrics(task: string, kind: Kind): Record<StandardModel | 'base_rate', Metrics> {
  const file = resolve(sharedFolder, 'reference/classification.json');
  const stored: Record<string, Record<string, Record<string, Metrics>>> = JSON.parse(readFileSync(file, 'utf8'));
  const of = (model: string): Metrics => {
    const metrics = stored[task]?.[model]?.[kind === 'cv' ? 'pooled_oof' : 'time'];
    if (metrics === undefined) throw new Error(`no stored figures of ${model} on ${task}; see reference/README.md`);
    return metrics;
  };
  return {
    logreg_l2_C1: of('logreg_l2_C1'),
    gam_stumps_d1: of('gam_stumps_d1'),
    gbm_d2: of('gbm_d2'),
    hist_gbm_default: of('hist_gbm_default'),
    xgb_default: of('xgb_default'),
    base_rate: of('base_rate'),
  };
}

function figures({ logloss, auc, lift10, ece10 }: Metrics): string[] {
  return [logloss.toFixed(4), auc.toFixed(4), lift10.toFixed(2), ece10.toFixed(4)];
}

/** A difference in words: `better` and `worse` only where the interval is clear of zero. */
function written(difference: Difference | null, betterSign: 1 | -1): string {
  if (difference === null) return '';
  const { v, low, high } = difference;
  const side = low > 0 ? 1 : high < 0 ? -1 : 0;
  const word = side === 0 ? 'even' : side === betterSign ? 'better' : '**worse**';
  return `${v.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)}) ${word}`;
}

function line(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}
