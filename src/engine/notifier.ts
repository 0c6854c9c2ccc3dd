import type { LeadCard } from '../icp/leads/lead-card.ts';
import type { AlertState } from '../icp/life/alert-state.ts';
import type { ExpansionFindings } from '../icp/life/predict-expansion.ts';

/** Who is told: a channel, or a person alone. */
export type Recipient = { channel: string } | { person: { email: string; slackId: string | null } };

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
  leadCard(card: LeadCard, to: Recipient): Promise<ToldAt | null>;
  expansionList(findings: ExpansionFindings, channel: string): Promise<ToldAt | null>;
}
