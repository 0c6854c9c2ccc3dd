import { cleanText, foldText } from '../features/clean-text.ts';

/** What is between the kind of a reason and what was added to it. */
const between = ': ';
const longestReason = 500;

/**
 * A reason as it is kept: its kind, and what a person added in their own words. `null` where neither was given.
 *
 * @example rejectReason('too small', ' four people '); // => 'too small: four people'
 * @example rejectReason(null, 'a student'); // => 'a student'
 */
export function rejectReason(kind: string | null, words: string | null): string | null {
  const parts = [kind, words].map((part) => cleanText(part ?? '')).filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(between).slice(0, longestReason);
}

/**
 * The kind of a reason, spelt alike for all who gave it: what comes before a colon.
 *
 * @example reasonKind('Too small: four people'); // => 'too small'
 */
export function reasonKind(reason: string | null): string {
  const [kind = ''] = (reason ?? '').split(between);
  return foldText(kind) || 'no reason given';
}
