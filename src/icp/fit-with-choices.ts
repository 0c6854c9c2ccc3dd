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
  /** Whether features whose values of late were hardly seen before are used too. */
  keepShifting: boolean;
  /** How much of the stage before it is taken as given. */
  borrow: number;
}

/** A ridge that lets nothing through. */
const nothing = 1e7;
/** Pull between neighbouring ranges of a number, and the share of the ridge that each of its many ranges feels. */
const smooth = 20;
const perRange = 0.1;

/** Fits a lever as the choices say. */
export function fitWithChoices(rows: LeverRows, choices: LeverChoices, shifting: readonly boolean[]): AdditiveFit {
  const { steps, ridge } = choices;
  const bySteps = steps === null ? undefined : fitBySteps(rows, choices, shifting, [steps]).next().value;
  const byRidge = ridge === null ? undefined : fitByRidge(rows, { ...choices, ridge }, shifting);
  if (byRidge === undefined) return bySteps ?? fitByRidge(rows, { ...choices, ridge: nothing }, shifting);
  return bySteps === undefined ? byRidge : meanFit(bySteps, byRidge);
}

/** One fit a number of steps, each worked out when it is asked for. */
export function fitBySteps(
  rows: LeverRows,
  choices: LeverChoices,
  shifting: readonly boolean[],
  stops: readonly number[],
  grid?: StepGrid,
): Generator<AdditiveFit, undefined> {
  return boostSteps(rows.x, rows.outcome, {
    ...startOf(rows, choices),
    stops,
    leftOut: choices.keepShifting ? [] : shifting,
    ...(grid === undefined ? {} : { grid }),
  });
}

/** `near` is a fit to start from. */
export function fitByRidge(
  rows: LeverRows,
  choices: LeverChoices & { ridge: number },
  shifting: readonly boolean[],
  near?: AdditiveFit,
): AdditiveFit {
  const { x, outcome } = rows;
  const ridge = new Float64Array(binCount(x));
  let at = 0;
  for (const [f, size] of x.sizes.entries()) {
    const usual = x.ordered[f]! > 0 ? perRange * choices.ridge : choices.ridge;
    ridge.fill(shifting[f] === true && !choices.keepShifting ? nothing : usual, at, at + size);
    at += size;
  }
  return fitAdditiveLogistic(x, outcome, {
    ...startOf(rows, choices),
    ridge,
    smooth,
    rough: true,
    ...(near === undefined ? {} : { start: near }),
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

function startOf({ x, centre, offset }: LeverRows, { borrow, halfLife }: LeverChoices) {
  return {
    ...(centre === undefined || borrow === 0 ? {} : { centre: centre.map((effect) => borrow * effect) }),
    ...(offset === undefined ? {} : { offset }),
    ...(halfLife === null ? {} : { weights: agedWeights(x.rows, halfLife) }),
  };
}

/** Weights under which a row that lies `halfLife` of all rows before the last counts half. */
export function agedWeights(rows: number, halfLife: number | null): Float64Array {
  if (halfLife === null) return new Float64Array(rows).fill(1);
  return Float64Array.from({ length: rows }, (_, row) => 2 ** (-(rows - 1 - row) / rows / halfLife));
}
