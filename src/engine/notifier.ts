import type { ScoreChange } from '../icp/changes/score-change.ts';
import type { Flag } from '../icp/judgements/flag.ts';
import type { LeadCard } from '../icp/leads/lead-card.ts';
import type { AntiPatternAdded } from '../icp/leads/systematic-rejections.ts';
import type { AlertState } from '../icp/life/alert-state.ts';
import type { ExpansionFindings } from '../icp/life/predict-expansion.ts';
import type { Tier } from '../icp/proposals/dry-run.ts';
import type { Decision, ProposalState } from '../icp/proposals/proposal-state.ts';
import type { WorthNoting } from '../icp/proposals/worth-noting.ts';
import type { PublicationReport } from '../icp/publishing/publication-report.ts';
import type { ScoreSupport } from '../icp/score-support.ts';
import type { Instant, Person } from '../icp/types.ts';
import type { AuditChecked } from './verify/verify-audit.ts';

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
  /** The message that shows these leads says how they stand now; nobody waits for it. */
  leadChanged(cards: readonly LeadCard[], post: ToldAt): Promise<void>;
  /** Tells somebody alone what became of answers of theirs. */
  reportBack(decided: AnswersDecided, person: Person): Promise<ToldAt | null>;
  /** Tells somebody alone which of their accounts score otherwise since the CRM was last read, and why. */
  scoreChanged(changes: readonly ScoreChange[], person: Person): Promise<ToldAt | null>;
  expansionList(findings: ExpansionFindings, channel: string): Promise<ToldAt | null>;
  flag(flag: FlagTold, channel: string): Promise<ToldAt | null>;
  /** The messages of a flag say what became of it, and who raised it is told; nobody waits for either. */
  flagAnswered(flag: FlagTold, posts: readonly ToldAt[]): Promise<void>;
  auditHead(checked: AuditHeadTold, channel: string): Promise<ToldAt | null>;
  /** A calibration was missed, and nothing is published until somebody answers for it. */
  lapse(why: string, channel: string): Promise<ToldAt | null>;
  /** The digest of a proposal, with what to press. */
  proposal(state: ProposalState, channel: string): Promise<ToldAt | null>;
  /** Every message about it says how it stands now, wherever that was decided. */
  proposalChanged(state: ProposalState): Promise<void>;
  /** It waits past its deadline. */
  proposalEscalated(state: ProposalState, channel: string): Promise<ToldAt | null>;
  nothingToChange(told: NothingToChange, channel: string): Promise<ToldAt | null>;
  /** What was written to the CRM, and what was not. */
  publicationReport(report: PublicationReport, channel: string): Promise<ToldAt | null>;
  /** The writing waits, with the reason; it goes on by itself. */
  publicationPaused(report: PublicationReport, channel: string): Promise<ToldAt | null>;
}

/** An analysis that found nothing worth a decision. */
export interface NothingToChange extends WorthNoting {
  book: string;
  asOf: number;
  accounts: number;
  /** Accounts that what was learnt would move to another tier. */
  moved: number;
  /** The version in force, which stays. */
  version: number;
  /** Accounts that are no customers: in the last digest, and now. */
  tiers: readonly TierSince[];
  /** The last digest; `null` where this is the first. */
  since: { at: number; version: number } | null;
  alarms: readonly string[];
}

/** How many accounts a tier holds; `before` is `null` where nobody has counted. */
export interface TierSince {
  tier: Tier;
  before: number | null;
  after: number;
  /** What it holds of them all now. */
  share: number;
}

/** A change that stands on answers of people, with what was decided about it. */
export interface AnswersDecided {
  change: AntiPatternAdded;
  standing: 'approved' | 'rejected';
  decided: Decision;
  /** When it comes into force; `null` where that is not settled, or never. */
  effectiveAt: Instant | null;
}

/** The audit log as it was found when it was walked. */
export type AuditHeadTold = AuditChecked;

/** A flag with the people and the account by their names. */
export interface FlagTold {
  flag: Flag;
  accountName: string;
  /** What stood behind the score when it was doubted; `null` where there was none, or nobody kept it. */
  support: ScoreSupport | null;
  /** `null` for who is no person, such as the command line. */
  raisedBy: Person | null;
  answeredBy: Person | null;
  /** Who should answer. */
  reviewer: Person | null;
}
