import { type AdditiveFit, predictLogOdds } from '../stats/models/additive-logistic.ts';
import { type BinnedRows, pickRows, sliceRows } from '../stats/models/binned-rows.ts';
import { type ChosenLever, chooseLever, fitChosen, interceptFor, shiftingFeatures, thinned } from './fit-lever.ts';
import { forwardFolds, type LeverRows } from './fit-rows.ts';
import { agedWeights } from './fit-with-choices.ts';
import type { Lever } from './model.ts';
import { type Stage, stages } from './types.ts';

/** A lever with the effects of all bins, before they are rounded and centred. */
export interface FittedLever extends Lever {
  effects: Float64Array;
  /** How it was fitted; `null` where there was nothing to choose. */
  chosen: ChosenLever | null;
}

/** Choices made before, on an earlier part of the same book, whose features were `keys`. */
export interface KnownChoices {
  keys: readonly string[];
  levers: Partial<Record<Stage, ChosenLever>>;
}

/** Under this many events a stage stands wholly on the one before it. */
const fewestEvents = 20;

/**
 * Fits the four levers one after the other, each leaning on the one before it as far as that helps out of fold.
 *
 * `keys` name the features of `x`. `reached` belongs to its rows, which are in order of touch; `null` rows are left out. A stage that nobody, or
 * everybody, reached says nothing: it is not estimable and its effects are 0. Choices that are `known` are not made anew.
 */
export function fitLevers(
  x: BinnedRows,
  reached: Readonly<Record<Stage, readonly (0 | 1 | null)[]>>,
  keys: readonly string[],
  { wanted = stages, known }: { wanted?: readonly Stage[]; known?: KnownChoices | undefined } = {},
): { levers: Record<Stage, FittedLever>; warnings: string[] } {
  const warnings: string[] = [];
  let before: LeverChain | null = null;
  const fitted = (stage: Stage): FittedLever => {
    const rows = rowsOf(x, wanted.includes(stage) ? reached[stage] : []);
    if (rows.events === 0 || rows.events === rows.index.length) return silent(rows);
    const chain = linkLever(rows, before, chosenBefore(known, stage, keys) ?? (stage === 'won' ? 'full' : 'brief'));
    const counts = `only ${rows.events} of ${rows.index.length} accounts reached ${stage}`;
    if (chain === null) {
      warnings.push(`${counts}: too few on one side to learn from, and no stage before it`);
      return silent(rows);
    }
    if (chain.lever.borrowedShare === 1) warnings.push(`${counts}: it stands wholly on the stage before it`);
    before = chain;
    return chain.lever;
  };
  return {
    levers: {
      accepted: fitted('accepted'),
      qualified: fitted('qualified'),
      won: fitted('won'),
      expanded: fitted('expanded'),
    },
    warnings,
  };
}

/** A choice made before, for the features that there are now; those that there were not are left out. */
function chosenBefore(known: KnownChoices | undefined, stage: Stage, keys: readonly string[]): ChosenLever | null {
  const chosen = known?.levers[stage];
  if (known === undefined || chosen === undefined) return null;
  const place = new Map(known.keys.map((key, f) => [key, f]));
  return { ...chosen, leftOut: keys.map((key) => chosen.leftOut[place.get(key) ?? -1] ?? true) };
}

interface StageRows {
  x: BinnedRows;
  outcome: Uint8Array;
  index: Uint32Array;
  events: number;
}

interface LeverChain {
  lever: FittedLever;
  /** Effects as known from the touched accounts before this one only. */
  effectsBefore(touchedRow: number): Float64Array;
}

function rowsOf(x: BinnedRows, reached: readonly (0 | 1 | null)[]): StageRows {
  const index = Uint32Array.from(reached.keys()).filter((row) => reached[row] !== null);
  const outcome = Uint8Array.from(index, (row) => reached[row] ?? 0);
  const events = outcome.reduce((sum, value) => sum + value, 0);
  return { x: pickRows(x, index), outcome, index, events };
}

function linkLever(rows: StageRows, before: LeverChain | null, how: ChosenLever | 'full' | 'brief'): LeverChain | null {
  if (rows.events < fewestEvents || rows.index.length - rows.events < fewestEvents) {
    return before === null ? null : borrowed(rows, before);
  }
  const touchedRow = (upTo: number): number => rows.index[upTo] ?? Number.POSITIVE_INFINITY;
  const centreBefore = before === null ? undefined : (row: number) => before.effectsBefore(touchedRow(row));
  const first = (upTo: number): LeverRows => {
    const centre = centreBefore?.(upTo);
    const part = { x: sliceRows(rows.x, 0, upTo), outcome: rows.outcome.subarray(0, upTo) };
    return centre === undefined ? part : { ...part, centre };
  };
  const shifting = shiftingFeatures(rows.x);
  const chosen =
    typeof how === 'string' ? chooseLever(forwardFolds(rows, centreBefore), { search: how, shifting }) : how;
  // What a stage leans on while its choices are made need be no finer than the choices.
  const fitUpTo = remember(
    (upTo: number): AdditiveFit => fitChosen(upTo < rows.index.length ? thinned(first(upTo)) : first(upTo), chosen),
  );
  const whole = fitUpTo(rows.index.length);
  const centre = centreBefore?.(rows.index.length).map((effect) => chosen.choices.borrow * effect);
  return {
    lever: {
      estimable: true,
      intercept: whole.intercept,
      effects: whole.effects,
      borrowedShare: centre === undefined ? 0 : shareBorrowed(rows.x, whole.effects, centre),
      events: rows.events,
      rows: rows.index.length,
      chosen,
    },
    effectsBefore(row) {
      const upTo = rows.index.findIndex((touched) => touched >= row);
      const enough = upTo < 0 ? rows.index.length : Math.max(upTo, 1);
      return fitUpTo(enough).effects;
    },
  };
}

function borrowed(rows: StageRows, before: LeverChain): LeverChain {
  const { effects } = before.lever;
  const logOdds = predictLogOdds(rows.x, { intercept: 0, effects });
  const weights = agedWeights(rows.index.length, null);
  return {
    lever: {
      estimable: true,
      intercept: interceptFor(logOdds, weights, rows.outcome),
      effects,
      borrowedShare: 1,
      events: rows.events,
      rows: rows.index.length,
      chosen: null,
    },
    effectsBefore: before.effectsBefore,
  };
}

/** No effects; the intercept says the plain rate, half an account added to either side. */
function silent({ x, events, index }: StageRows): FittedLever {
  const rows = index.length;
  const intercept = rows === 0 ? 0 : Math.log((events + 0.5) / (rows - events + 0.5));
  const effects = new Float64Array(x.sizes.reduce((sum, bins) => sum + bins, 0));
  return { estimable: false, intercept, borrowedShare: 0, events, rows, effects, chosen: null };
}

/** The variance that the borrowed part explains, against that part and what was learnt on top of it. */
function shareBorrowed(x: BinnedRows, effects: Float64Array, centre: Float64Array): number {
  const variance = (of: Float64Array): number => {
    const logOdds = predictLogOdds(x, { intercept: 0, effects: of });
    const mean = logOdds.reduce((sum, value) => sum + value, 0) / x.rows;
    return logOdds.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.rows;
  };
  const given = variance(centre);
  const own = variance(effects.map((effect, k) => effect - centre[k]!));
  return given + own === 0 ? 0 : given / (given + own);
}

function remember<T>(compute: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
