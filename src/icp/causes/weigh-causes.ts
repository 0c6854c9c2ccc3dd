import { createRandom, type Random } from '../../stats/random.ts';
import { benjaminiHochberg } from '../../stats/tests/benjamini-hochberg.ts';
import type { UnlearntSet } from '../analysis-set.ts';
import type { FeatureTable } from '../types.ts';
import { adjustersOf } from './adjusters.ts';
import { type Cause, type CauseFindings, type CauseOutcome, causeOutcomes } from './cause-findings.ts';
import { decide } from './decide-cause.ts';
import { type Evidence, type Ground, look } from './look-at-cause.ts';
import { type Population, populationOf } from './population.ts';

/** Accounts that an outcome is adjusted on at most; the rest is counted, and stood for by weights. */
const mostRead = 4000;

/** The verdicts on every feature, in their order, by outcome, and who they are about. */
export interface WeighedCauses extends Pick<CauseFindings, 'expansion' | 'winning'> {
  causes: readonly Readonly<Record<CauseOutcome, Cause>>[];
}

/**
 * Judges every feature that is known at an account's first touch on both outcomes, whether a model gives points for it or not:
 * accounts that have it against those that do not, with what is recorded of earlier layers and alongside held equal, by
 * cross-fitted augmented inverse probability weighting. False discoveries are controlled over all that is judged on an outcome.
 * `decide-cause.ts` has the rules.
 */
export function weighCauses(set: UnlearntSet): WeighedCauses {
  const { table } = set.training.fit;
  const random = createRandom(set.seed).fork('causes');
  const grounds = {
    expansion: groundOf('expansion', set, table, random),
    winning: groundOf('winning', set, table, random),
  };
  const evidence = table.features.flatMap((_, feature) =>
    causeOutcomes.map((outcome) => look(grounds[outcome], outcome, feature)),
  );
  const adjustedQ = new Map<Evidence, number>();
  const rawQ = new Map<Evidence, number>();
  for (const outcome of causeOutcomes) {
    const of = evidence.filter((found) => found.outcome === outcome);
    const tested = of.filter(({ p, isStructural }) => p !== null && !isStructural);
    benjaminiHochberg(tested.map(({ p }) => p ?? 1)).forEach((q, at) => {
      adjustedQ.set(tested[at]!, q);
    });
    const counted = of.filter(({ raw }) => raw !== null);
    benjaminiHochberg(counted.map(({ raw }) => raw?.p ?? 1)).forEach((q, at) => {
      rawQ.set(counted[at]!, q);
    });
  }
  const verdictOf = (found: Evidence): Cause =>
    decide(found, { raw: rawQ.get(found) ?? 1, adjusted: adjustedQ.get(found) ?? found.p ?? 1 }, grounds);
  const causes = evidence.map(verdictOf);
  return {
    causes: table.features.map((_, at) => ({ expansion: causes[2 * at]!, winning: causes[2 * at + 1]! })),
    expansion: peopleOf(grounds.expansion.population),
    winning: peopleOf(grounds.winning.population),
  };
}

function groundOf(outcome: CauseOutcome, set: UnlearntSet, table: FeatureTable, random: Random): Ground {
  const population = populationOf(outcome, set, mostRead);
  return { population, adjusters: adjustersOf(table, population), table, random: random.fork(outcome) };
}

function peopleOf({ accounts, rate, read }: Population): CauseFindings['expansion'] {
  return { accounts, rate, read };
}
