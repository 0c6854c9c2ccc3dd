import { type BinnedFeature, binRows } from './fit-bins.ts';
import { binLabel } from './fit-labels.ts';
import { multipliersOf } from './fit-predict.ts';
import { solveScale } from './fit-scale.ts';
import type { Criterion, Detractor, Lever, ModelBin } from './model.ts';
import { roundedRate } from './rates.ts';
import { type FeatureTable, type Stage, stages } from './types.ts';
import { weighCriteria } from './weigh-criteria.ts';

/** A feature with everything that was learnt about its bins, in logits. */
export interface LearntFeature {
  binned: BinnedFeature;
  levers: Readonly<Record<Stage, Float64Array>>;
  churn: Float64Array;
  /** Won and touched accounts a bin. */
  won: Float64Array;
  touched: Float64Array;
  wholeNumbers: boolean;
}

/**
 * A feature that makes less than this share of the variance is not worth a line of the table, neither among the accounts that
 * points are measured against nor among those it was learnt from: what tells customers from the rest is all alike in the
 * former. Where many accounts ended either way, less is heard above chance: the share of so many accounts among those that
 * ended in the rarer way.
 */
const faint = 0.008;
const faintAccounts = 5;
/** Unless it moves customers' log-odds of churning by so much. */
const faintChurn = 0.1;

export interface TableOptions {
  stageValues: Readonly<Record<Stage, number>>;
  shares: { primary: number; nurture: number };
  cuts: { primary: number; nurture: number };
  /** Whether points are wanted, as they are when it is absent; forecasts do without. */
  scaled?: boolean;
}

export interface PublishedTable {
  base: number;
  criteria: Criterion[];
  levers: Record<Stage, Lever>;
  detractor: Detractor | null;
}

/**
 * Turns what was learnt into the published table: whole tenths of a point, centred on the reference accounts.
 *
 * Only estimable levers weigh in: a stage that says nothing is left out together with its value. Criteria that move
 * neither points nor churn are dropped.
 */
export function publishTable(
  learnt: readonly LearntFeature[],
  levers: Readonly<Record<Stage, Lever>>,
  detractor: Detractor | null,
  reference: FeatureTable,
  customers: FeatureTable,
  options: TableOptions,
): PublishedTable {
  const binned = learnt.map((feature) => feature.binned);
  const bins = binRows(reference, binned);
  const customerBins = binRows(customers, binned);
  const intercepts = { ...mapStages((stage) => levers[stage].intercept) };
  let churnIntercept = detractor?.intercept ?? 0;
  const centred = learnt.map((feature, f) => {
    const counts = countBins(bins[f]!, feature.binned.matches.length);
    const shifted = mapStages((stage) => {
      const mean = meanOf(feature.levers[stage], counts);
      intercepts[stage] += mean;
      return feature.levers[stage].map((effect) => effect - mean);
    });
    const mean = meanOf(feature.churn, countBins(customerBins[f]!, feature.binned.matches.length));
    churnIntercept += 1000 * mean;
    const churn = Int32Array.from(feature.churn, (effect) => Math.round(1000 * (effect - mean)));
    return { ...feature, levers: shifted, churn: detractor === null ? churn.fill(0) : churn };
  });
  const heard = centred.map(({ churn, levers: own, touched }, f) => {
    const effects = weightedEffects(own, levers, options.stageValues);
    const counts = countBins(bins[f]!, effects.length);
    return {
      points: Math.max(spread(effects, counts), spread(effects, touched)),
      churn: spread(churn, countBins(customerBins[f]!, churn.length)) / 1000,
    };
  });
  const { events, rows } = levers.won;
  const share = Math.min(faint, faintAccounts / Math.max(Math.min(events, rows - events), 1));
  const audible = share * heard.reduce((sum, { points }) => sum + points ** 2, 0);
  const kept = Uint32Array.from(centred.keys()).filter(
    (f) => heard[f]!.points ** 2 > audible || heard[f]!.churn > faintChurn,
  );
  const centredDetractor = detractor === null ? null : { ...detractor, intercept: Math.round(churnIntercept) };
  const told = Array.from(kept, (f) => centred[f]!);
  const toldBins = Array.from(kept, (f) => bins[f]!);
  const effects = told.map((feature) => weightedEffects(feature.levers, levers, options.stageValues));
  const churns = told.map(({ churn }) => churn);
  const scale =
    options.scaled === false
      ? { base: 0, points: effects.map(({ length }) => new Int32Array(length)) }
      : solveScale({
          ...{ bins: toldBins, effects, shares: options.shares, cuts: options.cuts },
          multipliers: multipliersOf(toldBins, churns, centredDetractor, reference.accountIds.length),
        });
  const drafts = told.map((feature, f) => draftCriterion(feature, scale.points[f]!));
  return {
    base: scale.base,
    criteria: weighCriteria(drafts),
    levers: mapStages((stage) => ({
      ...pickLever(levers[stage]),
      intercept: milli(intercepts[stage]),
      borrowedShare: Math.round(levers[stage].borrowedShare * 100) / 100,
    })),
    detractor: centredDetractor,
  };
}

/** How far apart a feature sets the accounts that are counted a bin: their standard deviation. */
function spread(effects: Float64Array | Int32Array, counts: Float64Array): number {
  const mean = meanOf(effects, counts);
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const squares = counts.reduce((sum, count, bin) => sum + count * (effects[bin]! - mean) ** 2, 0);
  return Math.sqrt(squares / Math.max(rows, 1));
}

function pickLever({ estimable, intercept, borrowedShare, events, rows }: Lever): Lever {
  return { estimable, intercept, borrowedShare, events, rows };
}

function weightedEffects(
  effects: Readonly<Record<Stage, Float64Array>>,
  levers: Readonly<Record<Stage, Lever>>,
  values: Readonly<Record<Stage, number>>,
): Float64Array {
  const used = stages.filter((stage) => levers[stage].estimable);
  const total = used.reduce((sum, stage) => sum + values[stage], 0);
  return effects.won.map((_, bin) =>
    total === 0 ? 0 : used.reduce((sum, stage) => sum + values[stage] * effects[stage][bin]!, 0) / total,
  );
}

function draftCriterion(
  feature: Omit<LearntFeature, 'churn'> & { churn: Int32Array },
  points: Int32Array,
): Omit<Criterion, 'weight' | 'strength'> {
  const { key, label, layer, part, type, field, unit } = feature.binned.feature;
  const bins = feature.binned.matches.map(
    (match, bin): ModelBin => ({
      match,
      label: binLabel(feature.binned.feature, match, feature.wholeNumbers),
      points: points[bin]!,
      rate: roundedRate(feature.won[bin]!, feature.touched[bin]!),
      levers: mapStages((stage) => milli(feature.levers[stage][bin]!)),
      churn: feature.churn[bin]! || 0,
    }),
  );
  return { key, label, layer, part, type, field, ...(unit === undefined ? {} : { unit }), causal: 'not tested', bins };
}

function countBins(bins: Int16Array, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (const bin of bins) if (bin >= 0) counts[bin]! += 1;
  return counts;
}

function meanOf(effects: Float64Array | Int32Array, counts: Float64Array): number {
  let sum = 0;
  let rows = 0;
  for (let bin = 0; bin < effects.length; bin++) {
    sum += effects[bin]! * counts[bin]!;
    rows += counts[bin]!;
  }
  return rows === 0 ? 0 : sum / rows;
}

function mapStages<T>(value: (stage: Stage) => T): Record<Stage, T> {
  return {
    accepted: value('accepted'),
    qualified: value('qualified'),
    won: value('won'),
    expanded: value('expanded'),
  };
}

function milli(logOdds: number): number {
  return Math.round(logOdds * 1000) / 1000 || 0;
}
