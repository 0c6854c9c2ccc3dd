import { learnTable } from './fit-learn.ts';
import { measureOutOfTime } from './fit-out-of-time.ts';
import { type FitVerdict, judge, type Minimums, missingData, ratioWarning, usualMinimums } from './fit-verdict.ts';
import type { IcpModel } from './model.ts';
import { type OutcomeValues, usualValues } from './outcome-values.ts';
import type { TrainingSet } from './training-set.ts';

export interface FitOptions {
  seed: number;
  /** What the stages count and how hard the detractor bites; the usual values where it is absent. */
  values?: OutcomeValues;
  /** Shares of the reference accounts that shall lie above the two cuts. */
  shares?: { primary: number; nurture: number };
  minimums?: Minimums;
  /** `done` from 0 to 1, and what is being done. */
  onProgress?: (done: number, what: string) => void;
}

const cuts = { primary: 70, nurture: 40 };

/**
 * Learns an ICP model from what happened, or says why it may not.
 *
 * First the counts are asked, then whether tables learnt on earlier accounts forecast later ones better than the
 * base rate, clear of chance; only then is the table learnt on all rows. The same set, options and seed give the same
 * bytes.
 */
export function fitIcpModel(set: TrainingSet, options: FitOptions): { model: IcpModel | null; verdict: FitVerdict } {
  const { seed, minimums = usualMinimums, onProgress } = options;
  const { won, lost } = set.counts;
  const missing = missingData(set, minimums);
  if (missing !== null) {
    const warnings = ratioWarning(won, lost);
    return {
      model: null,
      verdict: { kind: 'not enough data', sentence: missing, won, lost, outOfTime: null, warnings },
    };
  }
  const tableOptions = {
    ...(options.values ?? usualValues),
    shares: options.shares ?? { primary: 0.15, nurture: 0.5 },
    cuts,
  };
  onProgress?.(0, 'forecasting later accounts from earlier ones');
  const outOfTime = measureOutOfTime(set, {
    ...tableOptions,
    seed,
    onBlock: (done) => onProgress?.(0.2 * done, 'forecasting later accounts from earlier ones'),
  });
  const verdict = judge(set, outOfTime, minimums);
  if (verdict.kind === 'nothing predicts' || verdict.kind === 'not enough data') return { model: null, verdict };
  onProgress?.(0.6, 'learning the table');
  const { table, warnings } = learnTable(set, tableOptions);
  onProgress?.(1, 'done');
  const model: IcpModel = {
    book: set.book,
    kind: 'learned',
    standing: verdict.kind,
    asOf: set.asOf,
    seed,
    base: table.base,
    criteria: table.criteria,
    layerCaps: null,
    cuts,
    stageValues: tableOptions.stageValues,
    levers: table.levers,
    detractor: table.detractor,
    counts: set.counts,
    historyDays: set.historyDays,
    outOfTime,
    suspects: set.suspects,
    warnings: [...verdict.warnings, ...warnings],
  };
  return { model, verdict: { ...verdict, warnings: [...model.warnings] } };
}
