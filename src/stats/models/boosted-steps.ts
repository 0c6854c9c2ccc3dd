import { type AdditiveFit, predictLogOdds } from './additive-logistic.ts';
import { type BinnedRows, binCount } from './binned-rows.ts';
import { sigmoid } from './logistic.ts';
import { type StepGrid, stepGrid } from './step-grid.ts';

export interface BoostOptions {
  /** After how many steps to hand back a fit, in ascending order. */
  stops: readonly number[];
  /** What to start from, bin by bin; 0 where it is not given. */
  centre?: Float64Array;
  /** Known log-odds that are added to every row. */
  offset?: Float64Array;
  /** How much each row counts, 1 where it is not given. */
  weights?: Float64Array;
  /** Features that stay as they start. */
  leftOut?: readonly boolean[];
  /** The grid of these rows, where it is at hand. */
  grid?: StepGrid;
}

/** Share of the best step that is taken. */
const rate = 0.1;
/** A step is held back as if ten even-odds rows more spoke against it: few rows move little. */
const doubt = 2.5;
/** Forces are followed on paper for so many steps, or until one has moved so far in logits; then they are measured anew. */
const measuredEvery = 50;
const farthest = 0.5;

/**
 * Logistic regression on bins by many small steps, each the one that helps most: a feature that says nothing gets none, and
 * strong ones are not held back for the sake of weak ones, as they are by a ridge.
 *
 * A step moves one category, or all ranges below a cut, a tenth of the way to where they would fit best. Between two
 * measurements forces are followed by how steps overlap, so that a step costs as much as there are bins, however many the rows.
 *
 * One fit a stop, each worked out when it is asked for.
 *
 * @see https://hastie.su.domains/ElemStatLearn/ sections 10.10 and 16.2 (boosting, and why small steps forecast better)
 */
export function* boostSteps(
  x: BinnedRows,
  outcome: Uint8Array,
  options: BoostOptions,
): Generator<AdditiveFit, undefined> {
  const grid = options.grid ?? stepGrid(x);
  const effects = Float64Array.from(options.centre ?? new Float64Array(binCount(x)));
  const usable = usableSteps(x, grid, options.leftOut ?? []);
  const moved = new Float64Array(grid.size);
  let measured = measure(x, outcome, options, grid, effects, 0);
  let taken = 0;
  let unmeasured = 0;
  for (const stop of options.stops) {
    for (; taken < stop; taken++) {
      const { force, held, stretch } = measured;
      const step = steepest(force, held, usable);
      if (step < 0) break;
      const length = Math.max(-farthest, Math.min(farthest, (rate * force[step]!) / held[step]!));
      moved[step]! += length;
      const push = length * stretch[step]!;
      const overlap = grid.overlapOf(step);
      for (let k = 0; k < overlap.length; k++) force[k]! -= push * stretch[k]! * overlap[k]!;
      if (++unmeasured < measuredEvery && Math.abs(moved[step]!) < farthest) continue;
      settle(grid, moved, effects);
      measured = measure(x, outcome, options, grid, effects, measured.intercept);
      unmeasured = 0;
    }
    settle(grid, moved, effects);
    measured = measure(x, outcome, options, grid, effects, measured.intercept);
    unmeasured = 0;
    yield { intercept: measured.intercept, effects: Float64Array.from(effects), converged: true };
  }
  return undefined;
}

/** Steps that a row or more is on either side of, of features that are not left out. */
function usableSteps(x: BinnedRows, grid: StepGrid, leftOut: readonly boolean[]): Uint32Array {
  const usable = Uint8Array.from(grid.spread, (spread) => (spread < 1 ? 0 : 1));
  let from = 0;
  for (const [feature, bins] of x.sizes.entries()) {
    if (leftOut[feature] === true) usable.fill(0, from, from + bins);
    from += bins;
  }
  return Uint32Array.from(usable.keys()).filter((step) => usable[step] === 1);
}

function steepest(force: Float64Array, held: Float64Array, usable: Uint32Array): number {
  let best = -1;
  let most = 1e-9;
  for (let at = 0; at < usable.length; at++) {
    const step = usable[at]!;
    const gain = (force[step]! * force[step]!) / held[step]!;
    if (gain > most) [best, most] = [step, gain];
  }
  return best;
}

function settle(grid: StepGrid, moved: Float64Array, effects: Float64Array): void {
  grid.settle(moved, effects);
  moved.fill(0);
}

interface Measured {
  /** Under which as many events are forecast as there were. */
  intercept: number;
  /** What is left to explain, step by step. */
  force: Float64Array;
  /** What divides the force of each step: how fast its rows' forecasts follow their log-odds, doubt added. */
  held: Float64Array;
  /** Root of how fast the forecasts of each step's rows follow, a row. */
  stretch: Float64Array;
}

function measure(
  x: BinnedRows,
  outcome: Uint8Array,
  { offset, weights }: BoostOptions,
  { size, spread, gather }: StepGrid,
  effects: Float64Array,
  near: number,
): Measured {
  const logOdds = predictLogOdds(x, { intercept: near, effects });
  if (offset !== undefined) for (let row = 0; row < x.rows; row++) logOdds[row]! += offset[row]!;
  const { shift, left, bend, allLeft, allBend } = level(logOdds, outcome, weights);
  const force = new Float64Array(size);
  const curve = new Float64Array(size);
  const width = x.sizes.length;
  const { cells } = x;
  for (let row = 0, cell = 0; row < x.rows; row++, cell += width) {
    const [push, follow] = [left[row]!, bend[row]!];
    for (let f = 0; f < width; f++) {
      const bin = cells[cell + f]!;
      force[bin]! += push;
      curve[bin]! += follow;
    }
  }
  gather(force);
  gather(curve);
  const held = new Float64Array(size);
  const stretch = new Float64Array(size);
  for (let step = 0; step < size; step++) {
    const part = curve[step]! / allBend;
    const follows = curve[step]! * (1 - part);
    force[step]! -= part * allLeft;
    held[step] = follows + doubt;
    stretch[step] = spread[step]! < 1 ? 0 : Math.sqrt(Math.max(follows, 0) / spread[step]!);
  }
  return { intercept: near + shift, force, held, stretch };
}

/** Shifts all log-odds until as many events are forecast as there were; what is left of each row, and its curve. */
function level(logOdds: Float64Array, outcome: Uint8Array, weights: Float64Array | undefined) {
  const rows = logOdds.length;
  const left = new Float64Array(rows);
  const bend = new Float64Array(rows);
  let shift = 0;
  for (let round = 0; ; round++) {
    let allLeft = 0;
    let allBend = 1e-9;
    for (let row = 0; row < rows; row++) {
      const weight = weights === undefined ? 1 : weights[row]!;
      const p = sigmoid(logOdds[row]! + shift);
      const push = weight * (outcome[row]! - p);
      const follow = weight * p * (1 - p);
      left[row] = push;
      bend[row] = follow;
      allLeft += push;
      allBend += follow;
    }
    const by = Math.max(-2, Math.min(2, allLeft / allBend));
    if (Math.abs(by) < 1e-4 || round === 20) return { shift, left, bend, allLeft, allBend };
    shift += by;
  }
}
