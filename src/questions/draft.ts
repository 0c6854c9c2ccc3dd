import type { Compute } from '../engine/compute/compute.ts';
import type { Store } from '../store/store.ts';
import type { Pin } from './pin.ts';
import type { Card, Figure } from './types.ts';

/** An answer before it has a receipt: what a question found at its pin. */
export interface Draft<C extends Card = Card> {
  text: string;
  figures: readonly Figure[];
  card: C;
  /** What was read and counted, in words, for the receipt. */
  read: readonly string[];
}

export interface QuestionPorts {
  store: Store;
  /** Whole books are gone through in a thread: nobody else's answer waits for it. */
  compute: Pick<Compute, 'survey' | 'list' | 'find' | 'twins' | 'dryRun' | 'scoreTwice' | 'health' | 'outreachTest'>;
  /** Asked again for a receipt: nothing that was stored may be trusted, all is worked out anew. */
  again: boolean;
}

/** A question is a function of what it may see and of its arguments, and of nothing else. */
export type Question<Arguments, C extends Card> = (
  ports: QuestionPorts,
  pin: Pin,
  args: Arguments,
) => Promise<Draft<C>>;

/** A figure that is words: a name, a label. Slack escapes these, since they come from a CRM. */
export function words(key: string, label: string, text: string): Figure {
  return { key, label, v: text, unit: 'text' };
}
