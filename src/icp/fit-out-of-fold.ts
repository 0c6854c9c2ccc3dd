import { logit } from '../stats/models/logistic.ts';
import type { AnalysisSet } from './analysis-set.ts';
import { hashOf } from './features/hash-sample.ts';
import { learnTable } from './fit-learn.ts';
import { pickTable } from './fit-learnt.ts';
import type { KnownChoices } from './fit-levers.ts';
import { predictTable } from './fit-predict.ts';
import { cheapChoices } from './impact/cheap-choices.ts';
import type { TrainingSet } from './training-set.ts';
import { type FeatureTable, type Stage, stages } from './types.ts';

/** What tables said of each touched account that were learnt on other accounts. */
export interface OutOfFold {
  /** Per stage, the log-odds of reaching it less those of the average touched account; 0 where a stage says nothing. */
  logOdds: Record<Stage, Float64Array>;
  estimable: Record<Stage, boolean>;
  /** How churn-like, 0 to 1; `null` where that is not estimable. */
  match: Float64Array | null;
}

/**
 * Forecasts every touched account by a table learnt on the accounts of the other folds; the folds are drawn by a hash of the
 * account.
 *
 * The tables read the fit criteria of the model and learn their points anew; how levers are fitted is as usual, and how boldly is
 * found out on the first accounts that are learnt on and stands for all.
 */
export function forecastOutOfFold({ training, model }: AnalysisSet, folds = 2): OutOfFold {
  const wanted = new Set(model.criteria.map(({ key }) => key));
  const table = columnsOf(training.fit.table, wanted);
  const n = table.accountIds.length;
  const foldOf = table.accountIds.map((id) => hashOf(`out of fold ${id}`) % folds);
  const empty = (): Float64Array => new Float64Array(n);
  const logOdds = { accepted: empty(), qualified: empty(), won: empty(), expanded: empty() };
  const estimable = { accepted: true, qualified: true, won: true, expanded: true };
  let match: Float64Array | null = empty();
  let known: KnownChoices | undefined;
  for (let fold = 0; fold < folds; fold++) {
    const held = rowsWhere(foldOf, (of) => of === fold);
    const { stageValues, cuts, detractor } = model;
    const others = part(
      training,
      table,
      rowsWhere(foldOf, (of) => of !== fold),
    );
    known ??= cheapChoices(others);
    const learnt = learnTable(others, {
      ...{ stageValues, cuts, scaled: false, k: detractor?.k ?? 0, shares: { primary: 0.15, nurture: 0.5 } },
      known,
    });
    const { probability, churn } = predictTable(learnt.table, pickTable(table, held));
    for (const stage of stages) {
      const lever = learnt.table.levers[stage];
      if (!lever.estimable) estimable[stage] = false;
      for (const [at, row] of held.entries()) logOdds[stage][row] = logit(probability[stage][at]!) - lever.intercept;
    }
    const baseOdds = learnt.table.detractor?.baseOdds ?? null;
    if (churn === null || baseOdds === null) match = null;
    if (match === null || churn === null || baseOdds === null) continue;
    for (const [at, row] of held.entries()) {
      const odds = churn[at]! / (1 - churn[at]!);
      match[row] = Math.max(0, (odds - baseOdds) / (odds + baseOdds));
    }
  }
  for (const stage of stages) if (!estimable[stage]) logOdds[stage].fill(0);
  return { logOdds, estimable, match };
}

function rowsWhere(foldOf: readonly number[], holds: (fold: number) => boolean): number[] {
  return [...foldOf.keys()].filter((row) => holds(foldOf[row]!));
}

function columnsOf(table: FeatureTable, wanted: ReadonlySet<string>): FeatureTable {
  const kept = [...table.features.keys()].filter((f) => wanted.has(table.features[f]!.key));
  return {
    features: kept.map((f) => table.features[f]!),
    accountIds: table.accountIds,
    columns: kept.map((f) => table.columns[f]!),
  };
}

/** Some accounts of a set, as they were at the first touch: no timing, and nobody else to compare them with. */
function part(set: TrainingSet, table: FeatureTable, rows: readonly number[]): TrainingSet {
  const pick = <T>(values: readonly T[]): T[] => rows.map((row) => values[row]!);
  const { accepted, qualified, won, expanded } = set.fit.reached;
  const none = { features: [], accountIds: [], columns: [] };
  return {
    ...set,
    fit: {
      table: pickTable(table, rows),
      touchedAt: pick(set.fit.touchedAt),
      reached: { accepted: pick(accepted), qualified: pick(qualified), won: pick(won), expanded: pick(expanded) },
      churned: pick(set.fit.churned),
    },
    timing: { table: none, fitRow: [], landmarkAt: [], won: [] },
    reference: none,
  };
}
