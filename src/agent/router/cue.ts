/** A pattern in the question, with how much it speaks for the intent. Accounts stand in the question as `ACCT`. */
export interface Cue {
  pattern: RegExp;
  weight: number;
}

/** A cue in one line. */
export const cue = (weight: number, pattern: RegExp): Cue => ({ weight, pattern });
