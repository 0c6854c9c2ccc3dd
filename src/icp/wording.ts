/** What is to be put into words: statements that are true of a finding. */
export interface WordableFinding {
  kind: WordedKind;
  /** In words, e.g. `Industry is logistics: 61 % of the segment, 14 % of all touched`. */
  facts: readonly string[];
  /** Names in the facts that have a digit in them, such as `Route 66`: these may be repeated. */
  names: readonly string[];
}

export const wordedKinds = ['segment', 'pattern', 'anomaly'] as const;
export type WordedKind = (typeof wordedKinds)[number];

/** A name and a sentence or two. Neither has a number in it: figures stand beside them, with their receipts. */
export interface Wording {
  name: string;
  text: string;
}

/** Puts a finding into words; `null` where no language model is to be had, or where it typed a number of its own. */
export type Interpret = (finding: WordableFinding) => Promise<Wording | null>;
