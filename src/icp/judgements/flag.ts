import type { Instant } from '../types.ts';

/** "This score looks wrong": a doubt that somebody must answer. */
export interface Flag {
  id: number;
  book: string;
  accountId: string;
  /** Address of who raised it, or the command line. */
  flaggedBy: string;
  reason: string | null;
  flaggedAt: Instant;
  modelVersion: number | null;
  /** As it stood then. */
  score: string | null;
  /** `null` until somebody has looked. */
  answeredAt: Instant | null;
  answeredBy: string | null;
  answer: string | null;
}

/** A flag that is open for longer than this is named in the governance report. */
export const answerWithinDays = 7;

/**
 * Whether a flag has waited too long for its answer.
 *
 * @example isOverdue({ flaggedAt: 0, answeredAt: null }, 8 * 86400000); // => true
 * @example isOverdue({ flaggedAt: 0, answeredAt: 1 }, 8 * 86400000); // => false
 */
export function isOverdue({ flaggedAt, answeredAt }: Pick<Flag, 'flaggedAt' | 'answeredAt'>, now: Instant): boolean {
  return answeredAt === null && now - flaggedAt > answerWithinDays * 86_400_000;
}
