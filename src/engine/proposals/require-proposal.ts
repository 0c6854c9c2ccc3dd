import { IcpError } from '../../errors.ts';
import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { lockedProposal, proposalOf } from '../../store/proposals.ts';
import type { Store } from '../../store/store.ts';

/** @throws {IcpError} `no_proposal` */
export async function requireProposal(store: Store, id: number): Promise<ProposalState> {
  return found(await proposalOf(store, id), id);
}

/** The same, held until the transaction ends: of two who decide at once, the second sees what the first did. */
export async function holdProposal(transaction: Store, id: number): Promise<ProposalState> {
  return found(await lockedProposal(transaction, id), id);
}

function found(proposal: ProposalState | null, id: number): ProposalState {
  if (proposal === null)
    throw new IcpError('no_proposal', `there is no proposal ${id}; lodestar proposals lists those that there are`);
  return proposal;
}
