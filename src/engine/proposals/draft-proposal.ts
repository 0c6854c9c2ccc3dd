import { applyChanges, mergeCatalogues } from '../../icp/proposals/apply-changes.ts';
import { diffModels } from '../../icp/proposals/diff-models.ts';
import type { DryRun } from '../../icp/proposals/dry-run.ts';
import type { ModelChange } from '../../icp/proposals/model-change.ts';
import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { addAudit } from '../../store/audit.ts';
import type { Book } from '../../store/books.ts';
import { readPackedHistories } from '../../store/histories.ts';
import { activeModel, modelOfVersion, type StoredModel } from '../../store/models.ts';
import { addProposal, addProposalEvent, livingProposals } from '../../store/proposals.ts';
import type { Store } from '../../store/store.ts';
import type { Compute, Progress } from '../compute/compute.ts';
import type { Fence } from '../with-lease.ts';
import { proposalSettings } from './proposal-settings.ts';
import { holdProposal, requireProposal } from './require-proposal.ts';
import { scheduleApproved } from './schedule-approved.ts';

/** The fine tuning by itself is worth a decision when it moves more than this share of the accounts to another tier. */
const leastMoved = 0.01;

export interface Drafted {
  /** `null`: nothing significant would change. */
  proposal: ProposalState | null;
  /** What all changes together would do; `null` when there is not the least to change. */
  dryRun: DryRun | null;
}

/**
 * Drafts a proposal: what would change in the model in force, line by line, each with what it alone would do.
 *
 * An older proposal that nobody has decided yet is superseded; lines of it that were approved are kept and scheduled. Where a
 * model is scheduled already, the new proposal changes that one.
 */
export async function draftProposal(
  ports: { store: Store; compute: Compute; now: () => number; onProgress?: Progress; fence?: Fence },
  input: {
    book: Book;
    asOf: number;
    importId: number;
    /** What was learnt; `null` where only `also` is proposed. */
    candidateVersion: number | null;
    /** Changes beside those of the candidate. */
    also?: readonly ModelChange[];
    by: string;
  },
): Promise<Drafted> {
  const { store, compute, now } = ports;
  const { book, asOf, importId, candidateVersion, by } = input;
  await closeHalfDecided(store, book.name, now());
  const base = await modelToChange(store, book.name);
  if (base === null) return { proposal: null, dryRun: null };
  const candidate = candidateVersion === null ? null : await modelOfVersion(store, candidateVersion);
  const changes = [
    ...(candidate === null ? [] : diffModels(base.model, candidate.model)),
    ...(input.also ?? []).filter((change) => !isThere(base, change)),
  ];
  if (changes.length === 0) return { proposal: null, dryRun: null };

  const settings = await proposalSettings(store);
  const [all, ...alone] = await compute.dryRun(
    {
      base: base.model,
      variants: [applyChanges(base.model, changes), ...changes.map((change) => applyChanges(base.model, [change]))],
      catalogue: candidate === null ? base.catalogue : mergeCatalogues(base.catalogue, candidate.catalogue),
      timeKind: book.timeKind,
      band: settings.band,
      ...{ asOf, importId },
    },
    () => readPackedHistories(store, book.name, { importId }),
    ports.onProgress,
  );
  const dryRun = all!;
  if (changes.every(({ kind }) => kind === 'fine tuning') && movedShare(dryRun) < leastMoved)
    return { proposal: null, dryRun };

  const lines = changes
    .map((change, at) => ({ change, dryRun: alone[at]! }))
    .sort((left, right) => rank(left.change) - rank(right.change) || movedShare(right.dryRun) - movedShare(left.dryRun))
    .map((line, at) => ({ number: at + 1, ...line }));
  const draftedAt = now();
  const id = await store.transaction(async (transaction) => {
    await ports.fence?.(transaction);
    const made = await addProposal(transaction, {
      ...{ book: book.name, baseVersion: base.version, candidateVersion, importId, asOf, draftedAt, draftedBy: by },
      ...{ ownerEmail: settings.ownerEmail, deadlineAt: draftedAt + settings.deadlineMs, dryRun, changes: lines },
    });
    for (const older of await livingProposals(transaction, book.name)) {
      if (older.id !== made && older.standing === 'open') await supersede(transaction, older.id, made, draftedAt);
    }
    await addAudit(transaction, {
      ...{ at: draftedAt, actor: by, action: 'proposal.drafted', subject: `proposal ${made}` },
      details: { book: book.name, baseVersion: base.version, candidateVersion, lines: lines.length },
    });
    return made;
  });
  return { proposal: await requireProposal(store, id), dryRun };
}

/** The model that a new proposal changes: the one that is scheduled last, or else the one in force. */
async function modelToChange(store: Store, book: string): Promise<StoredModel | null> {
  const scheduled = (await livingProposals(store, book)).filter(({ standing }) => standing === 'scheduled').at(-1);
  const version = scheduled?.scheduled?.version;
  return version === undefined ? activeModel(store, book) : modelOfVersion(store, version);
}

/** Proposals of which some lines are approved and others not decided: what was approved goes ahead, the rest is proposed anew. */
async function closeHalfDecided(store: Store, book: string, at: number): Promise<void> {
  for (const { id, standing, changes } of await livingProposals(store, book)) {
    if (standing !== 'open' || !changes.some((line) => line.standing === 'approved')) continue;
    await store.transaction((transaction) => supersede(transaction, id, null, at));
  }
}

async function supersede(transaction: Store, id: number, newer: number | null, at: number): Promise<void> {
  const held = await holdProposal(transaction, id);
  if (held.standing !== 'open') return;
  const reason = newer === null ? 'the next analysis took its place' : `proposal ${newer} took its place`;
  const by = { by: 'the analysis', byName: 'the analysis' };
  await addProposalEvent(transaction, id, 'ended', {
    kind: 'superseded',
    change: null,
    at,
    ...by,
    details: { reason },
  });
  await addAudit(transaction, {
    ...{ at, actor: by.by, action: 'proposal.superseded', subject: `proposal ${id}`, details: { newer } },
  });
  const { effectiveMs } = await proposalSettings(transaction);
  await scheduleApproved(transaction, await requireProposal(transaction, id), { now: at, by, effectiveMs });
}

/** Whether the model has a rule of these conditions already. */
function isThere({ model }: StoredModel, change: ModelChange): boolean {
  if (change.kind !== 'anti-pattern added') return false;
  const said = (rule: typeof change.rule) => JSON.stringify(rule.conditions.map(({ key, match }) => [key, match]));
  return (model.antiPatterns ?? []).some((rule) => said(rule) === said(change.rule));
}

function movedShare({ moves, accounts }: DryRun): number {
  return accounts === 0 ? 0 : moves.reduce((sum, move) => sum + move.accounts, 0) / accounts;
}

/** The fine tuning comes last, whatever it moves. */
function rank({ kind }: ModelChange): number {
  return kind === 'fine tuning' ? 1 : 0;
}
