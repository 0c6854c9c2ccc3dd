import { lastValidated, type ValidatedCriterion } from '../../icp/freshness/last-validated.ts';
import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { criteriaLearntAt } from '../../store/findings.ts';
import { modelOfVersion } from '../../store/models.ts';
import type { Store } from '../../store/store.ts';

/** The criteria of the version that a proposal would change which no analysis had found again for a quarter by then. */
export async function staleCriteria(
  store: Store,
  {
    book,
    importId,
    asOf,
    baseVersion,
    draftedAt,
  }: Pick<ProposalState, 'book' | 'importId' | 'asOf' | 'baseVersion' | 'draftedAt'>,
): Promise<ValidatedCriterion[]> {
  const base = await modelOfVersion(store, baseVersion);
  if (base === null) return [];
  const learntAt = await criteriaLearntAt(store, { book, importId, asOf, by: draftedAt });
  return lastValidated(base.model.criteria, learntAt, asOf).filter(({ lapsed }) => lapsed);
}
