import { type AdditiveFit, fitAdditiveLogistic } from '../stats/models/additive-logistic.ts';
import { binCount } from '../stats/models/binned-rows.ts';
import { boostSteps } from '../stats/models/boosted-steps.ts';
import type { StepGrid } from '../stats/models/step-grid.ts';
import type { LeverRows } from './fit-rows.ts';

/** How a lever is fitted; every one of these is chosen on time-forward folds. */
export interface LeverChoices {
  /** So many small steps, each where it helps most; `null`: the ridge alone. */
  steps: number | null;
  /** All effects at once, pulled to nothing by so much; `null`: the steps alone. Where there are both, the mean of the two. */
  ridge: number | null;
  /** After which share of the rows, counted back from the last, a row counts half; `null`: all count alike. */
  halfLife: number | null;
  /** How much of the stage before it is taken as given. */
  borrow: number;
}

/** A ridge that lets nothing through. */
const nothing = 1e7;
/** Pull between neighbouring ranges of a number, and the share of the ridge that each of its many ranges feels. */
const smooth = 20;
const perRange = 0.1;

/** Fits a lever as the choices say. */
export function fitWithChoices(rows: LeverRows, choices: LeverChoices, leftOut: readonly boolean[]): AdditiveFit {
  const { steps, ridge } = choices;
  const bySteps = steps === null ? undefined : fitBySteps(rows, choices, leftOut, [steps]).next().value;
  if (ridge === null) return bySteps ?? fitByRidge(rows, { ...choices, ridge: nothing }, []);
  if (bySteps === undefined) return fitByRidge(rows, { ...choices, ridge }, leftOut);
  return meanFit(bySteps, fitByRidge(rows, { ...choices, ridge }, unmoved(rows, choices, leftOut, bySteps)));
}

/** One fit a number of steps, each worked out when it is asked for. */
export function fitBySteps(
  rows: LeverRows,
  choices: LeverChoices,
  leftOut: readonly boolean[],
  stops: readonly number[],
  grid?: StepGrid,
): Generator<AdditiveFit, undefined> {
  return boostSteps(rows.x, rows.outcome, {
    ...startOf(rows, choices, leftOut),
    stops,
    leftOut,
    ...(grid === undefined ? {} : { grid }),
  });
}

/** `near` is a fit to start from. */
export function fitByRidge(
  rows: LeverRows,
  choices: LeverChoices & { ridge: number },
  leftOut: readonly boolean[],
  near?: AdditiveFit,
): AdditiveFit {
  const { x, outcome } = rows;
  const ridge = new Float64Array(binCount(x));
  let at = 0;
  for (const [f, size] of x.sizes.entries()) {
    const usual = x.ordered[f]! > 0 ? perRange * choices.ridge : choices.ridge;
    ridge.fill(leftOut[f] === true ? nothing : usual, at, at + size);
    at += size;
  }
  return fitAdditiveLogistic(x, outcome, {
    ...startOf(rows, choices, leftOut),
    ridge,
    smooth,
    rough: true,
    ...(near === undefined ? {} : { start: near }),
  });
}

/** The features that no step moved, and those that are not to be used; where no step was taken, the latter alone. */
export function unmoved(
  { x, centre }: LeverRows,
  { borrow, steps }: LeverChoices,
  leftOut: readonly boolean[],
  { effects }: AdditiveFit,
): boolean[] {
  let at = 0;
  return x.sizes.map((size, f) => {
    const own = effects.subarray(at, at + size);
    const given = centre?.subarray(at, at + size);
    at += size;
    if (leftOut[f] === true || steps === 0) return leftOut[f] === true;
    return own.every((effect, bin) => effect === borrow * (given?.[bin] ?? 0));
  });
}

/** Halfway between two fits. */
export function meanFit(a: AdditiveFit, b: AdditiveFit): AdditiveFit {
  return {
    intercept: (a.intercept + b.intercept) / 2,
    effects: a.effects.map((effect, bin) => (effect + b.effects[bin]!) / 2),
    converged: a.converged && b.converged,
  };
}

function startOf({ x, centre, offset }: LeverRows, { borrow, halfLife }: LeverChoices, leftOut: readonly boolean[]) {
  return {
    ...(centre === undefined || borrow === 0 ? {} : { centre: borrowed(x.sizes, centre, borrow, leftOut) }),
    ...(offset === undefined ? {} : { offset }),
    ...(halfLife === null ? {} : { weights: agedWeights(x.rows, halfLife) }),
  };
}

/** The effects of the stage before as far as they are taken over; nothing of features that are left out. */
function borrowed(sizes: readonly number[], centre: Float64Array, borrow: number, leftOut: readonly boolean[]) {
  const taken = centre.map((effect) => borrow * effect);
  let at = 0;
  for (const [f, size] of sizes.entries()) {
    if (leftOut[f] === true) taken.fill(0, at, at + size);
    at += size;
  }
  return taken;
}

/** Weights under which a row that lies `halfLife` of all rows before the last counts half. */
export function agedWeights(rows: number, halfLife: number | null): Float64Array {
  if (halfLife === null) return new Float64Array(rows).fill(1);
  return Float64Array.from({ length: rows }, (_, row) => 2 ** (-(rows - 1 - row) / rows / halfLife));
}
