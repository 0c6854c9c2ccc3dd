import { IcpError } from '../../errors.ts';
import { applyChanges, mergeCatalogues } from '../../icp/proposals/apply-changes.ts';
import { describeChange } from '../../icp/proposals/describe-change.ts';
import { editedChange } from '../../icp/proposals/edit-change.ts';
import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { addAudit } from '../../store/audit.ts';
import { addModel, contentHashOf, modelOfVersion, type NewModel } from '../../store/models.ts';
import { addProposalEvent } from '../../store/proposals.ts';
import type { Store } from '../../store/store.ts';
import type { Acting } from '../actor.ts';

/** The model that the approved lines of a proposal make, worked out from nothing but what is kept. */
export async function modelOfApproved(store: Store, proposal: ProposalState): Promise<NewModel> {
  return modelOfLines(
    store,
    proposal,
    proposal.changes.filter(({ standing }) => standing === 'approved'),
  );
}

/** The model that some lines of a proposal would make, with their edits. */
export async function modelOfLines(
  store: Store,
  { baseVersion, candidateVersion, book, importId, asOf, id }: ProposalState,
  lines: ProposalState['changes'],
): Promise<NewModel> {
  const base = await modelOfVersion(store, baseVersion);
  const candidate = candidateVersion === null ? null : await modelOfVersion(store, candidateVersion);
  if (base === null)
    throw new IcpError('no_model', `proposal ${id} changes version ${baseVersion}, which is not there`);
  const changes = lines.map((line) => editedChange(line, base.model));
  return {
    book,
    importId,
    asOf,
    model: applyChanges(base.model, changes),
    catalogue: candidate === null ? base.catalogue : mergeCatalogues(base.catalogue, candidate.catalogue),
    verdict: (candidate ?? base).verdict,
    parentVersion: baseVersion,
    changelog: changes.map((change) => describeChange(change).sentence).join(' '),
  };
}

/**
 * Makes a model of what was approved once no line is left to decide, and sets the day on which it comes into force. Call it
 * inside the transaction of the last decision: nothing that was approved may be lost.
 */
export async function scheduleApproved(
  transaction: Store,
  proposal: ProposalState,
  { now, by, effectiveMs }: { now: number; by: Pick<Acting, 'by' | 'byName'>; effectiveMs: number },
): Promise<void> {
  const waiting = proposal.changes.some(({ standing }) => standing === 'open');
  const approved = proposal.changes.filter(({ standing }) => standing === 'approved');
  if (waiting || approved.length === 0 || proposal.standing !== 'open') return;
  const made = await modelOfApproved(transaction, proposal);
  const version = await addModel(transaction, made, now);
  const effectiveAt = Math.max(now, proposal.wantedAt ?? now + effectiveMs);
  const details = { version, contentHash: contentHashOf(made), effectiveAt };
  await addProposalEvent(transaction, proposal.id, 'scheduled', {
    ...{ kind: 'scheduled', change: null, at: now, by: by.by, byName: by.byName },
    details,
  });
  await addAudit(transaction, {
    ...{ at: now, actor: by.by, action: 'proposal.scheduled', subject: `proposal ${proposal.id}` },
    details: { ...details, lines: approved.map(({ number }) => number) },
  });
}
