import { fitAdditiveLogistic, predictLogOdds } from '../../stats/models/additive-logistic.ts';
import { affineCalibration } from '../../stats/models/affine-calibration.ts';
import { type BinnedRows, binnedRows, pickRows } from '../../stats/models/binned-rows.ts';
import { tailCuts } from '../../stats/models/tail-cuts.ts';

/** A table of log-odds for customers at a snapshot: one effect a bin, and one for unknown. */
export interface LifeModel {
  intercept: number;
  /** `effects` has one entry a range and a last one for unknown. */
  features: readonly { cuts: readonly number[]; effects: Float64Array }[];
}

export interface LearntLife {
  model: LifeModel;
  /** Log-odds of every training row from fits that did not see its account, calibrated. */
  outOfFold: Float64Array;
}

const folds = 4;
/** Neighbouring ranges belong together, and one customer's months are no independent rows: both ask for a firm hand. */
const penalties = { ridge: 6, smooth: 12 };

/**
 * Learns the log-odds of an event in life from snapshots of customers.
 *
 * A penalised additive logistic scorecard, as the levers are. Folds are whole accounts (`group`), and what they forecast for
 * accounts they never saw calibrates the table: intercept and slope are folded into its effects.
 */
export function fitLife(columns: readonly Float64Array[], outcome: Uint8Array, group: ArrayLike<number>): LearntLife {
  const cuts = columns.map((column) => tailCuts(column.filter((value) => !Number.isNaN(value))));
  const x = binned(columns, cuts, outcome.length);
  const whole = fitAdditiveLogistic(x, outcome, penalties);
  const outOfFold = new Float64Array(outcome.length);
  const all = Uint32Array.from(outcome.keys());
  for (let fold = 0; fold < folds; fold++) {
    const rows = (inside: boolean) => all.filter((row) => (group[row]! % folds === fold) === inside);
    const [own, others] = [rows(true), rows(false)];
    const fit = fitAdditiveLogistic(
      pickRows(x, others),
      Uint8Array.from(others, (row) => outcome[row]!),
      // Where to start saves time; there is one best fit, and it is found from anywhere.
      { ...penalties, start: whole },
    );
    const forecast = predictLogOdds(pickRows(x, own), fit);
    for (const [at, row] of own.entries()) outOfFold[row] = forecast[at]!;
  }
  const { intercept, slope } = affineCalibration(outcome, outOfFold, 40);
  let first = 0;
  const features = cuts.map((edges) => {
    const width = edges.length + 2;
    const effects = whole.effects.slice(first, first + width).map((effect) => slope * effect);
    first += width;
    return { cuts: edges, effects };
  });
  return {
    model: { intercept: intercept + slope * whole.intercept, features },
    outOfFold: outOfFold.map((logOdds) => intercept + slope * logOdds),
  };
}

/** Log-odds of each row under a model. */
export function lifeLogOdds({ intercept, features }: LifeModel, columns: readonly Float64Array[]): Float64Array {
  return Float64Array.from({ length: columns[0]?.length ?? 0 }, (_, row) =>
    features.reduce((sum, { cuts, effects }, f) => sum + effects[rangeOf(cuts, columns[f]![row]!)]!, intercept),
  );
}

/** What each feature adds to the log-odds of one row. */
export function lifeContributions({ features }: LifeModel, columns: readonly Float64Array[], row: number): number[] {
  return features.map(({ cuts, effects }, f) => effects[rangeOf(cuts, columns[f]![row]!)]!);
}

function binned(columns: readonly Float64Array[], cuts: readonly (readonly number[])[], rows: number): BinnedRows {
  return binnedRows(
    columns.map((column, f) => rangesOf(cuts[f]!, column)),
    cuts.map((edges) => edges.length + 2),
    cuts.map((edges) => edges.length + 1),
    rows,
  );
}

function rangesOf(cuts: readonly number[], column: Float64Array): Uint16Array {
  const ranges = new Uint16Array(column.length);
  for (let row = 0; row < column.length; row++) ranges[row] = rangeOf(cuts, column[row]!);
  return ranges;
}

/** The range of a value, and the place after the last range for unknown. */
function rangeOf(cuts: readonly number[], value: number): number {
  if (Number.isNaN(value)) return cuts.length + 1;
  let at = 0;
  while (at < cuts.length && value >= cuts[at]!) at++;
  return at;
}
