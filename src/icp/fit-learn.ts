import { predictLogOdds } from '../stats/models/additive-logistic.ts';
import { binFeatures, binRows } from './fit-bins.ts';
import { learnDetractor } from './fit-detractor.ts';
import { countLearnt, pickTable, splitEffects } from './fit-learnt.ts';
import { type FittedLever, fitLevers, type KnownChoices } from './fit-levers.ts';
import { designOf } from './fit-rows.ts';
import { type LearntFeature, type PublishedTable, publishTable, type TableOptions } from './fit-table.ts';
import { fitTiming, type LearntTiming } from './fit-timing.ts';
import type { TrainingSet } from './training-set.ts';
import { type Stage, stages } from './types.ts';

export interface LearntTable {
  table: PublishedTable;
  warnings: string[];
  /** How each lever was fitted. */
  chosen: KnownChoices;
}

/** Everything from rows to the published table: levers, timing, detractor, scale. No gate is asked here. */
export function learnTable(
  set: TrainingSet,
  options: TableOptions & { k: number; wanted?: readonly Stage[]; known?: KnownChoices },
): LearntTable {
  const binned = binFeatures(set.fit.table);
  const bins = binRows(set.fit.table, binned);
  const keys = binned.map(({ feature }) => feature.key);
  const x = designOf(binned, bins, set.fit.table.accountIds.length);
  const { levers, warnings } = fitLevers(x, set.fit.reached, keys, options);
  const learnt = learnDetractor(set, binned, bins, options.k);
  if (learnt === null && options.wanted === undefined) {
    warnings.push(
      `${set.counts.churnedAfterUse} customers churned after use: what drives them away is not estimable yet, the multiplier is 1`,
    );
  }
  const features = splitEffects(binned, {
    levers: effectsOf(levers),
    churn: learnt?.effects ?? new Float64Array(levers.won.effects.length),
  }).map((piece, f) => countLearnt(piece, set.fit.table, bins[f]!, set.fit.reached.won));
  const timing = fitTiming(set, predictLogOdds(x, { ...levers.won }));
  if (timing === null && set.timing.table.features.length > 0) {
    warnings.push('behaviour and pain do not improve the forecast yet: they add no points');
  }
  const reference = set.reference.accountIds.length > 0 ? set.reference : set.fit.table;
  const table = publishTable(
    timing === null ? features : [...features, ...timingFeatures(set, timing, levers)],
    levers,
    learnt?.detractor ?? null,
    reference,
    pickTable(set.fit.table, learnt?.customers ?? []),
    options,
  );
  const chosen: KnownChoices['levers'] = {};
  for (const stage of stages) if (levers[stage].chosen !== null) chosen[stage] = levers[stage].chosen;
  return { table, warnings, chosen: { keys, levers: chosen } };
}

/** Timing adds the same to every estimable lever; it is centred on its landmarks in case the reference has no timing. */
function timingFeatures(
  set: TrainingSet,
  timing: LearntTiming,
  levers: Readonly<Record<Stage, FittedLever>>,
): LearntFeature[] {
  const bins = binRows(set.timing.table, timing.binned);
  const silent = new Float64Array(timing.effects.length);
  const of = (stage: Stage): Float64Array => (levers[stage].estimable ? timing.effects : silent);
  const pieces = splitEffects(timing.binned, {
    levers: { accepted: of('accepted'), qualified: of('qualified'), won: of('won'), expanded: of('expanded') },
    churn: silent,
  });
  return pieces
    .map((piece, f) => countLearnt(piece, set.timing.table, bins[f]!, set.timing.won))
    .map((feature) => {
      const rows = feature.touched.reduce((sum, count) => sum + count, 0);
      const mean = feature.levers.won.reduce((sum, effect, bin) => sum + effect * feature.touched[bin]!, 0) / rows;
      const shifted = { ...feature.levers };
      for (const stage of stages) {
        if (levers[stage].estimable) shifted[stage] = feature.levers[stage].map((effect) => effect - mean);
      }
      return { ...feature, levers: shifted };
    });
}

function effectsOf(levers: Readonly<Record<Stage, FittedLever>>): Record<Stage, Float64Array> {
  return {
    accepted: levers.accepted.effects,
    qualified: levers.qualified.effects,
    won: levers.won.effects,
    expanded: levers.expanded.effects,
  };
}
