import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import type { WorthNoting } from '../../icp/proposals/worth-noting.ts';
import type { EmergingSegment } from '../../icp/segments/types.ts';
import { emergingFound } from '../../store/findings.ts';
import type { Store } from '../../store/store.ts';
import { wordingKey, wordingsOf } from '../../store/wordings.ts';
import { cautionsOnData } from './data-cautions.ts';
import { overdueReviews } from './overdue-reviews.ts';
import { staleCriteria } from './stale-criteria.ts';

/** What there is to name beside a proposal, or in a week without one, as it was known when that was written. */
export async function worthNoting(
  store: Store,
  about: Pick<ProposalState, 'book' | 'importId' | 'asOf' | 'baseVersion' | 'draftedAt'> &
    Partial<Pick<ProposalState, 'candidateVersion'>>,
  now: number,
): Promise<WorthNoting> {
  return {
    stale: await staleCriteria(store, about),
    overdue: await overdueReviews(store, about, now),
    emerging: await emergingSegments(store, about),
    cautions: await cautionsOnData(store, about),
  };
}

async function emergingSegments(
  store: Store,
  { book, importId, asOf, draftedAt }: Pick<ProposalState, 'book' | 'importId' | 'asOf' | 'draftedAt'>,
): Promise<EmergingSegment[]> {
  const found = await emergingFound(store, { book, importId, asOf, by: draftedAt });
  if (found.length === 0) return [];
  const { words } = await wordingsOf(store, book);
  return found.map((segment) => ({
    ...segment,
    name: words.get(wordingKey('segment', segment.id))?.name ?? segment.name,
  }));
}
