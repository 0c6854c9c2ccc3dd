import { createRandom, type Random } from '../../stats/random.ts';
import { benjaminiHochberg } from '../../stats/tests/benjamini-hochberg.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import type { CausalVerdict } from '../model.ts';
import type { Feature, FeatureTable } from '../types.ts';
import { adjustersOf } from './adjusters.ts';
import {
  type Cause,
  type CauseFindings,
  type CauseOutcome,
  type CauseReason,
  causeOutcomes,
  type JudgedCause,
} from './cause-findings.ts';
import { decide } from './decide-cause.ts';
import { type Evidence, type Ground, look } from './look-at-cause.ts';
import { type Population, populationOf } from './population.ts';

/** Accounts that an outcome is adjusted on at most; the rest is counted, and stood for by weights. */
const mostRead = 4000;
/**
 * What likely drives expansion and winning, what only goes along, and of what nobody can tell.
 *
 * Every feature that is known at an account's first touch is judged on both outcomes, whether the model gives points for it or not:
 * accounts that have it against those that do not, with what is recorded of earlier layers and alongside held equal, by
 * cross-fitted augmented inverse probability weighting. False discoveries are controlled over all that is judged on an outcome.
 * `decide-cause.ts` has the rules. What the model reads off activity is not tested: it may be a sign of a purchase that is
 * under way already.
 */
export function judgeCauses(set: AnalysisSet): CauseFindings {
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
  const causes = evidence.map((found) =>
    decide(found, { raw: rawQ.get(found) ?? 1, adjusted: adjustedQ.get(found) ?? found.p ?? 1 }, grounds),
  );
  const keys = new Set(set.model.criteria.map(({ key }) => key));
  const judged = table.features.map((feature, at) =>
    together(feature, keys.has(feature.key), causes[2 * at]!, causes[2 * at + 1]!),
  );
  const seen = new Set(table.features.map(({ key }) => key));
  const untested = set.model.criteria.filter(({ key }) => !seen.has(key));
  return {
    asOf: set.training.asOf,
    seed: set.seed,
    expansion: peopleOf(grounds.expansion.population),
    winning: peopleOf(grounds.winning.population),
    judged: [
      ...judged,
      ...untested.map(({ key, label, field, layer, part }): JudgedCause => {
        const reason = part === 'timing' ? 'sign of a purchase under way' : 'not recorded';
        const [expansion, winning] = [notTested('expansion', reason), notTested('winning', reason)];
        return { key, label, field, layer, inModel: true, verdict: 'not tested', standsOn: null, expansion, winning };
      }),
    ],
  };
}

function groundOf(outcome: CauseOutcome, set: AnalysisSet, table: FeatureTable, random: Random): Ground {
  const population = populationOf(outcome, set, mostRead);
  return { population, adjusters: adjustersOf(table, population), table, random: random.fork(outcome) };
}

/** The verdict of a feature: that of the outcome which says most. */
function together(feature: Feature, inModel: boolean, expansion: Cause, winning: Cause): JudgedCause {
  const { key, label, field, layer } = feature;
  const order: readonly CausalVerdict[] = [
    'structural',
    'likely drives',
    'only goes along',
    'cannot tell',
    'not tested',
  ];
  const place = ({ verdict }: Cause): number => order.indexOf(verdict);
  const { verdict, outcome } = place(winning) < place(expansion) ? winning : expansion;
  return { key, label, field, layer, inModel, verdict, standsOn: outcome, expansion, winning };
}

function notTested(outcome: CauseOutcome, reason: CauseReason): Cause {
  return {
    ...{ outcome, verdict: 'not tested', reason, contrast: null, counts: { with: 0, without: 0, unknown: 0 } },
    ...{ rates: null, raw: null, adjusted: null, earlierOnly: null, overlap: null, sensitivity: null },
    ...{ refutations: [], heldEqual: [] },
  };
}

function peopleOf({ accounts, rate, read }: Population): CauseFindings['expansion'] {
  return { accounts, rate, read };
}
