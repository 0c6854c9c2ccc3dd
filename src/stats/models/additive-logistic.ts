import { sigmoid } from './logistic.ts';

/** Rows as bins: `columns[f][row]` is the bin of feature `f`, below `sizes[f]`. */
export interface BinnedRows {
  rows: number;
  columns: readonly Uint16Array[];
  sizes: readonly number[];
  /** How many leading bins of each feature lie in order, so that neighbours should be alike: 0 for categories. */
  ordered: readonly number[];
}

export interface AdditiveOptions {
  /** Pulls every effect towards its centre: one weight for all bins, or one a bin. */
  ridge: number | Float64Array;
  /** Pulls the effects of neighbouring ordered bins towards each other: one weight, or one a bin for it and the next. */
  smooth: number | Float64Array;
  /** What effects are pulled towards, bin by bin; 0 where it is not given. */
  centre?: Float64Array;
  /** Known log-odds that are added to every row. */
  offset?: Float64Array;
  /** How much each row counts, 1 where it is not given; 0 leaves a row out. */
  weights?: Float64Array;
  /** Where to start looking; saves time, changes nothing but the last digits. */
  start?: AdditiveFit;
  /** Half the time for effects that are right to about three digits: enough to compare penalties. */
  rough?: boolean;
}

export interface AdditiveFit {
  intercept: number;
  /** One effect a bin, feature after feature. */
  effects: Float64Array;
  converged: boolean;
}

const maxNewtonSteps = 30;
const maxConjugateSteps = 60;

/**
 * Logistic regression on bins: a log-odds that is a sum of one effect a feature, kept small and smooth by penalties.
 *
 * Each Newton step is solved by conjugate gradients, so the cost is rows times features and no matrix is ever built:
 * a hundred thousand rows of a hundred features take about a second.
 *
 * @see https://hastie.su.domains/ElemStatLearn/ sections 4.4 (Newton steps) and 5.2 (smoothing penalties)
 */
export function fitAdditiveLogistic(x: BinnedRows, outcome: Uint8Array, options: AdditiveOptions): AdditiveFit {
  const size = 1 + x.sizes.reduce((sum, bins) => sum + bins, 0);
  const penalty = penaltyOf(x, options);
  const parameters = new Float64Array(size);
  if (options.start !== undefined) {
    parameters[0] = options.start.intercept;
    parameters.set(options.start.effects, 1);
  } else if (options.centre !== undefined) parameters.set(options.centre, 1);
  const eta = new Float64Array(x.rows);
  const slope = new Float64Array(x.rows);
  const curve = new Float64Array(x.rows);
  const loss = (at: Float64Array): number => {
    multiply(x, at, eta);
    let sum = penalty.cost(at);
    for (let row = 0; row < x.rows; row++) {
      const weight = options.weights?.[row] ?? 1;
      if (weight === 0) continue;
      const logOdds = eta[row]! + (options.offset?.[row] ?? 0);
      sum += weight * (Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds))) - outcome[row]! * logOdds);
    }
    return sum;
  };
  let current = loss(parameters);
  for (let step = 0; step < maxNewtonSteps; step++) {
    for (let row = 0; row < x.rows; row++) {
      const weight = options.weights?.[row] ?? 1;
      const p = sigmoid(eta[row]! + (options.offset?.[row] ?? 0));
      slope[row] = weight * (outcome[row]! - p);
      curve[row] = weight * Math.max(p * (1 - p), 1e-9);
    }
    const gradient = new Float64Array(size);
    accumulate(x, slope, gradient);
    penalty.subtractGradient(parameters, gradient);
    const direction = solve(x, curve, penalty, gradient, options.rough === true ? 1e-2 : 1e-4);
    let length = 1;
    let next = parameters.map((value, k) => value + direction[k]!);
    let after = loss(next);
    while (after > current && length > 1e-4) {
      length /= 2;
      next = parameters.map((value, k) => value + length * direction[k]!);
      after = loss(next);
    }
    if (!(after <= current)) return fitOf(parameters, true);
    parameters.set(next);
    const gained = current - after;
    current = after;
    if (gained < (options.rough === true ? 1e-5 : 1e-7) * (1 + Math.abs(current))) return fitOf(parameters, true);
  }
  return fitOf(parameters, false);
}

/** Log-odds of each row under a fit. */
export function predictLogOdds(x: BinnedRows, fit: AdditiveFit): Float64Array {
  const parameters = new Float64Array(fit.effects.length + 1);
  parameters[0] = fit.intercept;
  parameters.set(fit.effects, 1);
  return multiply(x, parameters, new Float64Array(x.rows));
}

function fitOf(parameters: Float64Array, converged: boolean): AdditiveFit {
  return { intercept: parameters[0]!, effects: parameters.slice(1), converged };
}

function multiply(x: BinnedRows, parameters: Float64Array, into: Float64Array): Float64Array {
  into.fill(parameters[0]!);
  let at = 1;
  for (const [feature, column] of x.columns.entries()) {
    for (let row = 0; row < column.length; row++) into[row]! += parameters[at + column[row]!]!;
    at += x.sizes[feature]!;
  }
  return into;
}

/** Adds up a number a row by bin. Four lanes: a bin that most rows share would make each addition wait for the last. */
function accumulate(x: BinnedRows, perRow: Float64Array, into: Float64Array): void {
  let sum = 0;
  for (let row = 0; row < x.rows; row++) sum += perRow[row]!;
  into[0]! += sum;
  let at = 1;
  for (const [feature, column] of x.columns.entries()) {
    const bins = x.sizes[feature]!;
    const lanes = new Float64Array(4 * bins);
    let row = 0;
    for (; row + 3 < x.rows; row += 4) {
      lanes[column[row]!]! += perRow[row]!;
      lanes[bins + column[row + 1]!]! += perRow[row + 1]!;
      lanes[2 * bins + column[row + 2]!]! += perRow[row + 2]!;
      lanes[3 * bins + column[row + 3]!]! += perRow[row + 3]!;
    }
    for (; row < x.rows; row++) lanes[column[row]!]! += perRow[row]!;
    for (let bin = 0; bin < bins; bin++) {
      into[at + bin]! += lanes[bin]! + lanes[bins + bin]! + lanes[2 * bins + bin]! + lanes[3 * bins + bin]!;
    }
    at += bins;
  }
}

interface Penalty {
  cost(parameters: Float64Array): number;
  subtractGradient(parameters: Float64Array, from: Float64Array): void;
  /** Adds the penalty's second derivative times `direction`. */
  addCurve(direction: Float64Array, into: Float64Array): void;
  diagonal: Float64Array;
}

function penaltyOf(x: BinnedRows, { ridge, smooth, centre }: AdditiveOptions): Penalty {
  const size = 1 + x.sizes.reduce((sum, bins) => sum + bins, 0);
  const pull = new Float64Array(size);
  const diagonal = new Float64Array(size);
  for (let k = 1; k < size; k++) pull[k] = diagonal[k] = typeof ridge === 'number' ? ridge : ridge[k - 1]!;
  const bond = (k: number): number => (typeof smooth === 'number' ? smooth : smooth[k - 1]!);
  const neighbours: number[] = [];
  let at = 1;
  for (const [feature, bins] of x.sizes.entries()) {
    for (let bin = 0; bin + 1 < x.ordered[feature]!; bin++) neighbours.push(at + bin);
    at += bins;
  }
  for (const k of neighbours) {
    diagonal[k]! += bond(k);
    diagonal[k + 1]! += bond(k);
  }
  const addCurve = (direction: Float64Array, into: Float64Array): void => {
    for (let k = 1; k < size; k++) into[k]! += pull[k]! * direction[k]!;
    for (const k of neighbours) {
      const step = bond(k) * (direction[k + 1]! - direction[k]!);
      into[k]! -= step;
      into[k + 1]! += step;
    }
  };
  const distance = (parameters: Float64Array): Float64Array =>
    parameters.map((value, k) => (k === 0 ? 0 : value - (centre?.[k - 1] ?? 0)));
  return {
    diagonal,
    addCurve,
    cost(parameters) {
      const away = distance(parameters);
      const force = new Float64Array(size);
      addCurve(away, force);
      return away.reduce((sum, value, k) => sum + (value * force[k]!) / 2, 0);
    },
    subtractGradient(parameters, from) {
      const force = new Float64Array(size);
      addCurve(distance(parameters), force);
      for (let k = 0; k < size; k++) from[k]! -= force[k]!;
    },
  };
}

/** Conjugate gradients for (second derivative) times direction = gradient, scaled by the diagonal. */
function solve(
  x: BinnedRows,
  curve: Float64Array,
  penalty: Penalty,
  gradient: Float64Array,
  tolerance: number,
): Float64Array {
  const size = gradient.length;
  const diagonal = Float64Array.from(penalty.diagonal);
  accumulate(x, curve, diagonal);
  const solution = new Float64Array(size);
  const residual = Float64Array.from(gradient);
  const direction = residual.map((value, k) => value / (diagonal[k]! + 1e-9));
  const perRow = new Float64Array(x.rows);
  let energy = direction.reduce((sum, value, k) => sum + value * residual[k]!, 0);
  const enough = tolerance * energy;
  for (let step = 0; step < maxConjugateSteps && energy > enough; step++) {
    multiply(x, direction, perRow);
    for (let row = 0; row < x.rows; row++) perRow[row]! *= curve[row]!;
    const image = new Float64Array(size);
    accumulate(x, perRow, image);
    penalty.addCurve(direction, image);
    const along = energy / direction.reduce((sum, value, k) => sum + value * image[k]!, 0);
    for (let k = 0; k < size; k++) {
      solution[k]! += along * direction[k]!;
      residual[k]! -= along * image[k]!;
    }
    const scaled = residual.map((value, k) => value / (diagonal[k]! + 1e-9));
    const nextEnergy = scaled.reduce((sum, value, k) => sum + value * residual[k]!, 0);
    const turn = nextEnergy / energy;
    for (let k = 0; k < size; k++) direction[k] = scaled[k]! + turn * direction[k]!;
    energy = nextEnergy;
  }
  return solution;
}
