import { IcpError } from '../../errors.ts';
import type { DryRun } from '../../icp/proposals/dry-run.ts';
import type { ChangeEdit, ModelChange } from '../../icp/proposals/model-change.ts';
import type { Vote } from '../../icp/proposals/proposal-event.ts';
import type { ChangeState, ProposalState } from '../../icp/proposals/proposal-state.ts';
import type { WorthNoting } from '../../icp/proposals/worth-noting.ts';
import type { Person } from '../../icp/types.ts';
import type { Posted } from '../post.ts';

/** A proposal with its lines as they would be applied, and the people who may decide on it. */
export interface ShownProposal extends WorthNoting {
  state: ProposalState;
  changes: readonly { number: number; change: ModelChange }[];
  /** By name; empty where nobody has said. */
  deciders: readonly string[];
}

/** What somebody decided about lines of a proposal. */
export interface LineVerdict {
  verdict: 'approved' | 'rejected';
  /** Needed for a rejection. */
  reason: string | null;
  /** The day on which what is approved shall take effect; `null` for the usual one. */
  effectiveAt: number | null;
}

export interface LinesDecided {
  proposal: ProposalState;
  /** Lines that this decided. */
  decided: readonly number[];
  /** Lines that somebody had decided before. */
  already: readonly ChangeState[];
}

/** What lines would do together. */
export interface Simulated {
  proposal: ProposalState;
  changes: readonly { number: number; change: ModelChange }[];
  dryRun: DryRun;
}

/** What the Slack floor asks of the house about proposals. Whatever changes something checks the person again. */
export interface ProposalDeps {
  decide(
    asked: LineVerdict & {
      proposalId: number;
      lines: readonly number[] | 'all';
      /** How many edits of the lines were seen. */
      seenEdits: number;
      by: Person;
    },
  ): Promise<LinesDecided>;
  edit(asked: { proposalId: number; line: number; edit: ChangeEdit; by: Person }): Promise<Simulated>;
  /** Changes nothing. */
  simulate(asked: {
    proposalId: number;
    lines?: readonly number[];
    edit?: { line: number; edit: ChangeEdit };
  }): Promise<Simulated>;
  vote(asked: { proposalId: number; vote: Vote; by: Person }): Promise<ProposalState>;
  show(proposalId: number): Promise<ShownProposal>;
  /** Those that may still have an effect, oldest first; the newest of all where there is none. */
  list(): Promise<{ living: readonly ProposalState[]; newest: ProposalState | null }>;
  mayDecide(by: Person): Promise<boolean>;
  /** Remembers a message, so that it follows what is decided elsewhere. */
  posted(proposalId: number, at: Posted): Promise<void>;
  /** Remembers that a message is no longer there: nobody looks after it any more. */
  gone(proposalId: number, at: Posted): Promise<void>;
}

/** @throws {IcpError} where the house has none */
export function proposalsOf({ proposals }: { proposals?: ProposalDeps }): ProposalDeps {
  if (proposals === undefined)
    throw new IcpError('not_here', 'nobody decides on proposals here; tell whoever runs Lodestar');
  return proposals;
}

/** A proposal as far as it is known without asking the house: its lines as they were drafted. */
export function asDrafted(state: ProposalState): ShownProposal {
  const changes = state.changes.map(({ number, drafted }) => ({ number, change: drafted }));
  return { state, changes, deciders: [], stale: [], overdue: [], emerging: [], cautions: [] };
}
