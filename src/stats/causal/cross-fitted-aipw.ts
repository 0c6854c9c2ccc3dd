import { NotEnoughDataError } from '../../errors.ts';
import { affineCalibration } from '../models/affine-calibration.ts';
import { logit, sigmoid } from '../models/logistic.ts';
import { columnVariances, type SparseRows } from '../models/sparse-rows.ts';
import { crossFittedPropensity } from './cross-fitted-propensity.ts';
import { crossFittedRidge } from './cross-fitted-ridge.ts';
import { type Overlap, overlapOf } from './overlap.ts';

export interface AipwInput {
  /** What is held equal; the first column is all ones. */
  table: SparseRows;
  /** 1 treated, 0 not. */
  treated: ArrayLike<number>;
  outcome: ArrayLike<number>;
  /** Which fold each row is in, from 0. */
  fold: ArrayLike<number>;
  /** How many rows of the population each row stands for; one when absent. */
  weight?: ArrayLike<number> | undefined;
  /** `all`: of the rows of both kinds. `treated`: of the treated alone. */
  of?: 'all' | 'treated';
  /** Rows whose chance of treatment lies within this of 0 or 1 are left out; 0.05 when absent. */
  trim?: number;
  /** Hold chances that are bolder than the rows of other folds bear out nearer to their mean; off when absent. */
  calmed?: boolean;
}

export interface AipwResult {
  effect: number;
  standardError: number;
  /** The mean outcome if all were treated, and if none were. */
  treated: number;
  untreated: number;
  /** Standard error of the logarithm of their ratio; `null` where one of them is not above 0. */
  logRatioError: number | null;
  overlap: Overlap;
}

/**
 * What a treatment adds to an outcome, everything in the table held equal: augmented inverse probability weighting.
 *
 * Two guesses are made of each row by rows of other folds: its chance of being treated, and its outcome in either arm. The
 * answer is right when either guess is right, and its standard error is that of the mean of the rows' influences. Where one
 * kind of row is next to never treated nothing can be compared, so those rows are left out and counted.
 *
 * @see https://en.wikipedia.org/wiki/Inverse_probability_weighting#Augmented_inverse_probability_weighted_estimator_(AIPWE), Chernozhukov et al. 2018, "Double/debiased machine learning"
 * @throws {NotEnoughDataError} when an arm has no row left
 * @example crossFittedAipw({ table: sparseRows([[1, 1, 1, 1, 1, 1, 1, 1]]), treated: [1, 1, 0, 0, 1, 1, 0, 0], outcome: [3, 5, 1, 3, 3, 5, 1, 3], fold: [0, 0, 0, 0, 1, 1, 1, 1] }).effect; // => 2
 */
export function crossFittedAipw(input: AipwInput): AipwResult {
  const { table, treated, outcome, fold, of = 'all', trim = 0.05, calmed = false } = input;
  const weight = input.weight ?? new Float64Array(table.rows).fill(1);
  const variance = columnVariances(table, weight);
  const told = crossFittedPropensity(table, treated, fold, weight, variance);
  const chance = calmed ? calm(told, treated, weight) : told;
  const control = Float64Array.from({ length: table.rows }, (_, row) => 1 - treated[row]!);
  const without = crossFittedRidge(table, outcome, control, fold, weight, variance);
  const { kept, overlap } = overlapOf(chance, treated, weight, { trim, of });
  if (overlap.treated === 0 || overlap.untreated === 0) {
    throw new NotEnoughDataError(
      `a comparison needs rows of both kinds that resemble each other, got ${overlap.treated} treated and ${overlap.untreated} others after leaving out those that do not`,
    );
  }
  const rows = { treated, outcome, weight, chance, without, kept };
  if (of === 'treated') return { ...amongTreated(rows), overlap };
  const withIt = crossFittedRidge(table, outcome, treated, fold, weight, variance);
  return { ...amongAll({ ...rows, withIt }), overlap };
}

/**
 * Chances on the line that makes them honest. A table of many columns and few rows spreads them where there is nothing to
 * spread, and every row that is given a rare chance for nothing weighs much and widens the interval.
 *
 * @see https://arxiv.org/abs/2211.01221 why calibrated propensities help
 */
function calm(chance: Float64Array, treated: ArrayLike<number>, weight: ArrayLike<number>): Float64Array {
  const logOdds = chance.map(logit);
  const { intercept, slope } = affineCalibration(treated, logOdds, 0, weight);
  return slope >= 1 ? chance : logOdds.map((value) => sigmoid(intercept + Math.max(0, slope) * value));
}

interface Rows {
  treated: ArrayLike<number>;
  outcome: ArrayLike<number>;
  weight: ArrayLike<number>;
  /** Chance of treatment, and the outcome without it. */
  chance: Float64Array;
  without: Float64Array;
  kept: readonly number[];
}

type Estimate = Omit<AipwResult, 'overlap'>;

function amongAll({
  treated,
  outcome,
  weight,
  chance,
  without,
  withIt,
  kept,
}: Rows & { withIt: Float64Array }): Estimate {
  const one = armMean(kept, weight, withIt, (row) => treated[row]! / chance[row]!, outcome);
  const none = armMean(kept, weight, without, (row) => (1 - treated[row]!) / (1 - chance[row]!), outcome);
  const difference = kept.map((_, at) => one.influence[at]! - none.influence[at]!);
  const ratio =
    one.mean > 0 && none.mean > 0
      ? errorOf(kept, weight, (at) => one.influence[at]! / one.mean - none.influence[at]! / none.mean)
      : null;
  return {
    effect: one.mean - none.mean,
    standardError: errorOf(kept, weight, (at) => difference[at]!),
    treated: one.mean,
    untreated: none.mean,
    logRatioError: ratio,
  };
}

/** The mean of a guess over all rows, put right by what it missed in the arm; and what each row adds to that mean. */
function armMean(
  kept: readonly number[],
  weight: ArrayLike<number>,
  guess: Float64Array,
  inverse: (row: number) => number,
  outcome: ArrayLike<number>,
): { mean: number; influence: Float64Array } {
  let [total, guessed, missed, share] = [0, 0, 0, 0];
  for (const row of kept) {
    const counts = weight[row]!;
    const part = counts * inverse(row);
    total += counts;
    guessed += counts * guess[row]!;
    missed += part * (outcome[row]! - guess[row]!);
    share += part;
  }
  const [base, miss] = [guessed / total, missed / share];
  const influence = new Float64Array(kept.length);
  kept.forEach((row, at) => {
    influence[at] = guess[row]! - base + (total / share) * inverse(row) * (outcome[row]! - guess[row]! - miss);
  });
  return { mean: base + miss, influence };
}

function amongTreated({ treated, outcome, weight, chance, without, kept }: Rows): Estimate {
  const odds = (row: number): number => ((1 - treated[row]!) * chance[row]!) / (1 - chance[row]!);
  let [total, treatedWeight, oddsWeight, missedWith, missedWithout, reached] = [0, 0, 0, 0, 0, 0];
  for (const row of kept) {
    const counts = weight[row]!;
    const miss = outcome[row]! - without[row]!;
    total += counts;
    treatedWeight += counts * treated[row]!;
    oddsWeight += counts * odds(row);
    missedWith += counts * treated[row]! * miss;
    missedWithout += counts * odds(row) * miss;
    reached += counts * treated[row]! * outcome[row]!;
  }
  const [withIt, otherwise] = [missedWith / treatedWeight, missedWithout / oddsWeight];
  const effect = withIt - otherwise;
  const standardError = errorOf(kept, weight, (at) => {
    const row = kept[at]!;
    const miss = outcome[row]! - without[row]!;
    return (
      (total / treatedWeight) * treated[row]! * (miss - withIt) - (total / oddsWeight) * odds(row) * (miss - otherwise)
    );
  });
  const mean = reached / treatedWeight;
  return { effect, standardError, treated: mean, untreated: mean - effect, logRatioError: null };
}

/** Standard error of a weighted mean of influences that are zero on average. */
function errorOf(kept: readonly number[], weight: ArrayLike<number>, influence: (at: number) => number): number {
  let [total, squares] = [0, 0];
  kept.forEach((row, at) => {
    total += weight[row]!;
    squares += (weight[row]! * influence(at)) ** 2;
  });
  return Math.sqrt((squares * kept.length) / Math.max(1, kept.length - 1)) / total;
}
