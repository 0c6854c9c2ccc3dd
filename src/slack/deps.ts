import type { TopLevelSpec } from 'vega-lite';
import type { Conversation } from '../agent/conversation.ts';
import type { LeadCard } from '../icp/leads/lead-card.ts';
import type { LeadStanding, LeadVerdict } from '../icp/leads/lead-standing.ts';
import type { AlertDecision, AlertState } from '../icp/life/alert-state.ts';
import type { Person } from '../icp/types.ts';
import type { Questions } from '../questions/types.ts';
import type { SettingsDeps } from './home/settings-deps.ts';
import type { JudgementDeps } from './judgements/judgement-deps.ts';
import type { ProposalDeps } from './proposals/proposal-deps.ts';
import type { PublicationDeps } from './publications/publication-deps.ts';

export type SlackConnection =
  | { mode: 'socket'; botToken: string; appToken: string; apiUrl?: string }
  | { mode: 'http'; botToken: string; signingSecret: string; port: number; apiUrl?: string };

export interface SlackLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What the Slack floor asks of the house. */
export interface SlackDeps {
  connection: SlackConnection;
  questions: Questions;
  conversation: Conversation;
  /** Asked first without, then with the e-mail address of the Slack profile; `null` is somebody we do not know. */
  people: (slackUserId: string, email: string | null) => Promise<Person | null>;
  /** False when this key was claimed before, by any process: Slack delivers an event again when an answer is late. */
  claimEvent: (key: string) => Promise<boolean>;
  /** Puts a doubt about a score before whoever looks after scores, and says who that is; absent: the log keeps it. */
  flag?: (doubt: { account: { book: string; id: string }; by: Person; reason: string | null }) => Promise<{
    reviewer: string | null;
  }>;
  /** Gives a segment a name; throws for a person who may not, or a name that cannot be. */
  rename?: (wanted: { book: string; segment: string; name: string; by: Person }) => Promise<{
    before: string;
    name: string;
  }>;
  /** Keeps what people decide about churn alerts; absent where nobody keeps alerts. */
  alerts?: {
    /** Checks the person again, and hands back how the alert stands; `changed` is false when it stood so before. */
    decide: (asked: { alertId: number; by: Person; decision: AlertDecision }) => Promise<{
      state: AlertState;
      changed: boolean;
    }>;
  };
  /** Keeps what people say of leads; absent where nobody keeps leads. */
  leads?: LeadsDesk;
  /** What people say beside the model, and who answers them; absent where nobody keeps it. */
  judgements?: JudgementDeps;
  /** Settings that people may change on Home; absent where they cannot. */
  settings?: SettingsDeps;
  /** Proposals and who decides on them; absent where nobody does. */
  proposals?: ProposalDeps;
  /** What was published and can be undone; absent where nothing is. */
  publications?: PublicationDeps;
  log: SlackLog;
  /** Draws the picture on a card as a PNG; absent is our own drawing, `null` is no picture. */
  drawPicture?: ((spec: TopLevelSpec) => Promise<Uint8Array>) | null;
  now: () => number;
}

interface LeadAsked {
  book: string;
  leadId: string;
  by: Person;
}

/** A message that shows leads, in their order. */
interface LeadPost {
  channel: string;
  ts: string;
  leadIds: readonly string[];
}

/** What the house does with leads. */
export interface LeadsDesk {
  /** Checks the person again, and hands back how the lead stands; `changed` is false when it stood so before. */
  answer: (asked: LeadAsked & { answer: LeadVerdict; reason: string | null }) => Promise<{
    state: LeadStanding;
    changed: boolean;
  }>;
  undo: (asked: LeadAsked) => Promise<{ state: LeadStanding; changed: boolean }>;
  /** Leads as they are to be shown now, in the order asked for. */
  describe: (book: string, leadIds: readonly string[]) => Promise<readonly LeadCard[]>;
  /** The messages that show a lead. */
  posts: (book: string, leadId: string) => Promise<readonly LeadPost[]>;
  /** The open leads of a person, or of all where the person owns none by their role; best first. */
  open: (person: Person, most: number) => Promise<{ book: string; cards: readonly LeadCard[]; total: number }>;
  /** Remembers a message with leads on it, so that it can follow. */
  posted: (book: string, post: LeadPost) => Promise<void>;
  /** What leads of a book are turned down for, the most frequent first. */
  reasons: (book: string) => Promise<readonly string[]>;
}
