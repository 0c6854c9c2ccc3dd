import { isPainKind } from '../staleness.ts';
import type { Signal } from '../types.ts';
import { foldText } from './clean-text.ts';

/** What people write when something hurts. A book may bring its own list. */
export const usualPainPhrases: readonly string[] = [
  'burned out',
  'cannot keep up',
  'chaos',
  'disconnected',
  'falling behind',
  'frustrat',
  'hard to find',
  'inefficien',
  'manual process',
  'manually',
  'missed quota',
  'missing targets',
  'no visibility',
  'outdated',
  'overwhelmed',
  'spreadsheet',
  'struggl',
  'time consuming',
  'too slow',
  'turnover',
  'understaffed',
  'waste of time',
];

const publicPlaces = /review|glassdoor|g2|capterra|trustpilot|linkedin|reddit|post|podcast|forum|interview/;

/**
 * Whether a signal may carry the account's own words about what hurts: a kind of pain, or a text from a place where people
 * talk, such as a review, a post or a podcast. Job posts are not such a place.
 *
 * @example saysWhatHurts({ kind: 'review_activity', source: 'g2', text: 'too slow' }); // => true
 * @example saysWhatHurts({ kind: 'page_view', source: 'website', text: '/pricing' }); // => false
 */
export function saysWhatHurts(signal: Pick<Signal, 'kind' | 'source' | 'text'>): boolean {
  if (isPainKind(signal.kind)) return true;
  if (signal.text === null || /job/.test(foldText(signal.kind))) return false;
  return publicPlaces.test(foldText(signal.source)) || publicPlaces.test(foldText(signal.kind));
}

/**
 * The phrases that a text contains, in the order of the list.
 *
 * @example matchedPhrases('Everything lives in  Spreadsheets', ['spreadsheet', 'too slow']); // => ['spreadsheet']
 */
export function matchedPhrases(text: string | null, phrases: readonly string[]): readonly string[] {
  if (text === null) return [];
  const folded = foldText(text);
  return phrases.filter((phrase) => folded.includes(foldText(phrase)));
}
