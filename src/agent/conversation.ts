import type { Person } from '../icp/types.ts';
import type { Answer, Card } from '../questions/types.ts';

/** What came of one turn: words with their figures filled in, the cards they stand on, and what may be asked next. */
export interface Turn {
  text: string;
  cards: readonly Card[];
  figures: readonly ShownFigure[];
  tools: readonly { name: string; args: unknown; ms: number }[];
  mode: 'language model' | 'template';
  refused: string | null;
  choices: readonly { label: string; question: string }[];
}

/** A figure that a person was shown, with the receipt that it can be run again from. */
export interface ShownFigure {
  id: string;
  label: string;
  v: number | string | null;
  unit: string;
  n?: number;
  asOf: string;
  receipt: string;
}

/** The conversation as Slack and the command line see it. Throws `IcpError` with a sentence for the person who asked. */
export interface Conversation {
  turn(input: {
    question: string;
    asker: Person;
    threadKey: string;
    signal?: AbortSignal;
    onStatus?: (status: string) => void;
    onCard?: (answer: Answer) => Promise<void>;
  }): Promise<Turn>;
}
