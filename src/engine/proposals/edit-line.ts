import { IcpError } from '../../errors.ts';
import { applyChanges, mergeCatalogues } from '../../icp/proposals/apply-changes.ts';
import type { DryRun } from '../../icp/proposals/dry-run.ts';
import { editChange, editedChange } from '../../icp/proposals/edit-change.ts';
import type { ChangeEdit, ModelChange } from '../../icp/proposals/model-change.ts';
import { type ProposalState, proposalAt } from '../../icp/proposals/proposal-state.ts';
import { addAudit } from '../../store/audit.ts';
import { listBooks } from '../../store/books.ts';
import { readPackedHistories } from '../../store/histories.ts';
import { modelOfVersion, type StoredModel } from '../../store/models.ts';
import { addProposalEvent } from '../../store/proposals.ts';
import type { Store } from '../../store/store.ts';
import type { Actor } from '../actor.ts';
import type { Compute, Progress } from '../compute/compute.ts';
import { requireDecider } from './deciders.ts';
import { proposalSettings } from './proposal-settings.ts';
import { holdProposal, requireProposal } from './require-proposal.ts';

interface Ports {
  store: Store;
  compute: Compute;
  now: () => number;
  onProgress?: Progress;
}

export interface Simulated {
  proposal: ProposalState;
  /** The lines as they would be applied. */
  changes: readonly { number: number; change: ModelChange }[];
  dryRun: DryRun;
}

/**
 * What lines of a proposal would do together, as they stand or with an edit that nobody has kept yet. Changes nothing.
 *
 * @param lines numbers; absent: those that are approved or open
 * @param drafted as the lines were drafted, without edits
 * @param at the moment at which the proposal is looked at; now when absent
 * @throws {IcpError} `no_proposal`, `no_line`, `bad_edit`
 */
export async function simulate(
  { store, compute, onProgress }: { store: Store; compute: Pick<Compute, 'dryRun'>; onProgress?: Progress },
  {
    proposalId,
    lines,
    edit,
    drafted = false,
    at,
  }: {
    proposalId: number;
    lines?: readonly number[];
    edit?: { line: number; edit: ChangeEdit };
    drafted?: boolean;
    at?: number;
  },
): Promise<Simulated> {
  const now = await requireProposal(store, proposalId);
  const proposal = at === undefined ? now : proposalAt(now, at);
  const { base, candidate } = await modelsOf(store, proposal);
  const wanted = proposal.changes.filter(({ number, standing }) =>
    lines === undefined ? standing === 'approved' || standing === 'open' : lines.includes(number),
  );
  const missing = lines?.find((number) => !proposal.changes.some((line) => line.number === number));
  if (missing !== undefined)
    throw new IcpError(
      'no_line',
      `proposal ${proposalId} has no line ${missing}; its lines are 1 to ${proposal.changes.length}`,
    );
  const changes = wanted.map((line) => {
    const change = drafted ? line.drafted : editedChange(line, base.model);
    return {
      number: line.number,
      change: edit?.line === line.number ? editChange(change, edit.edit, base.model) : change,
    };
  });
  const { band } = await proposalSettings(store);
  const book = (await listBooks(store)).find(({ name }) => name === proposal.book);
  if (book === undefined)
    throw new IcpError('no_book', `proposal ${proposalId} is about the book ${proposal.book}, which is no longer here`);
  const [dryRun] = await compute.dryRun(
    {
      base: base.model,
      variants: [
        applyChanges(
          base.model,
          changes.map(({ change }) => change),
        ),
      ],
      catalogue: candidate === null ? base.catalogue : mergeCatalogues(base.catalogue, candidate.catalogue),
      ...{ timeKind: book.timeKind, asOf: proposal.asOf, importId: proposal.importId, band },
    },
    () => readPackedHistories(store, proposal.book, { importId: proposal.importId }),
    onProgress,
  );
  return { proposal, changes, dryRun: dryRun! };
}

/**
 * Keeps an edit of a line, with what the edited line alone would do. Whoever edited at the same moment and was first stands.
 *
 * @throws {IcpError} `not_allowed`, `too_late`, `bad_edit`, `edited_meanwhile`
 */
export async function editLine(
  ports: Ports,
  { proposalId, line, edit, actor }: { proposalId: number; line: number; edit: ChangeEdit; actor: Actor },
): Promise<Simulated> {
  const { store, now } = ports;
  const by = await requireDecider(store, actor, 'editing changes of the ICP');
  const simulated = await simulate(ports, { proposalId, lines: [line], edit: { line, edit } });
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
      ...{ edit, dryRun: simulated.dryRun },
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

async function modelsOf(
  store: Store,
  { id, baseVersion, candidateVersion }: ProposalState,
): Promise<{ base: StoredModel; candidate: StoredModel | null }> {
  const base = await modelOfVersion(store, baseVersion);
  if (base === null)
    throw new IcpError('no_model', `proposal ${id} changes version ${baseVersion}, which is not there`);
  return { base, candidate: candidateVersion === null ? null : await modelOfVersion(store, candidateVersion) };
}
