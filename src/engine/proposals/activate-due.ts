import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { addAudit } from '../../store/audit.ts';
import { activateModel, activeModel, contentHashOf, modelOfVersion } from '../../store/models.ts';
import { addProposalEvent, livingProposals } from '../../store/proposals.ts';
import type { Store } from '../../store/store.ts';
import { holdProposal } from './require-proposal.ts';
import { modelOfApproved } from './schedule-approved.ts';
import { staleReason } from './stale.ts';

const clock = { by: 'the clock', byName: 'the clock' };

/**
 * Puts what is scheduled in force when its day has come: exactly what was approved, or nothing.
 *
 * The model is worked out anew from the approved lines; where its hash is not the one that was approved, it does not come into
 * force, and the proposal says why. Scores are rescored by whoever calls.
 *
 * @returns the proposals that came into force, or that proved stale
 */
export async function activateDue(
  { store, now }: { store: Store; now: () => number },
  book: string,
): Promise<{ activated: ProposalState[]; stale: ProposalState[] }> {
  const done: { activated: ProposalState[]; stale: ProposalState[] } = { activated: [], stale: [] };
  for (const { id, standing } of await livingProposals(store, book)) {
    if (standing !== 'scheduled') continue;
    const outcome = await store.transaction((transaction) => activateOne(transaction, id, now()));
    if (outcome === null) continue;
    (outcome.standing === 'active' ? done.activated : done.stale).push(outcome);
  }
  return done;
}

async function activateOne(transaction: Store, id: number, at: number): Promise<ProposalState | null> {
  const proposal = await holdProposal(transaction, id);
  const { scheduled, book, baseVersion } = proposal;
  if (proposal.standing !== 'scheduled' || scheduled === null || scheduled.effectiveAt > at) return null;
  const gone = await staleReason(transaction, proposal);
  if (gone !== null) return endAs(transaction, proposal, gone, at);
  // One that stands on another waits until that one is in force.
  if ((await activeModel(transaction, book))?.version !== baseVersion) return null;
  const stored = await modelOfVersion(transaction, scheduled.version);
  const anew = contentHashOf(await modelOfApproved(transaction, proposal));
  if (stored === null || anew !== scheduled.contentHash || contentHashOf(stored) !== scheduled.contentHash) {
    return endAs(
      transaction,
      proposal,
      `version ${scheduled.version} is not what was approved: its content has another hash; nothing was put in force, and lodestar verify says what was tampered with`,
      at,
    );
  }
  const approvers = [
    ...new Set(proposal.changes.flatMap(({ standing, decided }) => (standing === 'approved' ? [decided!.by] : []))),
  ];
  await activateModel(transaction, scheduled.version, {
    ...{ by: approvers.join(', '), at, kind: 'approved', proposalId: id },
  });
  await addProposalEvent(transaction, id, 'activated', {
    ...{ kind: 'activated', change: null, at, ...clock },
    details: { version: scheduled.version, contentHash: scheduled.contentHash },
  });
  await addAudit(transaction, {
    ...{ at, actor: clock.by, action: 'model.activated', subject: `version ${scheduled.version} of ${book}` },
    details: { proposal: id, contentHash: scheduled.contentHash, approvedBy: approvers },
  });
  return holdProposal(transaction, id);
}

async function endAs(transaction: Store, { id }: ProposalState, reason: string, at: number): Promise<ProposalState> {
  await addProposalEvent(transaction, id, 'stale', { kind: 'stale', change: null, at, ...clock, details: { reason } });
  await addAudit(transaction, {
    ...{ at, actor: clock.by, action: 'proposal.stale', subject: `proposal ${id}`, details: { reason } },
  });
  return holdProposal(transaction, id);
}
