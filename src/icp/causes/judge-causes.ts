import type { AnalysisSet } from '../analysis-set.ts';
import type { CausalVerdict } from '../model.ts';
import type { Feature } from '../types.ts';
import type { Cause, CauseFindings, CauseOutcome, CauseReason, JudgedCause } from './cause-findings.ts';
import { type WeighedCauses, weighCauses } from './weigh-causes.ts';

/**
 * What likely drives expansion and winning, what only goes along, and of what nobody can tell.
 *
 * What the model reads off activity is not tested: it may be a sign of a purchase that is under way already.
 *
 * @param weighed what {@link weighCauses} says of the same set, where that is known already
 */
export function judgeCauses(set: AnalysisSet, weighed: WeighedCauses = weighCauses(set)): CauseFindings {
  const { features } = set.training.fit.table;
  const keys = new Set(set.model.criteria.map(({ key }) => key));
  const judged = features.map((feature, at) => together(feature, keys.has(feature.key), weighed.causes[at]!));
  const seen = new Set(features.map(({ key }) => key));
  const untested = set.model.criteria.filter(({ key }) => !seen.has(key));
  return {
    asOf: set.training.asOf,
    seed: set.seed,
    ...{ expansion: weighed.expansion, winning: weighed.winning },
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

/** The verdict of a feature: that of the outcome which says most. */
function together(
  feature: Feature,
  inModel: boolean,
  { expansion, winning }: Readonly<Record<CauseOutcome, Cause>>,
): JudgedCause {
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
