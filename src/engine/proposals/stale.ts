import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { activeModel } from '../../store/models.ts';
import { livingProposals } from '../../store/proposals.ts';
import type { Store } from '../../store/store.ts';

/** Why a proposal can have no effect any more: the model that it changes is neither in force nor about to be. `null` when it is. */
export async function staleReason(store: Store, { book, id, baseVersion }: ProposalState): Promise<string | null> {
  const active = await activeModel(store, book);
  if (active?.version === baseVersion) return null;
  const living = await livingProposals(store, book);
  if (living.some(({ scheduled, id: other }) => other !== id && scheduled?.version === baseVersion)) return null;
  return `it changes version ${baseVersion}, and version ${active?.version ?? 'none'} is in force since ${active?.activatedBy ?? 'somebody'} put it there`;
}
