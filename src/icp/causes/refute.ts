import { IcpError } from '../../errors.ts';
import type { Random } from '../../stats/random.ts';
import type { FeatureTable } from '../types.ts';
import type { Adjusters } from './adjusters.ts';
import type { Refutation, RefutationName } from './cause-findings.ts';
import { type Adjusted, adjust, again, type Compared, comparedOf, some, withNoise } from './compare-kinds.ts';
import type { Contrast } from './contrast.ts';
import type { Population } from './population.ts';

/** What a difference is put to once it looks like a cause. */
export interface Suspicion {
  feature: number;
  contrast: Contrast;
  allowed: ReadonlySet<number>;
  compared: Compared;
  adjusted: Adjusted;
  population: Population;
  adjusters: Adjusters;
  table: FeatureTable;
  random: Random;
}

/** Beyond so many standard errors a difference that cannot be is one: one honest analysis in a thousand. */
const impossible = 3.29;
const subsets = 3;

/**
 * The checks that any true difference passes: another column of noise does not move it, a random eight tenths of the accounts show
 * it too, accounts whose kind is dealt out by chance do not, and neither does it come from accounts where what was held equal is
 * not on record.
 */
export function refute(suspicion: Suspicion): readonly Refutation[] {
  return [
    attempt('random common cause', null, () => randomCommonCause(suspicion)),
    attempt('subsets', null, () => inSubsets(suspicion)),
    attempt('placebo treatment', null, () => placeboTreatment(suspicion)),
    ...recordedOnly(suspicion),
  ];
}

/** A check that cannot be made, since too few accounts are left for it, is not passed. */
function attempt(name: RefutationName, about: string | null, check: () => Refutation): Refutation {
  try {
    return check();
  } catch (cause) {
    if (!(cause instanceof IcpError)) throw cause;
    return { name, passed: false, v: null, low: null, high: null, about };
  }
}

function randomCommonCause({ adjusted, compared, random }: Suspicion): Refutation {
  const { effect } = again(withNoise(adjusted.table, random.fork('noise')), compared);
  const passed = Math.abs(effect - adjusted.effect) <= adjusted.standardError / 2;
  return { name: 'random common cause', passed, v: effect, low: null, high: null, about: null };
}

function inSubsets({ adjusted, compared, random }: Suspicion): Refutation {
  const rows = Array.from(compared.at, (_, row) => row);
  const effects = Array.from({ length: subsets }, (_, draw) => {
    const kept = random.fork(`subset ${draw}`).shuffle(rows);
    const [table, fewer] = some(adjusted.table, compared, kept.slice(0, Math.floor(0.8 * rows.length)).sort(ascending));
    return again(table, fewer).effect;
  });
  const v = effects.reduce((sum, effect) => sum + effect, 0) / subsets;
  const passed =
    effects.every((effect) => Math.sign(effect) === Math.sign(adjusted.effect)) &&
    Math.abs(v - adjusted.effect) <= 1.96 * adjusted.standardError;
  return { name: 'subsets', passed, v, low: Math.min(...effects), high: Math.max(...effects), about: null };
}

function placeboTreatment({ adjusted, compared, random }: Suspicion): Refutation {
  const treated = Uint8Array.from(random.fork('placebo').shuffle([...compared.treated]));
  const { effect, standardError } = again(adjusted.table, { ...compared, treated });
  const half = impossible * standardError;
  return {
    ...{ name: 'placebo treatment', passed: Math.abs(effect) <= half, v: effect, about: null },
    ...{ low: effect - half, high: effect + half },
  };
}

/**
 * The difference among accounts where a field that was held equal is on record, for the two that matter most of those that
 * often are not. What remains unequal among the others may be all there is to it.
 */
function recordedOnly(suspicion: Suspicion): readonly Refutation[] {
  const { adjusted, population, adjusters, table, feature, contrast, allowed, random } = suspicion;
  const rows = Array.from(population.sample.at, (at) => population.all.row[at]!);
  const often = adjusted.heldEqual.filter((owner) => {
    if (owner >= table.features.length) return false;
    const missing = rows.filter((row) => table.columns[owner]![row] === null).length;
    return missing > 0.02 * rows.length && missing < 0.7 * rows.length;
  });
  return often.slice(0, 2).map((owner) => {
    const about = table.features[owner]!.label;
    return attempt('recorded only', about, () => among(owner, about));
  });

  function among(owner: number, about: string): Refutation {
    const isKnown = (row: number): boolean => table.columns[owner]![row] !== null;
    const known = comparedOf(population, table, feature, contrast, random.fork('recorded'), isKnown);
    const { effect, standardError } = adjust(adjusters, allowed, known);
    const half = 1.96 * standardError;
    const passed = effect * Math.sign(adjusted.effect) >= Math.abs(adjusted.effect) / 2;
    return { name: 'recorded only', passed, v: effect, low: effect - half, high: effect + half, about };
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}

/** Share of the tie to expanding that the tie to winning may be, both as log-odds. */
const alike = 1 / 3;
/** And the share that the accounts must be enough to see, or the check says nothing and is not passed. */
const visible = 1 / 2;

/**
 * The placebo outcome of expansion: being won in the first place, which nothing about the use of the product can have brought about.
 *
 * What lies behind both a criterion and success commonly lifts every step, while what makes customers buy more need not have
 * made them customers. So it fails where the tie to winning is clear and at least a third of the tie to expanding, and
 * where half of it would go unseen. What drives both fails it too, and stays untold.
 */
export function placeboOutcome({ adjusted }: Pick<Suspicion, 'adjusted'>, winning: Adjusted): Refutation {
  const sign = Math.sign(adjusted.effect);
  const expanding = sign * asLogOdds(adjusted).v;
  const won = asLogOdds(winning);
  const isClear = sign * won.v > 1.96 * won.error && sign * won.v >= alike * expanding;
  const passed = !isClear && 1.96 * won.error < visible * expanding;
  const half = 1.96 * winning.standardError;
  return {
    ...{ name: 'placebo outcome', passed, v: winning.effect, about: null },
    ...{ low: winning.effect - half, high: winning.effect + half },
  };
}

function asLogOdds({ effect, standardError, treated, untreated }: Adjusted): { v: number; error: number } {
  const middle = Math.min(0.999, Math.max(0.001, (treated + untreated) / 2));
  const slope = middle * (1 - middle);
  return { v: effect / slope, error: standardError / slope };
}
