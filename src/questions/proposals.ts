import { requireProposal } from '../engine/proposals/require-proposal.ts';
import { simulate } from '../engine/proposals/simulate.ts';
import { UsageError } from '../errors.ts';
import type { ChangeEdit } from '../icp/proposals/model-change.ts';
import { proposalAt } from '../icp/proposals/proposal-state.ts';
import { proposalsOf } from '../store/proposals.ts';
import type { Question } from './draft.ts';
import type { ReportCard } from './report-card.ts';
import { simulationReport } from './reports/dry-run.ts';
import { proposalReport, proposalsReport } from './reports/proposals.ts';

export interface ProposalArguments {
  /** The moment of the question: what happened later is not in the answer, whenever it is asked again. */
  at: number;
  /** The number of one proposal. */
  about?: string;
}

export interface SimulationArguments extends ProposalArguments {
  lines?: readonly number[];
  edit?: ChangeEdit;
}

/** What is proposed, and how it stands; or one proposal line by line. */
export const changesQuestion: Question<ProposalArguments, ReportCard> = async (ports, pin, { at, about }) => {
  if (about === undefined) {
    const proposals = (await proposalsOf(ports.store, pin.book.name))
      .filter(({ draftedAt }) => draftedAt <= at)
      .map((proposal) => proposalAt(proposal, at));
    const { text, figures, card } = proposalsReport(proposals);
    return { text, figures, card: { kind: 'report', topic: 'changes', ...card }, read: ['proposals and their events'] };
  }
  const id = numberOf(about);
  const proposal = proposalAt(await requireProposal(ports.store, id), at);
  // For a receipt nothing that was kept may be trusted: the lines are applied and every account is scored again.
  const dryRun = ports.again
    ? (await simulate(ports, { proposalId: id, lines: proposal.changes.map(({ number }) => number), at })).dryRun
    : proposal.dryRun;
  const { text, figures, card } = proposalReport({ ...proposal, dryRun });
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'changes', ...card },
    read: [
      `proposal ${id} with its events; every account as of ${dryRun.asOf.slice(0, 10)}, import ${proposal.importId}, scored with and without its lines`,
      `how often the accounts that a line is about were won, as ${proposal.candidateVersion === null ? 'it was drafted with' : `version ${proposal.candidateVersion} learnt it`} from the same import`,
    ],
  };
};

/** What lines of a proposal would do if they came into force. */
export const simulateQuestion: Question<SimulationArguments, ReportCard> = async (ports, _pin, args) => {
  const { at, about, lines, edit } = args;
  if (about === undefined)
    throw new UsageError('simulating needs the number of a proposal; ask for the changes to see it');
  const proposalId = numberOf(about);
  const { changes, dryRun } = await simulate(ports, {
    ...{ proposalId, at },
    ...(lines === undefined ? {} : { lines }),
    ...(edit === undefined || lines?.[0] === undefined ? {} : { edit: { line: lines[0], edit } }),
  });
  const { text, figures, card } = simulationReport(proposalId, changes, dryRun);
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'simulate', ...card },
    read: [
      `every account as of ${dryRun.asOf.slice(0, 10)}, scored with and without the lines of proposal ${proposalId}`,
    ],
  };
};

function numberOf(about: string): number {
  if (!/^\d+$/.test(about.trim())) throw new UsageError(`a proposal is asked for by its number, got "${about}"`);
  return Number(about);
}
