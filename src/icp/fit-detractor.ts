import { pickRows } from '../stats/models/binned-rows.ts';
import { type BinnedFeature, binFeatures, binRows } from './fit-bins.ts';
import { countLearnt, pickTable, splitEffects } from './fit-learnt.ts';
import { chooseLever, fitChosen, shiftingFeatures } from './fit-lever.ts';
import { designOf, forwardFolds } from './fit-rows.ts';
import { type LearntFeature, publishTable } from './fit-table.ts';
import type { Criterion, Detractor } from './model.ts';
import { usualValues } from './outcome-values.ts';
import type { TrainingSet } from './training-set.ts';

/** Fewer customers than this churned after use: the detractor is not estimable yet. */
const fewestChurned = 25;
const flagAt = 0.4;

export interface LearntDetractor {
  detractor: Detractor;
  /** One effect a bin, feature after feature, in logits; not yet centred. */
  effects: Float64Array;
  /** Rows of the set that are customers old enough to tell. */
  customers: Uint32Array;
}

/**
 * Learns what customers who churned after use have in common, `null` when fewer than 25 did (or fewer than 25 stayed).
 *
 * `binned` and `bins` are those of the fit features. The intercept is in thousandths of a logit and belongs to
 * effects that are not centred yet.
 */
export function learnDetractor(
  set: TrainingSet,
  binned: readonly BinnedFeature[],
  bins: readonly Int16Array[],
  k: number,
): LearntDetractor | null {
  const { churned } = set.fit;
  const customers = Uint32Array.from(churned.keys()).filter((row) => churned[row] !== null);
  const outcome = Uint8Array.from(customers, (row) => churned[row] ?? 0);
  const events = outcome.reduce((sum, value) => sum + value, 0);
  if (events < fewestChurned || customers.length - events < fewestChurned) return null;
  const x = pickRows(designOf(binned, bins, churned.length), customers);
  const chosen = chooseLever(forwardFolds({ x, outcome }), { search: 'full', shifting: shiftingFeatures(x) });
  const fit = fitChosen({ x, outcome }, chosen);
  const baseRate = events / customers.length;
  const detractor: Detractor = {
    intercept: 1000 * fit.intercept,
    baseOdds: baseRate / (1 - baseRate),
    baseRate,
    k,
    flagAt,
    events,
    rows: customers.length,
  };
  return { detractor, effects: fit.effects, customers };
}

/**
 * The detractor alone, with its bins: for a book that cannot be learnt from (all are customers, say), so that a model
 * with points by hand can carry it. Every bin has 0 points. `null` when it is not estimable yet.
 */
export function fitDetractor(
  set: TrainingSet,
  options: { k?: number } = {},
): { detractor: Detractor; criteria: Criterion[] } | null {
  const binned = binFeatures(set.fit.table);
  const bins = binRows(set.fit.table, binned);
  const learnt = learnDetractor(set, binned, bins, options.k ?? usualValues.k);
  if (learnt === null) return null;
  const nothing = new Float64Array(learnt.effects.length);
  const features: LearntFeature[] = splitEffects(binned, {
    levers: { accepted: nothing, qualified: nothing, won: nothing, expanded: nothing },
    churn: learnt.effects,
  }).map((feature, f) => countLearnt(feature, set.fit.table, bins[f]!, set.fit.reached.won));
  const silent = { estimable: false, intercept: 0, borrowedShare: 0, events: 0, rows: 0 };
  const table = publishTable(
    features,
    { accepted: silent, qualified: silent, won: silent, expanded: silent },
    learnt.detractor,
    set.fit.table,
    pickTable(set.fit.table, learnt.customers),
    {
      stageValues: { accepted: 1, qualified: 1, won: 1, expanded: 1 },
      shares: { primary: 0, nurture: 0 },
      cuts: { primary: 70, nurture: 40 },
    },
  );
  return table.detractor === null ? null : { detractor: table.detractor, criteria: table.criteria };
}
