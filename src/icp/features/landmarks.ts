import type { Instant } from '../types.ts';
import { dayMs } from './calendar.ts';
import type { FeatureCatalogue } from './feature-rule.ts';

/** Days ahead that a timing row asks about: was the account won within them. */
export const landmarkHorizonDays = 90;

const monthDays = 30;
const mostLandmarks = 24;

/**
 * The monthly dates at which an account's timing is read, the earliest first, at most 24.
 *
 * They start 90 days before the first touch, or where the book starts to watch, and go on every 30 days while the account
 * was not won and the 90 days that follow are over.
 *
 * @param watchedFrom since when anything that tells of timing is collected; `null`: nothing is, so there are no landmarks
 */
export function landmarksOf(
  touchedAt: Instant,
  wonAt: Instant | null,
  watchedFrom: Instant | null,
  asOf: Instant,
): readonly Instant[] {
  if (watchedFrom === null) return [];
  const last = asOf - landmarkHorizonDays * dayMs;
  const landmarks: Instant[] = [];
  let at = touchedAt - landmarkHorizonDays * dayMs;
  if (at < watchedFrom) at += Math.ceil((watchedFrom - at) / (monthDays * dayMs)) * monthDays * dayMs;
  for (; at <= last && landmarks.length < mostLandmarks; at += monthDays * dayMs) {
    if (wonAt !== null && at >= wonAt) break;
    landmarks.push(at);
  }
  return landmarks;
}

/**
 * Since when a book collects what tells of timing; `null` where it collects nothing.
 *
 * Signals decide where there are any: before the first of them every timing row would be unknown, and a learner would find
 * that timing says nothing.
 */
export function watchedFrom({ features, rules, seenFrom }: FeatureCatalogue): Instant | null {
  let signals: Instant | null = null;
  let anything: Instant | null = null;
  features.forEach(({ part }, index) => {
    const rule = rules[index];
    if (part !== 'timing' || rule === undefined) return;
    if ('collectedFrom' in rule) signals = Math.min(signals ?? rule.collectedFrom, rule.collectedFrom);
    else anything = seenFrom;
  });
  return signals ?? anything;
}
