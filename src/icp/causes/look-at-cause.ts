import { IcpError } from '../../errors.ts';
import type { Random } from '../../stats/random.ts';
import { normalQuantile, twoSidedP } from '../../stats/tests/normal-distribution.ts';
import type { Feature, FeatureTable } from '../types.ts';
import type { Adjusters } from './adjusters.ts';
import type { CauseOutcome, CauseReason } from './cause-findings.ts';
import { type Adjusted, adjust, type Compared, comparedOf } from './compare-kinds.ts';
import { contrastsOf } from './contrast.ts';
import { heldEqualFor, isStructural } from './order-of-fields.ts';
import type { Population } from './population.ts';
import { type RawDifference, rawDifference } from './raw-difference.ts';

/** Accounts on either side, and with and without the outcome, below which nothing is judged. */
const fewest = 30;
const fewestEvents = 10;

/** What a feature is looked at on, for one outcome. */
export interface Ground {
  population: Population;
  adjusters: Adjusters;
  table: FeatureTable;
  random: Random;
}

/** What was seen of one feature and one outcome, before anything is decided. */
export interface Evidence {
  outcome: CauseOutcome;
  /** Its place in the feature table. */
  feature: number;
  isStructural: boolean;
  raw: RawDifference | null;
  adjusted: Adjusted | null;
  compared: Compared | null;
  /** Why there is no adjusted difference. */
  problem: CauseReason | null;
  /** Of the adjusted difference, multiplied by the number of contrasts that this one was picked out of. */
  p: number | null;
  /** How many standard errors an interval reaches that allows for the same. */
  z: number;
  /** Places of features that may be held equal, and those of them that come before it in any case. */
  allowed: ReadonlySet<number>;
  earlier: ReadonlySet<number>;
}

/** The difference that a feature makes, as counted and with the rest held equal. */
export function look(ground: Ground, outcome: CauseOutcome, feature: number): Evidence {
  const { population, table, adjusters, random } = ground;
  const of: Feature = table.features[feature]!;
  const structural = isStructural(of);
  const nothing = (problem: CauseReason, raw: RawDifference | null = null): Evidence => ({
    ...{ outcome, feature, isStructural: structural, raw, problem, adjusted: null, compared: null, p: null },
    ...{ z: 1.96, allowed: new Set<number>(), earlier: new Set<number>() },
  });
  const { row, came } = population.all;
  const events = came.reduce((sum, did) => sum + did, 0);
  if (Math.min(events, came.length - events) < fewestEvents) return nothing('too few');
  const values = Array.from(row, (at) => table.columns[feature]![at]!);
  const contrasts = contrastsOf(of, values, fewest);
  const raw = rawDifference(population, table.columns[feature]!, contrasts);
  if (raw === null) return nothing('too few');
  const held = heldEqualFor(of, table.features);
  // Time as a customer stands behind the last feature.
  const earlier = new Set([...held.earlier, table.features.length]);
  const allowed = new Set([...earlier, ...held.alongside]);
  const compared = comparedOf(population, table, feature, raw.contrast, random.fork(of.key));
  const z = normalQuantile(1 - 0.025 / contrasts.length);
  const found = tryToAdjust(adjusters, allowed, compared);
  if (typeof found === 'string') return nothing(found, raw);
  const p = Math.min(1, contrasts.length * twoSidedP(found.effect / found.standardError));
  return {
    ...{ outcome, feature, isStructural: structural, raw, problem: null, adjusted: found, compared, p, z },
    ...{ allowed, earlier },
  };
}

/** The adjusted difference, or why there is none: nothing is passed over in silence, and nothing is not a number. */
export function tryToAdjust(
  adjusters: Adjusters,
  allowed: ReadonlySet<number>,
  compared: Compared,
): Adjusted | CauseReason {
  try {
    const found = adjust(adjusters, allowed, compared);
    return Number.isFinite(found.effect) && found.standardError > 0 ? found : 'cannot be fitted';
  } catch (cause) {
    if (!(cause instanceof IcpError)) throw cause;
    return cause.code === 'not_enough_data' ? 'no overlap' : 'cannot be fitted';
  }
}
