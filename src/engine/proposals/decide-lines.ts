import { IcpError } from '../../errors.ts';
import type { ChangeState, ProposalState } from '../../icp/proposals/proposal-state.ts';
import { addAudit } from '../../store/audit.ts';
import { addProposalEvent } from '../../store/proposals.ts';
import type { Store } from '../../store/store.ts';
import type { Acting, Actor } from '../actor.ts';
import { requireDecider } from './deciders.ts';
import { type ProposalSettings, proposalSettings } from './proposal-settings.ts';
import { holdProposal, requireProposal } from './require-proposal.ts';
import { scheduleApproved } from './schedule-approved.ts';
import { staleReason } from './stale.ts';

export interface LinesDecided {
  proposal: ProposalState;
  /** Lines that this decided. */
  decided: readonly number[];
  /** Lines that somebody had decided before. */
  already: readonly ChangeState[];
}

export interface LineDecision {
  proposalId: number;
  lines: readonly number[] | 'all';
  verdict: 'approved' | 'rejected';
  /** Needed for a rejection. */
  reason: string | null;
  /** The day on which what is approved shall take effect; `null` for the usual one. */
  effectiveAt: number | null;
  /** How many edits of these lines whoever decides has seen; absent: it does not matter. */
  seenEdits?: number;
  actor: Actor;
}

/**
 * Approves or rejects lines of a proposal. Who may is looked up now. A line is decided once: of two people in the same
 * millisecond one is first, and the other is told who. With the last line, what was approved is made a model and scheduled.
 *
 * @throws {IcpError} `not_allowed`; `no_reason`; `no_line`; `too_late` for a proposal that is closed, stale or past its time;
 *   `same_person` where the setting wants two; `edited_meanwhile` when a line is no longer what was seen
 */
export async function decideLines(
  { store, now }: { store: Store; now: () => number },
  decision: LineDecision,
): Promise<LinesDecided> {
  const { proposalId, verdict } = decision;
  const by = await requireDecider(store, decision.actor, 'deciding on changes of the ICP');
  const reason = decision.reason?.trim() || null;
  if (verdict === 'rejected' && reason === null)
    throw new IcpError(
      'no_reason',
      'rejecting a change needs a reason, so that the next proposal can do better; give one',
    );
  const settings = await proposalSettings(store);
  const at = now();
  const outcome = await store.transaction(async (transaction) => {
    const proposal = await holdProposal(transaction, proposalId);
    const stale = await markStale(transaction, proposal, at);
    if (stale !== null) return stale;
    const wanted = linesOf(proposal, decision.lines);
    const open = wanted.filter(({ standing }) => standing === 'open');
    if (open.length === 0 && wanted.every(({ decided }) => decided !== null))
      return { proposal, decided: [], already: wanted };
    refuseLate(proposal, at);
    refuseUnseen(decision.lines === 'all' ? proposal.changes : wanted, decision);
    if (verdict === 'approved') refuseSamePerson(proposal, open, by, settings);
    for (const { number } of open) await decideOne(transaction, proposal, number, { ...decision, reason }, by, at);
    await scheduleApproved(transaction, await requireProposal(transaction, proposalId), {
      ...{ now: at, by, effectiveMs: settings.effectiveMs },
    });
    return {
      proposal: await requireProposal(transaction, proposalId),
      decided: open.map(({ number }) => number),
      already: wanted.filter(({ standing }) => standing !== 'open'),
    };
  });
  if ('stale' in outcome) throw tooLate(proposalId, outcome.stale);
  return outcome;
}

async function decideOne(
  transaction: Store,
  { id }: ProposalState,
  number: number,
  { verdict, reason, effectiveAt }: LineDecision,
  { by, byName, recorded }: Acting,
  at: number,
): Promise<void> {
  const details = {
    ...(recorded === by ? {} : { via: recorded }),
    ...(reason === null ? {} : { reason }),
    ...(effectiveAt === null || verdict === 'rejected' ? {} : { effectiveAt }),
  };
  const kept = await addProposalEvent(transaction, id, `decided ${number}`, {
    ...{ kind: verdict, change: number, at, by, byName, details },
  });
  if (!kept)
    throw new IcpError('too_late', `line ${number} of proposal ${id} was decided at the same moment; look again`);
  await addAudit(transaction, {
    ...{ at, actor: recorded, action: `proposal.${verdict}`, subject: `proposal ${id} line ${number}`, details },
  });
}

/** Marks a proposal whose base is gone, so that everybody sees why nothing comes of it. */
async function markStale(transaction: Store, proposal: ProposalState, at: number): Promise<{ stale: string } | null> {
  if (proposal.standing !== 'open') return null;
  const reason = await staleReason(transaction, proposal);
  if (reason === null) return null;
  const by = { by: 'the clock', byName: 'the clock' };
  await addProposalEvent(transaction, proposal.id, 'stale', {
    kind: 'stale',
    change: null,
    at,
    ...by,
    details: { reason },
  });
  await addAudit(transaction, {
    ...{ at, actor: by.by, action: 'proposal.stale', subject: `proposal ${proposal.id}`, details: { reason } },
  });
  return { stale: reason };
}

function linesOf({ id, changes }: ProposalState, wanted: readonly number[] | 'all'): ChangeState[] {
  if (wanted === 'all') return changes.filter(({ standing }) => standing === 'open');
  return wanted.map((number) => {
    const line = changes.find((change) => change.number === number);
    if (line === undefined)
      throw new IcpError('no_line', `proposal ${id} has no line ${number}; its lines are 1 to ${changes.length}`);
    return line;
  });
}

function refuseLate(proposal: ProposalState, at: number): void {
  const { id, standing, because, expiresAt } = proposal;
  if (standing === 'closed' || standing === 'stale') throw tooLate(id, because ?? 'it is closed');
  if (standing === 'scheduled' || standing === 'active') throw tooLate(id, 'every line of it is decided');
  if (at >= expiresAt) throw tooLate(id, 'its time was up');
}

/** Nobody approves what somebody else has made of a line since. */
function refuseUnseen(lines: readonly ChangeState[], { proposalId, seenEdits }: LineDecision): void {
  const edits = lines.flatMap((line) => line.edits);
  const last = edits.at(-1);
  if (seenEdits === undefined || last === undefined || seenEdits >= edits.length) return;
  throw new IcpError(
    'edited_meanwhile',
    `line ${last.change} of proposal ${proposalId} was edited by ${last.byName} since you saw it; look at it as it is now, and decide again`,
  );
}

function tooLate(id: number, because: string): IcpError {
  return new IcpError(
    'too_late',
    `proposal ${id} cannot be decided any more: ${because}; the next analysis proposes anew what still holds`,
  );
}

function refuseSamePerson(
  { id, draftedBy }: ProposalState,
  lines: readonly ChangeState[],
  { by }: Acting,
  { twoPeople }: ProposalSettings,
): void {
  if (!twoPeople) return;
  const own = draftedBy === by ? lines[0] : lines.find(({ edits }) => edits.some((edit) => edit.by === by));
  if (own !== undefined)
    throw new IcpError(
      'same_person',
      `line ${own.number} of proposal ${id} comes from you, and two people are required here; somebody else has to approve it`,
    );
}
