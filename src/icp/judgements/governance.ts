import { dayMs } from '../features/calendar.ts';
import type { Instant } from '../types.ts';

/** A setting as it stands: what it says, since when, by whom, and the how-manieth it is. */
export interface SaidSetting {
  value: unknown;
  setAt: Instant;
  setBy: string;
  /** From 1: a playbook is quoted with its version. */
  version: number;
}

/** What has to be looked at by somebody now and then: signals, one kind of them, or what counts as an outcome. */
export interface Reviewed {
  key: string;
  label: string;
  /** Who owns it, by name; `null` where nobody does. */
  owner: string | null;
  /** It falls to whoever owns all signals. */
  ownedInGeneral: boolean;
  nextReview: Instant | null;
  overdue: boolean;
}

/** How a model is held against what happened, on one of the two things that it must not lose sight of. */
export interface CalibrationPlan {
  book: string;
  against: 'conversion' | 'retention';
  everyDays: number;
  /** The last analysis that did it; `null` where none has. */
  last: Instant | null;
  next: Instant;
  /** How many runs were missed by now. */
  missed: number;
  /** When the last of them was due. */
  missedAt: Instant | null;
}

/**
 * When a calibration is due, and how many were missed.
 *
 * @param from the last one, or when the model came to be where there was none
 * @example planCalibration(0, 30, 29 * 86400000); // => { next: 2592000000, missed: 0, missedAt: null }
 * @example planCalibration(0, 30, 61 * 86400000); // => { next: 2592000000, missed: 2, missedAt: 5184000000 }
 */
export function planCalibration(
  from: Instant,
  everyDays: number,
  now: Instant,
): Pick<CalibrationPlan, 'next' | 'missed' | 'missedAt'> {
  const every = everyDays * dayMs;
  const missed = Math.max(0, Math.floor((now - from) / every));
  return { next: from + every, missed, missedAt: missed === 0 ? null : from + missed * every };
}

/** Calibrations that were missed and that nobody has acknowledged since the last of them was due. */
export function lapsedOf(plans: readonly CalibrationPlan[], acknowledgedAt: Instant | null): CalibrationPlan[] {
  return plans.filter(({ missedAt }) => missedAt !== null && (acknowledgedAt === null || acknowledgedAt < missedAt));
}

/** An event of our own company, which somebody has to think through: do the definitions still hold? */
export interface ReviewTask {
  what: string;
  on: Instant;
  recordedAt: Instant;
  recordedBy: string;
  /** When the definitions were reviewed since; `null` while they wait. */
  reviewedAt: Instant | null;
}

/** Whether a review is due: its day has come. */
export function isDue(nextReview: Instant | null, now: Instant): boolean {
  return nextReview !== null && nextReview <= now;
}
