import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { addAudit } from '../../store/audit.ts';
import { addProposalEvent, livingProposals } from '../../store/proposals.ts';
import type { Store } from '../../store/store.ts';
import { proposalSettings } from './proposal-settings.ts';
import { holdProposal } from './require-proposal.ts';
import { scheduleApproved } from './schedule-approved.ts';

const clock = { by: 'the clock', byName: 'the clock' };

export interface Swept {
  escalated: ProposalState[];
  expired: ProposalState[];
}

/**
 * Looks after deadlines: at its deadline a proposal that nobody has finished is escalated, once; when its time is up, what is
 * not decided expires without effect, and what was approved is scheduled.
 */
export async function sweepProposals(
  { store, now }: { store: Store; now: () => number },
  book: string,
): Promise<Swept> {
  const swept: Swept = { escalated: [], expired: [] };
  const { effectiveMs } = await proposalSettings(store);
  for (const { id, standing } of await livingProposals(store, book)) {
    if (standing !== 'open') continue;
    const at = now();
    const outcome = await store.transaction(async (transaction) => {
      const held = await holdProposal(transaction, id);
      if (held.standing !== 'open') return null;
      if (at >= held.expiresAt) {
        await addProposalEvent(transaction, id, 'ended', {
          kind: 'deadline passed',
          change: null,
          at,
          ...clock,
          details: {},
        });
        await addAudit(transaction, {
          ...{ at, actor: clock.by, action: 'proposal.expired', subject: `proposal ${id}`, details: {} },
        });
        await scheduleApproved(transaction, await holdProposal(transaction, id), { now: at, by: clock, effectiveMs });
        return 'expired';
      }
      if (at < held.deadlineAt || held.escalatedAt !== null) return null;
      const kept = await addProposalEvent(transaction, id, 'escalated', {
        ...{ kind: 'escalated', change: null, at, ...clock, details: {} },
      });
      return kept ? 'escalated' : null;
    });
    if (outcome !== null) swept[outcome].push(await holdProposal(store, id));
  }
  return swept;
}
