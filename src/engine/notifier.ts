import type { Flag } from '../icp/judgements/flag.ts';
import type { AlertState } from '../icp/life/alert-state.ts';
import type { ExpansionFindings } from '../icp/life/predict-expansion.ts';
import type { Person } from '../icp/types.ts';
import type { AuditChecked } from './verify-audit.ts';

/** Where something was told. */
export interface ToldAt {
  channel: string;
  ts: string;
}

/**
 * The port through which the engine tells people things; Slack implements it.
 *
 * Each method answers `null` when it was surely not told (the channel is gone, we are no member), so that it may be tried
 * again. It throws when nobody knows, as after a time-out: then it is not tried again.
 */
export interface Notifier {
  churnAlert(alert: AlertState, channel: string): Promise<ToldAt | null>;
  expansionList(findings: ExpansionFindings, channel: string): Promise<ToldAt | null>;
  flag(flag: FlagTold, channel: string): Promise<ToldAt | null>;
  /** The messages of a flag say what became of it, and who raised it is told; nobody waits for either. */
  flagAnswered(flag: FlagTold, posts: readonly ToldAt[]): Promise<void>;
  auditHead(checked: AuditHeadTold, channel: string): Promise<ToldAt | null>;
  /** A calibration was missed, and nothing is published until somebody answers for it. */
  lapse(why: string, channel: string): Promise<ToldAt | null>;
}

/** The audit log as it was found when it was walked. */
export type AuditHeadTold = AuditChecked;

/** A flag with the people and the account by their names. */
export interface FlagTold {
  flag: Flag;
  accountName: string;
  /** `null` for who is no person, such as the command line. */
  raisedBy: Person | null;
  answeredBy: Person | null;
  /** Who should answer. */
  reviewer: Person | null;
}
