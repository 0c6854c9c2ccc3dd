import { populationStability } from '../stats/drift/population-stability.ts';
import { type AdditiveFit, predictLogOdds } from '../stats/models/additive-logistic.ts';
import { affineCalibration } from '../stats/models/affine-calibration.ts';
import { type BinnedRows, countBins, pickRows, sliceRows } from '../stats/models/binned-rows.ts';
import { logLossEach } from '../stats/models/log-loss.ts';
import { sigmoid } from '../stats/models/logistic.ts';
import { agedWeights, fitWithChoices, type LeverChoices, type LeverRows, nothing } from './fit-with-choices.ts';

export interface ChosenLever {
  choices: LeverChoices;
  /** What the log-odds must be stretched by to be honest out of sample; 1 where there is an offset. */
  slope: number;
  /** Whether it beats, out of fold and by more than one standard error, saying the same of everybody. */
  helps: boolean;
  shifting: readonly boolean[];
}

/** Past this stability index the earlier and the later half of the rows hardly overlap. */
const shiftsPast = 1;
const foldEnds = [0.4, 0.6, 0.8, 1];
const calibrationCaution = 40;
const fewestTuned = 4000;
const mostTunedCells = 200_000;
const ridges = [1, 3, 10, 30, 100, 300, 1000];
const plain: LeverChoices = {
  ridge: 10,
  smooth: 20,
  halfLife: null,
  keepShifting: false,
  sparing: false,
  borrow: 0,
};

/** The features whose bins the later half of the rows fills quite unlike the earlier half: clocks in disguise. */
export function shiftingFeatures(x: BinnedRows): boolean[] {
  const half = Math.floor(x.rows / 2);
  const before = countBins(sliceRows(x, 0, half));
  const after = countBins(sliceRows(x, x.rows - half, x.rows));
  let to = 0;
  return x.sizes.map((size) => {
    const from = to;
    to += size;
    return half >= 100 && populationStability(before.subarray(from, to), after.subarray(from, to)) > shiftsPast;
  });
}

/**
 * Chooses how to fit a lever, and its calibration, on folds that run forward in time: each is learnt on the rows before
 * it and judged on the rows of the fold.
 *
 * One choice is made after the other: ridge, borrowing, smoothing, ageing, shifting features, sparing. Ageing and
 * shifting features are taken up only where they win by more than one standard error.
 */
export function chooseLever(all: LeverRows, options: { search: 'full' | 'brief' }): ChosenLever {
  const shifting = shiftingFeatures(all.x);
  const rows = thinned(all);
  const judge = (choices: LeverChoices, near?: Judged): Judged => judgeForward(rows, choices, shifting, near);
  let best = judge({ ...plain, borrow: rows.centreAt === undefined ? 0 : 1 });
  const climb = (ladder: readonly number[]): void => {
    const start = ladder.indexOf(best.choices.ridge);
    for (const step of [1, -1]) {
      for (let at = start + step; ladder[at] !== undefined; at += step) {
        const next = judge({ ...best.choices, ridge: ladder[at]! }, best);
        if (!isBetter(next, best, 0)) break;
        best = next;
      }
      if (best.choices.ridge !== ladder[start]) return;
    }
  };
  const tryAll = (variants: readonly Partial<LeverChoices>[], margin = 0): void => {
    const from = best;
    for (const variant of variants) {
      const next = judge({ ...from.choices, ...variant }, best);
      if (isBetter(next, best, margin)) best = next;
    }
  };
  climb(ridges);
  if (rows.centreAt !== undefined) {
    tryAll([0, 0.25, 0.5, 0.75, 1.25].map((borrow) => ({ borrow })));
    climb(ridges);
  }
  if (rows.x.ordered.some((bins) => bins > 0)) tryAll([100, 5].map((smooth) => ({ smooth })));
  if (options.search === 'full') {
    tryAll(
      [0.3, 1].map((halfLife) => ({ halfLife })),
      1,
    );
  }
  if (shifting.includes(true)) tryAll([{ keepShifting: true }], 1);
  tryAll([{ sparing: true }]);
  return {
    choices: best.choices,
    shifting,
    helps: isBetter(best, judge({ ...best.choices, ridge: nothing, borrow: 0 }), 1),
    slope: best.slope,
  };
}

/** Evenly spread rows, as many as four thousand or two hundred thousand bins: more would change the cost, not the choice. */
function thinned(rows: LeverRows): LeverRows {
  const most = Math.max(fewestTuned, mostTunedCells / Math.max(rows.x.sizes.length, 1));
  const stride = Math.ceil(rows.x.rows / most);
  if (stride <= 1) return rows;
  const kept = Uint32Array.from({ length: Math.ceil(rows.x.rows / stride) }, (_, at) => at * stride);
  const { centreAt, offset } = rows;
  return {
    x: pickRows(rows.x, kept),
    outcome: Uint8Array.from(kept, (row) => rows.outcome[row]!),
    ...(offset === undefined ? {} : { offset: Float64Array.from(kept, (row) => offset[row]!) }),
    ...(centreAt === undefined ? {} : { centreAt: (upTo) => centreAt(kept[upTo] ?? rows.x.rows) }),
  };
}

/**
 * Fits a lever on its first `upTo` rows with the choices made, calibration folded in: effects are stretched by the slope
 * and the intercept is set so that the mean forecast is the rate of those rows, aged as chosen.
 */
export function fitChosen(rows: LeverRows, chosen: ChosenLever, upTo = rows.x.rows): AdditiveFit {
  const fit = fitWithChoices(rows, upTo, chosen.choices, chosen.shifting, null);
  const effects = fit.effects.map((effect) => chosen.slope * effect);
  const logOdds = predictLogOdds(sliceRows(rows.x, 0, upTo), { ...fit, intercept: 0, effects });
  if (rows.offset !== undefined) for (let row = 0; row < upTo; row++) logOdds[row]! += rows.offset[row]!;
  const weights = agedWeights(upTo, chosen.choices.halfLife);
  return { ...fit, effects, intercept: interceptFor(logOdds, weights, rows.outcome) };
}

/** The intercept under which the mean forecast of `logOdds` is the weighted rate of the outcome. */
export function interceptFor(logOdds: Float64Array, weights: Float64Array, outcome: ArrayLike<number>): number {
  let wanted = 0;
  for (let row = 0; row < logOdds.length; row++) wanted += weights[row]! * outcome[row]!;
  let low = -30;
  let high = 30;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    let sum = 0;
    for (let row = 0; row < logOdds.length; row++) sum += weights[row]! * sigmoid(middle + logOdds[row]!);
    if (sum < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

interface Judged {
  choices: LeverChoices;
  fits: AdditiveFit[];
  loss: number[];
  /** Mean over the folds: within a fold, so that a win rate that rose from fold to fold is not taken for skill. */
  slope: number;
}

function judgeForward(
  rows: LeverRows,
  choices: LeverChoices,
  shifting: readonly boolean[],
  near: Judged | undefined,
): Judged {
  const folds = foldEnds.slice(1).map((end, fold) => {
    const from = Math.round(foldEnds[fold]! * rows.x.rows);
    const to = Math.round(end * rows.x.rows);
    const fit = fitWithChoices(rows, from, choices, shifting, near?.fits[fold]);
    const logOdds = predictLogOdds(sliceRows(rows.x, from, to), fit);
    if (rows.offset !== undefined) for (const row of logOdds.keys()) logOdds[row]! += rows.offset[from + row]!;
    const outcome = rows.outcome.subarray(from, to);
    return { fit, logOdds, outcome, slope: affineCalibration(outcome, logOdds, calibrationCaution).slope };
  });
  const slope = Math.max(folds.reduce((sum, fold) => sum + fold.slope, 0) / folds.length, 0);
  const stretch = rows.offset === undefined ? slope : 1;
  const loss = folds.flatMap(({ logOdds, outcome }) => {
    const middle = logOdds.reduce((sum, value) => sum + value, 0) / Math.max(logOdds.length, 1);
    const honest = logOdds.map((value) => sigmoid(middle + stretch * (value - middle)));
    return [...logLossEach(outcome, honest)];
  });
  return { choices, fits: folds.map(({ fit }) => fit), loss, slope: stretch };
}

function isBetter(next: Judged, best: Judged, standardErrors: number): boolean {
  const n = best.loss.length;
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < n; row++) {
    const gain = best.loss[row]! - next.loss[row]!;
    sum += gain;
    squares += gain * gain;
  }
  const mean = sum / n;
  const standardError = Math.sqrt(Math.max(squares / n - mean * mean, 0) / n);
  return mean > standardErrors * standardError + 1e-9;
}
