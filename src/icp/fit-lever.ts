import { populationStability } from '../stats/drift/population-stability.ts';
import { type AdditiveFit, predictLogOdds } from '../stats/models/additive-logistic.ts';
import { type BinnedRows, countBins, sliceRows } from '../stats/models/binned-rows.ts';
import { sigmoid } from '../stats/models/logistic.ts';
import { stepGrid } from '../stats/models/step-grid.ts';
import { bestOf, isBetter, type Judged, judgeFits } from './fit-judge.ts';
import { type Fold, type LeverRows, pickLeverRows } from './fit-rows.ts';
import {
  agedWeights,
  fitByRidge,
  fitBySteps,
  fitWithChoices,
  type LeverChoices,
  meanFit,
  unmoved,
} from './fit-with-choices.ts';

export interface ChosenLever {
  choices: LeverChoices;
  /** What the log-odds must be stretched by to be honest out of sample; 1 where there is an offset. */
  slope: number;
  /** Whether it beats, out of fold and by more than two standard errors, saying the same of everybody. */
  helps: boolean;
  /** Features that are not used: clocks in disguise. */
  leftOut: readonly boolean[];
}

/** Past this stability index the earlier and the later half of the rows hardly overlap. */
const shiftsPast = 1;
const fewestTuned = 4000;
const mostTunedCells = 120_000;
const stops = [0, 15, 30, 50, 75, 110, 160, 240, 360, 540, 800];
/** Stops past the best so far that are still tried. */
const patience = 1;
const usualRidge = 10;
const plain: LeverChoices = { steps: 0, ridge: null, halfLife: null, borrow: 0 };

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
 * Chooses how to fit a lever, and its calibration, on folds whose rows to judge by come later than those to learn on.
 *
 * One choice is made after the other: how many steps, how much to borrow, ageing, shifting features, whether the steps, a
 * ridge, or the mean of both forecast best. Ageing and shifting features are taken up only
 * where they win by more than two standard errors, shifting ones on the latest rows.
 */
export function chooseLever(
  all: readonly Fold[],
  { search, shifting }: { search: 'full' | 'brief'; shifting: readonly boolean[] },
): ChosenLever {
  const folds = all.map(({ learn, judge }) => ({ learn: thinned(learn), judge: thinned(judge) }));
  const grids = folds.map(({ learn }) => stepGrid(learn.x));
  const bySteps = (choices: LeverChoices, leftOut: readonly boolean[]): Judged => {
    const paths = folds.map(({ learn }, fold) => fitBySteps(learn, choices, leftOut, stops, grids[fold]));
    const judged: Judged[] = [];
    for (const steps of stops) {
      const fits = paths.flatMap((path) => path.next().value ?? []);
      judged.push(judgeFits(folds, { ...choices, steps, ridge: null }, fits));
      if (judged.length - judged.indexOf(bestOf(judged)) > patience) break;
    }
    return bestOf(judged);
  };
  const byRidge = (
    choices: LeverChoices,
    ridge: number,
    leftOut: (fold: number) => readonly boolean[],
    near?: Judged,
  ) => {
    const fits = folds.map(({ learn }, fold) =>
      fitByRidge(learn, { ...choices, ridge }, leftOut(fold), near?.fits[fold]),
    );
    return judgeFits(folds, { ...choices, steps: null, ridge }, fits);
  };
  const nothing = judgeFits(
    folds,
    plain,
    folds.map(({ learn }) => fitWithChoices(learn, plain, shifting)),
  );
  let leftOut = shifting;
  let best = bySteps(plain, leftOut);
  const take = (next: Judged, margin: number): void => {
    if (isBetter(next, best, margin)) best = next;
  };
  if (folds.some(({ learn }) => learn.centre !== undefined)) {
    for (const borrow of [0.5, 1])
      if (best.choices.borrow === borrow - 0.5) take(bySteps({ ...plain, borrow }, leftOut), 0);
  }
  if (search === 'full') for (const halfLife of [1, 0.3]) take(bySteps({ ...best.choices, halfLife }, leftOut), 2);
  if (shifting.includes(true)) {
    const latest = folds.at(-1)!;
    const [all, fewer] = [[], shifting].map((out) =>
      judgeFits([latest], best.choices, [fitByRidge(latest.learn, { ...best.choices, ridge: usualRidge }, out)]),
    );
    if (isBetter(all!, fewer!, 2)) {
      leftOut = shifting.map(() => false);
      best = bySteps(best.choices, leftOut);
    }
  }
  const refine = (stepwise: Judged): Judged => {
    const still = folds.map(({ learn }, fold) => unmoved(learn, stepwise.choices, leftOut, stepwise.fits[fold]!));
    const climb = (from: Judged, ladder: readonly number[]): Judged => {
      let top = from;
      for (const ridge of ladder) {
        const next = byRidge(stepwise.choices, ridge, (fold) => still[fold]!, top);
        if (!isBetter(next, top, 0)) return top;
        top = next;
      }
      return top;
    };
    const first = byRidge(stepwise.choices, usualRidge, (fold) => still[fold]!);
    const harder = climb(first, [4 * usualRidge, 16 * usualRidge]);
    const held = harder === first ? climb(first, [usualRidge / 4]) : harder;
    const means = folds.map((_, fold) => meanFit(stepwise.fits[fold]!, held.fits[fold]!));
    const both = judgeFits(folds, { ...stepwise.choices, ridge: held.choices.ridge }, means);
    return isBetter(both, stepwise, 0) ? both : stepwise;
  };
  best = refine(best);
  if (search === 'full') {
    const unaided = byRidge(best.choices, best.choices.ridge ?? usualRidge, () => leftOut);
    if (isBetter(unaided, best, 1)) best = unaided;
  }
  return { choices: best.choices, leftOut, helps: isBetter(best, nothing, 2), slope: best.slope };
}

/** Evenly spread rows, as many as four thousand or 120,000 cells: more would change the cost, not the choice. */
export function thinned(rows: LeverRows): LeverRows {
  const most = Math.max(fewestTuned, mostTunedCells / Math.max(rows.x.sizes.length, 1));
  const stride = Math.ceil(rows.x.rows / most);
  if (stride <= 1) return rows;
  return pickLeverRows(
    rows,
    Uint32Array.from({ length: Math.ceil(rows.x.rows / stride) }, (_, at) => at * stride),
  );
}

/**
 * Fits a lever with the choices made, calibration folded in: effects are stretched by the slope and the intercept is set so
 * that the mean forecast is the rate of the rows, aged as chosen.
 */
export function fitChosen(rows: LeverRows, { choices, leftOut, slope }: ChosenLever): AdditiveFit {
  const fit = fitWithChoices(rows, choices, leftOut);
  const effects = fit.effects.map((effect) => slope * effect);
  const logOdds = predictLogOdds(rows.x, { intercept: 0, effects });
  if (rows.offset !== undefined) for (const row of logOdds.keys()) logOdds[row]! += rows.offset[row]!;
  const weights = agedWeights(rows.x.rows, choices.halfLife);
  return { ...fit, effects, intercept: interceptFor(logOdds, weights, rows.outcome) };
}

/** The intercept under which the mean forecast of `logOdds` is the weighted rate of the outcome. */
export function interceptFor(logOdds: Float64Array, weights: Float64Array, outcome: ArrayLike<number>): number {
  let wanted = 0;
  for (let row = 0; row < logOdds.length; row++) wanted += weights[row]! * outcome[row]!;
  let low = -30;
  let high = 30;
  let at = 0;
  for (let round = 0; round < 60; round++) {
    let sum = 0;
    let slope = 1e-12;
    for (let row = 0; row < logOdds.length; row++) {
      const p = sigmoid(at + logOdds[row]!);
      sum += weights[row]! * p;
      slope += weights[row]! * p * (1 - p);
    }
    if (sum < wanted) low = at;
    else high = at;
    const next = at + (wanted - sum) / slope;
    const inside = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(inside - at) < 1e-12) return inside;
    at = inside;
  }
  return at;
}
