import type { Instant } from '../types.ts';

export const leadVerdicts = ['accepted', 'rejected'] as const;
export type LeadVerdict = (typeof leadVerdicts)[number];

/** What a person said of a lead, with what the model said at that moment. */
export interface LeadAnswer {
  id: number;
  book: string;
  leadId: string;
  accountId: string | null;
  answer: LeadVerdict;
  reason: string | null;
  /** E-mail address and name of who answered. */
  by: string;
  byName: string;
  at: Instant;
  modelVersion: number | null;
  score: number | null;
  tier: 1 | 2 | 3 | null;
  /** An answer that was taken back stays, and says so. */
  undoneAt: Instant | null;
  undoneBy: string | null;
}

/** How a lead stands, and through whom. */
export interface LeadStanding {
  standing: 'open' | LeadVerdict;
  /** The answer that stands; `null` while the lead is open. */
  answer: LeadAnswer | null;
  /** The last answer that was taken back, where none stands. */
  undone: LeadAnswer | null;
}

/** How long whoever answered may take it back, in milliseconds. */
export const undoMs = 5 * 60_000;

/**
 * Adds up the answers to a lead, in the order in which they were given: the first that was not taken back stands.
 *
 * @example leadStanding([]).standing; // => 'open'
 */
export function leadStanding(answers: readonly LeadAnswer[]): LeadStanding {
  const answer = answers.find(({ undoneAt }) => undoneAt === null) ?? null;
  if (answer !== null) return { standing: answer.answer, answer, undone: null };
  return { standing: 'open', answer: null, undone: answers.at(-1) ?? null };
}

/**
 * Until when an answer can be taken back by whoever gave it.
 *
 * @example undoableUntil({ at: 0 }); // => 300000
 */
export function undoableUntil({ at }: Pick<LeadAnswer, 'at'>): Instant {
  return at + undoMs;
}
