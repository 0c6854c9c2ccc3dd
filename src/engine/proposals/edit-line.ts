import { IcpError } from '../../errors.ts';
import type { DryRun } from '../../icp/proposals/dry-run.ts';
import { editChange, editedChange } from '../../icp/proposals/edit-change.ts';
import type { ChangeEdit } from '../../icp/proposals/model-change.ts';
import { addAudit } from '../../store/audit.ts';
import { addProposalEvent } from '../../store/proposals.ts';
import type { Store } from '../../store/store.ts';
import type { Actor } from '../actor.ts';
import type { Compute, Progress } from '../compute/compute.ts';
import { requireDecider } from './deciders.ts';
import { holdProposal, requireProposal } from './require-proposal.ts';

import { dryRunsOf, modelsOf, noLine, type Simulated } from './simulate.ts';

interface Ports {
  store: Store;
  compute: Compute;
  now: () => number;
  onProgress?: Progress;
}

/**
 * Keeps an edit of a line, with what the edited line alone would do, and all lines with it. Whoever edited at the same moment and was first stands.
 *
 * @throws {IcpError} `not_allowed`, `too_late`, `bad_edit`, `edited_meanwhile`
 */
export async function editLine(
  ports: Ports,
  { proposalId, line, edit, actor }: { proposalId: number; line: number; edit: ChangeEdit; actor: Actor },
): Promise<Simulated> {
  const { store, now } = ports;
  const by = await requireDecider(store, actor, 'editing changes of the ICP');
  const { simulated, whole } = await tryEdit(ports, { proposalId, line, edit });
  const seen = simulated.proposal.changes.find(({ number }) => number === line)?.edits.length ?? 0;
  const at = now();
  await store.transaction(async (transaction) => {
    const held = await holdProposal(transaction, proposalId);
    const state = held.changes.find(({ number }) => number === line);
    if (held.standing !== 'open' || state?.standing !== 'open' || at >= held.expiresAt)
      throw new IcpError(
        'too_late',
        `line ${line} of proposal ${proposalId} cannot be edited any more: ${state?.decided === null || state === undefined ? (held.because ?? 'its time was up') : `${state.decided.byName} ${state.standing} it`}`,
      );
    const details = {
      ...{ edit, dryRun: simulated.dryRun, whole },
      ...(by.recorded === by.by ? {} : { via: by.recorded }),
    };
    const kept = await addProposalEvent(transaction, proposalId, `edit ${line} ${seen}`, {
      ...{ kind: 'edited', change: line, at, by: by.by, byName: by.byName, details },
    });
    if (!kept)
      throw new IcpError(
        'edited_meanwhile',
        `somebody edited line ${line} of proposal ${proposalId} at the same moment; look at it again before you edit it`,
      );
    await addAudit(transaction, {
      ...{
        at,
        actor: by.by,
        action: 'proposal.edited',
        subject: `proposal ${proposalId} line ${line}`,
        details: { edit },
      },
    });
  });
  return { ...simulated, proposal: await requireProposal(store, proposalId) };
}

/** The line alone with its edit, and all lines as they would stand then. */
async function tryEdit(
  ports: Ports,
  { proposalId, line, edit }: { proposalId: number; line: number; edit: ChangeEdit },
): Promise<{ simulated: Simulated; whole: DryRun }> {
  const proposal = await requireProposal(ports.store, proposalId);
  const { base } = await modelsOf(ports.store, proposal);
  const changes = proposal.changes.map((each) => {
    const change = editedChange(each, base.model);
    return { number: each.number, change: each.number === line ? editChange(change, edit, base.model) : change };
  });
  const alone = changes.filter(({ number }) => number === line);
  if (alone.length === 0) throw noLine(proposal, line);
  const variants = [alone, changes].map((list) => list.map(({ change }) => change));
  const [dryRun, whole] = await dryRunsOf(ports, proposal, variants);
  return { simulated: { proposal, changes: alone, dryRun: dryRun! }, whole: whole! };
}
