import { type AdditiveFit, predictLogOdds } from '../stats/models/additive-logistic.ts';
import { affineCalibration } from '../stats/models/affine-calibration.ts';
import { logLossEach } from '../stats/models/log-loss.ts';
import { sigmoid } from '../stats/models/logistic.ts';
import type { Fold } from './fit-rows.ts';
import type { LeverChoices } from './fit-with-choices.ts';

/** What a choice reached on rows that it was not fitted on. */
export interface Judged {
  choices: LeverChoices;
  /** One fit a fold. */
  fits: AdditiveFit[];
  /** Log loss of each judged row. */
  loss: Float64Array;
  /** What the log-odds must be stretched by to be honest; 1 where there is an offset. */
  slope: number;
}

const calibrationCaution = 40;

/**
 * Judges fits, one a fold, on the later rows of their folds.
 *
 * The slope is the mean over the folds: within a fold, so that a win rate that rose from fold to fold is not taken for skill.
 */
export function judgeFits(folds: readonly Fold[], choices: LeverChoices, fits: AdditiveFit[]): Judged {
  const said = folds.map(({ judge: { x, outcome, offset } }, fold) => {
    const logOdds = predictLogOdds(x, fits[fold]!);
    if (offset !== undefined) for (const row of logOdds.keys()) logOdds[row]! += offset[row]!;
    const slope = offset === undefined ? affineCalibration(outcome, logOdds, calibrationCaution).slope : 1;
    return { logOdds, outcome, slope };
  });
  const slope = Math.max(said.reduce((sum, fold) => sum + fold.slope, 0) / said.length, 0);
  const loss = new Float64Array(said.reduce((sum, { outcome }) => sum + outcome.length, 0));
  let at = 0;
  for (const { logOdds, outcome } of said) {
    const middle = logOdds.reduce((sum, value) => sum + value, 0) / Math.max(logOdds.length, 1);
    const honest = logOdds.map((value) => sigmoid(middle + slope * (value - middle)));
    loss.set(logLossEach(outcome, honest), at);
    at += outcome.length;
  }
  return { choices, fits, loss, slope };
}

/** The one with the least loss, the first of them where several have it. */
export function bestOf(judged: readonly Judged[]): Judged {
  return judged.reduce((best, next) => (isBetter(next, best, 0) ? next : best));
}

/** Whether the loss is less, row by row, by more than so many standard errors. */
export function isBetter(next: Judged, best: Judged, standardErrors: number): boolean {
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
