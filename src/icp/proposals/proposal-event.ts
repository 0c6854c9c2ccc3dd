import type { Instant } from '../types.ts';
import type { DryRun } from './dry-run.ts';
import type { ChangeEdit } from './model-change.ts';

export const proposalEventKinds = [
  'approved',
  'rejected',
  'edited',
  /** A vote in the sales check. */
  'voted',
  'escalated',
  'deadline passed',
  'superseded',
  /** What was approved has been made a model, with a hash and a day on which it comes into force. */
  'scheduled',
  'activated',
  /** It can have no effect any more, and why. */
  'stale',
  /** Told in a channel. */
  'posted',
  /** The message about it is no longer there. */
  'message gone',
  /** Those whose answers it stands on were told. */
  'reported back',
] as const;
/** What sales may say of a proposal: whether it fits what they see. */
export const votes = ['fits', 'does not fit', 'cannot say'] as const;
export type Vote = (typeof votes)[number];

export type ProposalEventKind = (typeof proposalEventKinds)[number];

/** What goes with an event; which of these depends on its kind. */
export interface ProposalEventDetails {
  reason?: string;
  /** Where somebody acted for the person: with the command line. */
  via?: string;
  edit?: ChangeEdit;
  /** What the edited line alone would do. */
  dryRun?: DryRun;
  /** What all lines together would do, with this edit and those before it. */
  whole?: DryRun;
  vote?: Vote;
  effectiveAt?: Instant;
  version?: number;
  contentHash?: string;
  channel?: string;
  ts?: string;
}

/** Something that happened to a proposal or to one of its lines. Events are only ever added. */
export interface ProposalEvent {
  kind: ProposalEventKind;
  /** The line; `null` for the whole. */
  change: number | null;
  at: Instant;
  /** Address of the person, or what acted: `the clock`. */
  by: string;
  byName: string;
  details: ProposalEventDetails;
}
