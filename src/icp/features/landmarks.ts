import type { Instant } from '../types.ts';
import { dayMs } from './calendar.ts';

/** Days ahead that a timing row asks about: was the account won within them. */
export const landmarkHorizonDays = 90;

const monthDays = 30;
const mostLandmarks = 24;

/**
 * The monthly dates at which an account's timing is read, the earliest first, at most 24.
 *
 * They start 90 days before the first touch, or where the book's own memory starts, and go on every 30 days while the account
 * was not won and the 90 days that follow are over.
 *
 * @param seenFrom the first dated thing that the book knows of any account; `null`: none, so there are no landmarks
 */
export function landmarksOf(
  touchedAt: Instant,
  wonAt: Instant | null,
  seenFrom: Instant | null,
  asOf: Instant,
): readonly Instant[] {
  if (seenFrom === null) return [];
  const last = asOf - landmarkHorizonDays * dayMs;
  const landmarks: Instant[] = [];
  let at = touchedAt - landmarkHorizonDays * dayMs;
  if (at < seenFrom) at += Math.ceil((seenFrom - at) / (monthDays * dayMs)) * monthDays * dayMs;
  for (; at <= last && landmarks.length < mostLandmarks; at += monthDays * dayMs) {
    if (wonAt !== null && at >= wonAt) break;
    landmarks.push(at);
  }
  return landmarks;
}
