import { IcpError } from '../../errors.ts';
import type { Vote } from '../../icp/proposals/proposal-event.ts';
import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { addProposalEvent } from '../../store/proposals.ts';
import type { Store } from '../../store/store.ts';
import { type Actor, everyone, requireRole } from '../actor.ts';
import { requireProposal } from './require-proposal.ts';

/**
 * Keeps a vote in the sales check of a proposal; the last one of a person counts, and it decides nothing.
 *
 * @throws {IcpError} `too_late` when the proposal is not open any more
 */
export async function voteOn(
  { store, now }: { store: Store; now: () => number },
  { proposalId, vote, actor }: { proposalId: number; vote: Vote; actor: Actor },
): Promise<ProposalState> {
  const { by, byName, recorded } = await requireRole(store, actor, {
    what: 'voting in a sales check',
    roles: everyone,
  });
  const proposal = await requireProposal(store, proposalId);
  if (proposal.standing !== 'open')
    throw new IcpError('too_late', `proposal ${proposalId} is decided, and its sales check is over`);
  const own = proposal.events.filter((event) => event.kind === 'voted' && event.by === by);
  if (own.at(-1)?.details.vote === vote) return proposal;
  await addProposalEvent(store, proposalId, `vote ${by} ${own.length}`, {
    ...{
      kind: 'voted',
      change: null,
      at: now(),
      by,
      byName,
      details: { vote, ...(recorded === by ? {} : { via: recorded }) },
    },
  });
  return requireProposal(store, proposalId);
}
