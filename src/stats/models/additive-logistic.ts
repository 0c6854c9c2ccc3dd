import { type BinPenalty, binPenalty } from './bin-penalty.ts';
import { type BinnedRows, binCount, pickRows } from './binned-rows.ts';

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

interface Tolerance {
  /** A Newton step that gains less than this share of the loss is the last one. */
  gain: number;
  /** Share of the energy that a step's solution may leave. */
  energy: number;
}

const fine: Tolerance = { gain: 1e-7, energy: 1e-4 };
const rough: Tolerance = { gain: 1e-5, energy: 1e-2 };
const maxNewtonSteps = 30;
const maxConjugateSteps = 60;
/** Past this many rows, one row in eight is fitted first: the rest then moves little. */
const manyRows = 20_000;

/**
 * Logistic regression on bins: a log-odds that is a sum of one effect a feature, kept small and smooth by penalties.
 *
 * Each Newton step is solved by conjugate gradients, prepared feature by feature, so the cost is rows times features and no
 * matrix is ever built: a hundred thousand rows of a hundred features take less than a second.
 *
 * @see https://hastie.su.domains/ElemStatLearn/ sections 4.4 (Newton steps) and 5.2 (smoothing penalties)
 */
export function fitAdditiveLogistic(x: BinnedRows, outcome: Uint8Array, options: AdditiveOptions): AdditiveFit {
  const penalty = binPenalty(x, options.ridge, options.smooth);
  const tolerance = options.rough === true ? rough : fine;
  const bins = binCount(x);
  const centre = options.centre ?? new Float64Array(bins);
  const start = options.start ?? (x.rows > manyRows ? fitSome(x, outcome, options) : null);
  let at = new Float64Array(bins + 1);
  const away = Float64Array.from(centre, (value, bin) => (start === null ? 0 : start.effects[bin]! - value));
  at[0] = (start?.intercept ?? 0) + penalty.settle(away);
  for (let bin = 0; bin < bins; bin++) at[bin + 1] = centre[bin]! + away[bin]!;
  let current = look(x, outcome, options, at, penalty, centre);
  for (let step = 0; step < maxNewtonSteps; step++) {
    const direction = solve(x, current, penalty, tolerance.energy);
    let length = 1;
    let next = along(at, direction, length);
    let seen = look(x, outcome, options, next, penalty, centre);
    while (!(seen.loss <= current.loss) && length > 1e-4) {
      length /= 2;
      next = along(at, direction, length);
      seen = look(x, outcome, options, next, penalty, centre);
    }
    if (!(seen.loss <= current.loss)) return fitOf(at, true);
    const gained = current.loss - seen.loss;
    [at, current] = [next, seen];
    if (gained < tolerance.gain * (1 + Math.abs(seen.loss))) return fitOf(at, true);
  }
  return fitOf(at, false);
}

/** Log-odds of each row under a fit. */
export function predictLogOdds(x: BinnedRows, { intercept, effects }: Omit<AdditiveFit, 'converged'>): Float64Array {
  const width = x.sizes.length;
  const { cells } = x;
  const logOdds = new Float64Array(x.rows);
  for (let row = 0, cell = 0; row < x.rows; row++) {
    let sum = intercept;
    for (const end = cell + width; cell < end; cell++) sum += effects[cells[cell]!]!;
    logOdds[row] = sum;
  }
  return logOdds;
}

function fitOf(parameters: Float64Array, converged: boolean): AdditiveFit {
  return { intercept: parameters[0]!, effects: parameters.slice(1), converged };
}

function along(from: Float64Array, direction: Float64Array, length: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(from, (value, k) => value + length * direction[k]!);
}

/** The same fit on one row in eight, each counting eight times. */
function fitSome(x: BinnedRows, outcome: Uint8Array, options: AdditiveOptions): AdditiveFit {
  const every = 8;
  const kept = Uint32Array.from({ length: Math.floor(x.rows / every) }, (_, at) => at * every);
  const { offset, weights } = options;
  return fitAdditiveLogistic(
    pickRows(x, kept),
    Uint8Array.from(kept, (row) => outcome[row]!),
    {
      ...options,
      weights: Float64Array.from(kept, (row) => every * (weights?.[row] ?? 1)),
      ...(offset === undefined ? {} : { offset: Float64Array.from(kept, (row) => offset[row]!) }),
      rough: true,
    },
  );
}

/** The loss at a point, with its slope and its curve: by bin (intercept first), and the curve by row as well. */
interface Look {
  loss: number;
  downhill: Float64Array;
  curve: Float64Array;
  rowCurve: Float64Array;
}

function look(
  x: BinnedRows,
  outcome: Uint8Array,
  { offset, weights }: AdditiveOptions,
  parameters: Float64Array,
  penalty: BinPenalty,
  centre: Float64Array,
): Look {
  const width = x.sizes.length;
  const { cells } = x;
  const effects = parameters.subarray(1);
  const downhill = new Float64Array(parameters.length);
  const curve = new Float64Array(parameters.length);
  const rowCurve = new Float64Array(x.rows);
  const [pushed, curved] = [downhill.subarray(1), curve.subarray(1)];
  const away = effects.map((effect, bin) => effect - centre[bin]!);
  let loss = penalty.cost(away);
  for (let row = 0, cell = 0; row < x.rows; row++, cell += width) {
    const weight = weights === undefined ? 1 : weights[row]!;
    if (weight === 0) continue;
    let logOdds = parameters[0]! + (offset === undefined ? 0 : offset[row]!);
    for (let f = 0; f < width; f++) logOdds += effects[cells[cell + f]!]!;
    const shrunk = Math.exp(-Math.abs(logOdds));
    const p = logOdds >= 0 ? 1 / (1 + shrunk) : shrunk / (1 + shrunk);
    loss += weight * (Math.max(logOdds, 0) + Math.log1p(shrunk) - outcome[row]! * logOdds);
    const push = weight * (outcome[row]! - p);
    const bend = weight * Math.max(p * (1 - p), 1e-9);
    rowCurve[row] = bend;
    downhill[0]! += push;
    curve[0]! += bend;
    for (let f = 0; f < width; f++) {
      const bin = cells[cell + f]!;
      pushed[bin]! += push;
      curved[bin]! += bend;
    }
  }
  penalty.addForce(away, pushed, -1);
  return { loss, downhill, curve, rowCurve };
}

/** Adds the second derivative of the unpenalised loss times `direction`, in one pass over the cells. */
function addImage(x: BinnedRows, rowCurve: Float64Array, direction: Float64Array, image: Float64Array): void {
  const width = x.sizes.length;
  const { cells } = x;
  for (let row = 0, cell = 0; row < x.rows; row++, cell += width) {
    let sum = 0;
    for (let f = 0; f < width; f++) sum += direction[cells[cell + f]!]!;
    sum *= rowCurve[row]!;
    for (let f = 0; f < width; f++) image[cells[cell + f]!]! += sum;
  }
}

/**
 * The Newton step, by conjugate gradients on effects whose curve-weighted mean is 0 in every feature: then the intercept
 * stands alone, and features that have nothing to do with each other are solved at once.
 */
function solve(x: BinnedRows, { downhill, curve, rowCurve }: Look, penalty: BinPenalty, tolerance: number) {
  const prepare = penalty.solver(curve.subarray(1));
  const residual = downhill.slice(1);
  const size = residual.length;
  const prepared = new Float64Array(size);
  const solution = new Float64Array(size);
  prepare(residual, prepared);
  const direction = Float64Array.from(prepared);
  let energy = dot(prepared, residual);
  const enough = tolerance * energy;
  for (let step = 0; step < maxConjugateSteps && energy > enough; step++) {
    const image = new Float64Array(size);
    addImage(x, rowCurve, direction, image);
    const settled = Float64Array.from(direction);
    penalty.settle(settled);
    penalty.addForce(settled, image, 1);
    const length = energy / dot(direction, image);
    for (let k = 0; k < size; k++) {
      solution[k]! += length * direction[k]!;
      residual[k]! -= length * image[k]!;
    }
    prepare(residual, prepared);
    const nextEnergy = dot(prepared, residual);
    const turn = nextEnergy / energy;
    for (let k = 0; k < size; k++) direction[k] = prepared[k]! + turn * direction[k]!;
    energy = nextEnergy;
  }
  const step = new Float64Array(size + 1);
  step[0] = downhill[0]! / (curve[0]! + 1e-9) + penalty.settle(solution);
  step.set(solution, 1);
  return step;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
