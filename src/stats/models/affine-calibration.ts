import { sigmoid } from './logistic.ts';

/**
 * The straight line that makes log-odds honest: `intercept + slope * logOdds`, fitted on rows the forecast never saw.
 *
 * A slope under 1 says that the forecast was too bold. `caution` counts pseudo-rows that hold the line at "change
 * nothing"; 0 is plain logistic regression on the log-odds.
 *
 * @param weight how many rows each stands for; one when absent
 * @see https://en.wikipedia.org/wiki/Platt_scaling
 * @example affineCalibration([0, 1, 0, 1], [-1, -1, 1, 1], 0); // => { intercept: 0, slope: 0 }
 */
export function affineCalibration(
  outcome: ArrayLike<number>,
  logOdds: ArrayLike<number>,
  caution: number,
  weight?: ArrayLike<number>,
): { intercept: number; slope: number } {
  const pull = caution / 4;
  let intercept = 0;
  let slope = 1;
  for (let step = 0; step < 50; step++) {
    let g0 = -pull * intercept;
    let g1 = -pull * (slope - 1);
    let h00 = pull + 1e-9;
    let h01 = 0;
    let h11 = pull + 1e-9;
    for (let row = 0; row < outcome.length; row++) {
      const x = logOdds[row]!;
      const p = sigmoid(intercept + slope * x);
      const counts = weight?.[row] ?? 1;
      const curve = counts * p * (1 - p);
      const short = counts * (outcome[row]! - p);
      g0 += short;
      g1 += short * x;
      h00 += curve;
      h01 += curve * x;
      h11 += curve * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 1e-12)) break;
    const move0 = clip((h11 * g0 - h01 * g1) / determinant);
    const move1 = clip((h00 * g1 - h01 * g0) / determinant);
    intercept += move0;
    slope += move1;
    if (Math.abs(move0) + Math.abs(move1) < 1e-10) break;
  }
  return { intercept, slope };
}

function clip(move: number): number {
  return Math.min(Math.max(move, -2), 2);
}
