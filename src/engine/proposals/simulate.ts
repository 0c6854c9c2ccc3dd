import { IcpError } from '../../errors.ts';
import { applyChanges, mergeCatalogues } from '../../icp/proposals/apply-changes.ts';
import type { DryRun } from '../../icp/proposals/dry-run.ts';
import { editChange, editedChange } from '../../icp/proposals/edit-change.ts';
import type { ChangeEdit, ModelChange } from '../../icp/proposals/model-change.ts';
import { type ProposalState, proposalAt } from '../../icp/proposals/proposal-state.ts';
import { listBooks } from '../../store/books.ts';
import { readPackedHistories } from '../../store/histories.ts';
import { modelOfVersion, type StoredModel } from '../../store/models.ts';
import type { Store } from '../../store/store.ts';
import type { Compute, Progress } from '../compute/compute.ts';
import { proposalSettings } from './proposal-settings.ts';
import { requireProposal } from './require-proposal.ts';

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
 * @param at the moment at which the proposal is looked at; now when absent
 * @throws {IcpError} `no_proposal`, `no_line`, `bad_edit`
 */
export async function simulate(
  { store, compute, onProgress }: { store: Store; compute: Pick<Compute, 'dryRun'>; onProgress?: Progress },
  {
    proposalId,
    lines,
    edit,
    at,
  }: {
    proposalId: number;
    lines?: readonly number[];
    edit?: { line: number; edit: ChangeEdit };
    at?: number;
  },
): Promise<Simulated> {
  const now = await requireProposal(store, proposalId);
  const proposal = at === undefined ? now : proposalAt(now, at);
  const { base } = await modelsOf(store, proposal);
  const wanted = proposal.changes.filter(({ number, standing }) =>
    lines === undefined ? standing === 'approved' || standing === 'open' : lines.includes(number),
  );
  const missing = lines?.find((number) => !proposal.changes.some((line) => line.number === number));
  if (missing !== undefined) throw noLine(proposal, missing);
  const changes = wanted.map((line) => {
    const change = editedChange(line, base.model);
    return {
      number: line.number,
      change: edit?.line === line.number ? editChange(change, edit.edit, base.model) : change,
    };
  });
  const [dryRun] = await dryRunsOf({ store, compute, ...(onProgress === undefined ? {} : { onProgress }) }, proposal, [
    changes.map(({ change }) => change),
  ]);
  return { proposal, changes, dryRun: dryRun! };
}

/** One dry run for each set of changes, over every account of the proposal's import, in one pass. */
export async function dryRunsOf(
  { store, compute, onProgress }: { store: Store; compute: Pick<Compute, 'dryRun'>; onProgress?: Progress },
  proposal: ProposalState,
  variants: readonly (readonly ModelChange[])[],
): Promise<DryRun[]> {
  const { base, candidate } = await modelsOf(store, proposal);
  const { band } = await proposalSettings(store);
  const book = (await listBooks(store)).find(({ name }) => name === proposal.book);
  if (book === undefined)
    throw new IcpError(
      'no_book',
      `proposal ${proposal.id} is about the book ${proposal.book}, which is no longer here`,
    );
  return compute.dryRun(
    {
      base: base.model,
      variants: variants.map((changes) => applyChanges(base.model, changes)),
      catalogue: candidate === null ? base.catalogue : mergeCatalogues(base.catalogue, candidate.catalogue),
      ...{ timeKind: book.timeKind, asOf: proposal.asOf, importId: proposal.importId, band },
    },
    () => readPackedHistories(store, proposal.book, { importId: proposal.importId }),
    onProgress,
  );
}

/** @returns what is thrown where a proposal has no such line */
export function noLine({ id, changes }: ProposalState, line: number): IcpError {
  return new IcpError('no_line', `proposal ${id} has no line ${line}; its lines are 1 to ${changes.length}`);
}

/** The models that a proposal is about. @throws {IcpError} `no_model` */
export async function modelsOf(
  store: Store,
  { id, baseVersion, candidateVersion }: ProposalState,
): Promise<{ base: StoredModel; candidate: StoredModel | null }> {
  const base = await modelOfVersion(store, baseVersion);
  if (base === null)
    throw new IcpError('no_model', `proposal ${id} changes version ${baseVersion}, which is not there`);
  return { base, candidate: candidateVersion === null ? null : await modelOfVersion(store, candidateVersion) };
}
