import type { Reviewed } from '../../icp/judgements/governance.ts';
import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { listBooks } from '../../store/books.ts';
import { modelOfVersion } from '../../store/models.ts';
import type { Store } from '../../store/store.ts';
import { governanceAt } from '../governance/governance.ts';

/** The inputs of a proposal's book whose review is overdue: nobody has said lately that they still mean what was assumed. */
export async function overdueReviews(
  store: Store,
  { book: name, baseVersion }: Pick<ProposalState, 'book' | 'baseVersion'>,
  now: number,
): Promise<Reviewed[]> {
  const book = (await listBooks(store)).find((one) => one.name === name);
  const base = await modelOfVersion(store, baseVersion);
  if (book === undefined || base === null) return [];
  const { reviewed } = await governanceAt(store, { book, catalogue: base.catalogue, now });
  return reviewed.filter(({ overdue, reviewedInGeneral }) => overdue && !reviewedInGeneral);
}
