import type { Person } from '../icp/types.ts';
import type { Answer, Card } from '../questions/types.ts';

/** What one turn of the conversation gives back: the JSON of `ask`, before Slack draws the cards. */
export interface Turn {
  /** Slack mrkdwn with every figure already in place. */
  text: string;
  cards: readonly Card[];
  /** Every figure of `text`, with the receipt that runs it again. */
  figures: readonly ShownFigure[];
  tools: readonly { name: string; args: unknown; ms: number }[];
  mode: 'language model' | 'template';
  /** Why nothing was done, where something was asked that this conversation does not do. */
  refused: string | null;
  choices: readonly { label: string; question: string }[];
}

/** `receipt` is an id, or several joined by ` + ` for a figure that was calculated from figures of several receipts. */
export interface ShownFigure {
  id: string;
  label: string;
  v: number | string | null;
  unit: string;
  n?: number;
  asOf: string;
  receipt: string;
}

export interface Conversation {
  /**
   * Answers one question. `onStatus` is told what is being done, `onCard` gets each card as soon as its figures are
   * there, before any prose. Rejects only when `signal` aborts; whatever else goes wrong is in the turn, in words.
   */
  turn(input: {
    question: string;
    asker: Person;
    threadKey: string;
    signal?: AbortSignal;
    onStatus?: (status: string) => void;
    onCard?: (answer: Answer) => Promise<void>;
  }): Promise<Turn>;

  /** Tells a thread of an answer that was given without a turn, so that "and why not tier 1?" knows what is meant. */
  note(threadKey: string, answer: Answer): Promise<void>;
}
