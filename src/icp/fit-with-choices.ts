import { type AdditiveFit, fitAdditiveLogistic } from '../stats/models/additive-logistic.ts';
import { type BinnedRows, binCount, countBins, sliceRows } from '../stats/models/binned-rows.ts';

/** How a lever is fitted; every one of these is chosen on time-forward folds. */
export interface LeverChoices {
  ridge: number;
  /** Pull between neighbouring bins. */
  smooth: number;
  /** After which share of the rows, counted back from the last, a row counts half; `null`: all count alike. */
  halfLife: number | null;
  /** Whether features whose values of late were hardly seen before are used too. */
  keepShifting: boolean;
  /** Whether features that say little are pulled harder than those that say much, so that noise gets no points. */
  sparing: boolean;
  /** How much of the stage before it is taken as given. */
  borrow: number;
}

/** Rows with an outcome, in the order of their touch. */
export interface LeverRows {
  x: BinnedRows;
  outcome: Uint8Array;
  /** Known log-odds of each row, if any. */
  offset?: Float64Array;
  /** Effects of the stage before, as known from the first `rows` of these rows only. */
  centreAt?: (rows: number) => Float64Array;
}

/** A ridge that lets nothing through. */
export const nothing = 1e7;
/** Effects of about this many logits are pulled as hard as the ridge says. */
const usualSpread = 0.25;
/** A number's many bins together are pulled as hard as a category of this many levels; smoothing does the rest. */
const usualLevels = 4;

/**
 * Fits a lever on its first `upTo` rows as the choices say.
 *
 * `near` is a fit to start from, for a rough fit that is only compared with others; `null` asks for a fine one.
 */
export function fitWithChoices(
  rows: LeverRows,
  upTo: number,
  choices: LeverChoices,
  shifting: readonly boolean[],
  near: AdditiveFit | null | undefined,
): AdditiveFit {
  const { x } = rows;
  const centre = choices.borrow === 0 ? undefined : rows.centreAt?.(upTo).map((effect) => choices.borrow * effect);
  const bins = binCount(x);
  const left = choices.keepShifting ? [] : shifting;
  const fitWith = (hardness: readonly number[], start: AdditiveFit | null): AdditiveFit => {
    const ridge = new Float64Array(bins);
    const smooth = new Float64Array(bins);
    let at = 0;
    for (const [f, size] of x.sizes.entries()) {
      const hard = left[f] ? nothing : hardness[f]!;
      const perBin = Math.min(1, usualLevels / Math.max(x.ordered[f]!, 1));
      ridge.fill(choices.ridge * hard * (x.ordered[f]! > 0 ? perBin : 1), at, at + size);
      smooth.fill(choices.smooth * hard, at, at + size);
      at += size;
    }
    return fitAdditiveLogistic(sliceRows(x, 0, upTo), rows.outcome.subarray(0, upTo), {
      ridge,
      smooth,
      weights: agedWeights(upTo, choices.halfLife),
      ...(centre === undefined ? {} : { centre }),
      ...(start === null ? {} : { start }),
      ...(rows.offset === undefined ? {} : { offset: rows.offset.subarray(0, upTo) }),
      rough: near !== null,
    });
  };
  let fit = fitWith(
    x.sizes.map(() => 1),
    near ?? null,
  );
  for (let round = 0; choices.sparing && round < 2; round++) fit = fitWith(hardnessOf(fit, x, centre), fit);
  return fit;
}

/** How much harder than usual each feature is pulled: the less it says, the harder. */
function hardnessOf(fit: AdditiveFit, x: BinnedRows, centre: Float64Array | undefined): number[] {
  const seen = countBins(x);
  let at = 0;
  return x.sizes.map((size) => {
    let squares = 0;
    for (let bin = 0; bin < size; bin++) {
      squares += seen[at + bin]! * (fit.effects[at + bin]! - (centre?.[at + bin] ?? 0)) ** 2;
    }
    at += size;
    return Math.min(Math.max(usualSpread ** 2 / (squares / x.rows + 1e-6), 0.3), 300);
  });
}

/** Weights under which a row that lies `halfLife` of all rows before the last counts half. */
export function agedWeights(rows: number, halfLife: number | null): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) =>
    halfLife === null ? 1 : 2 ** (-(rows - 1 - row) / rows / halfLife),
  );
}
