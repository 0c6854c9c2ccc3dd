import { aucInterval } from '../../stats/intervals/auc-interval.ts';
import { roundToSum } from '../../stats/round-to-sum.ts';
import { aucDifference } from '../../stats/tests/auc-difference.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { pickTable } from '../fit-learnt.ts';
import { criteriaBins, type ScoringTable } from '../fit-predict.ts';
import { round, roundP } from '../round.ts';
import type { FeatureTable, Layer, Rate, Stage } from '../types.ts';
import type { LaterForecasts } from './later-forecasts.ts';

/** What becomes of the table when expansion and churn are left out of it. */
export interface ExpansionAblation {
  /** Weights with expansion and with conversion alone, by how far they lie apart. */
  weights: readonly { key: string; label: string; layer: Layer; full: number; conversionOnly: number }[];
  /** Share of the weight that moved. */
  moved: number;
  /** How well each orders later accounts by whether they expanded. `null` while too few have had the time to. */
  expanded: {
    full: Rate;
    conversionOnly: Rate;
    difference: { v: number; low: number; high: number; p: number };
    events: number;
  } | null;
}

const conversion: readonly Stage[] = ['accepted', 'qualified', 'won'];
const all: readonly Stage[] = [...conversion, 'expanded'];
const fewestEvents = 10;

/**
 * The same table twice: as it is, and as if conversion were the last word (no expansion, no churn).
 *
 * Both are made of the same levers, so that nothing else differs. `null` where the table has no expansion lever.
 */
export function ablateExpansion(set: AnalysisSet, forecasts: LaterForecasts): ExpansionAblation | null {
  const { model, training } = set;
  if (model.kind !== 'learned' || !model.levers.expanded.estimable || model.criteria.length === 0) return null;
  const [full, conversionOnly] = [all, conversion].map((stages) => weightsOf(model, stages, model.stageValues));
  const weights = model.criteria
    .map(({ key, label, layer }, nth) => ({
      ...{ key, label, layer },
      full: full![nth]! / 100,
      conversionOnly: conversionOnly![nth]! / 100,
    }))
    .sort(
      (a, b) => Math.abs(b.full - b.conversionOnly) - Math.abs(a.full - a.conversionOnly) || (a.key < b.key ? -1 : 1),
    );
  const moved = weights.reduce((sum, each) => sum + Math.abs(each.full - each.conversionOnly), 0) / 2;
  const { expanded } = training.fit.reached;
  const told = [...forecasts.rows.keys()].filter((at) => (expanded[forecasts.rows[at]!] ?? null) !== null);
  const outcome = Uint8Array.from(told, (at) => expanded[forecasts.rows[at]!] ?? 0);
  const events = outcome.reduce((sum, value) => sum + value, 0);
  if (events < fewestEvents || told.length - events < fewestEvents)
    return { weights, moved: round(moved, 4), expanded: null };
  const scores = { full: new Float64Array(told.length), conversionOnly: new Float64Array(told.length) };
  for (const [origin, table] of forecasts.tables.entries()) {
    const own = [...told.keys()].filter((at) => forecasts.origin[told[at]!] === origin);
    const rows = pickTable(
      training.fit.table,
      own.map((at) => forecasts.rows[told[at]!]!),
    );
    const conversionZ = logitsOf(table, rows, conversion, model.stageValues);
    const fullZ = logitsOf(table, rows, all, model.stageValues);
    for (const [nth, at] of own.entries()) {
      scores.conversionOnly[at] = conversionZ[nth]!;
      scores.full[at] = fullZ[nth]!;
    }
  }
  const rate = (score: Float64Array): Rate => {
    const { v, low, high } = aucInterval(outcome, score);
    return { v: round(v, 4), low: round(low, 4), high: round(high, 4), n: told.length };
  };
  const { v, low, high, p } = aucDifference(outcome, scores.full, scores.conversionOnly);
  return {
    weights,
    moved: round(moved, 4),
    expanded: {
      ...{ full: rate(scores.full), conversionOnly: rate(scores.conversionOnly), events },
      difference: { v: round(v, 4), low: round(low, 4), high: round(high, 4), p: roundP(p) },
    },
  };
}

/** Log-odds of the stages, each counting with its worth. */
function logitsOf(
  table: ScoringTable,
  rows: FeatureTable,
  used: readonly Stage[],
  values: Readonly<Record<Stage, number>>,
): Float64Array {
  const bins = criteriaBins(table.criteria, rows);
  const sums = new Float64Array(rows.accountIds.length);
  for (const [nth, column] of bins.entries()) {
    const effects = table.criteria[nth]!.bins.map(({ levers }) => effectOf(levers, table, used, values));
    for (const [row, bin] of column.entries()) if (bin >= 0) sums[row]! += effects[bin]!;
  }
  return sums;
}

function weightsOf(table: ScoringTable, used: readonly Stage[], values: Readonly<Record<Stage, number>>): number[] {
  const ranges = table.criteria.map(({ bins }) => {
    const effects = bins.map(({ levers }) => effectOf(levers, table, used, values));
    return Math.max(...effects) - Math.min(...effects);
  });
  return ranges.every((range) => range === 0) ? ranges : roundToSum(ranges, 100);
}

function effectOf(
  levers: Readonly<Record<Stage, number>>,
  table: ScoringTable,
  used: readonly Stage[],
  values: Readonly<Record<Stage, number>>,
): number {
  const estimable = used.filter((stage) => table.levers[stage].estimable);
  const worth = estimable.reduce((sum, stage) => sum + values[stage], 0);
  return worth === 0 ? 0 : estimable.reduce((sum, stage) => sum + values[stage] * levers[stage], 0) / worth;
}
