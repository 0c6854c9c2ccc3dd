import type { Signal } from '../history.ts';
import { isPainKind } from '../staleness.ts';
import { foldText } from './clean-text.ts';
import { remember } from './remember.ts';

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

const publicPlaces =
  /review|glassdoor|g2|capterra|trustpilot|linkedin|reddit|post|podcast|social|community|forum|interview/i;

/**
 * Whether a signal may carry the account's own words about what hurts: a kind of pain, or a text from a place where people
 * talk, such as a review, a post or a podcast. Job posts are not such a place.
 *
 * @example saysWhatHurts({ kind: 'review_activity', source: 'g2', text: 'too slow' }); // => true
 * @example saysWhatHurts({ kind: 'page_view', source: 'website', text: '/pricing' }); // => false
 */
export function saysWhatHurts(signal: Pick<Signal, 'kind' | 'source' | 'text'>): boolean {
  if (isPainKind(signal.kind)) return true;
  return signal.text !== null && !/job/i.test(signal.kind) && isSaidInPublic(signal);
}

/** The same for signals that have a text, looked up once a kind and source. */
export function createHurtFinder(): (signal: Pick<Signal, 'kind' | 'source'>) => boolean {
  const kinds = new Map<string, (source: string) => boolean>();
  return ({ kind, source }) => {
    let ofKind = kinds.get(kind);
    if (ofKind === undefined) {
      ofKind = remember((from) => saysWhatHurts({ kind, source: from, text: '' }));
      kinds.set(kind, ofKind);
    }
    return ofKind(source);
  };
}

/**
 * Whether a signal comes from a place where people talk, by its source or its kind.
 *
 * @example isSaidInPublic({ kind: 'pain', source: 'Glassdoor' }); // => true
 */
export function isSaidInPublic({ kind, source }: Pick<Signal, 'kind' | 'source'>): boolean {
  return publicPlaces.test(source) || publicPlaces.test(kind);
}

/**
 * The phrases that a text contains, in the order of the list. Phrases are in lower case.
 *
 * @example matchedPhrases('Everything lives in  Spreadsheets', ['spreadsheet', 'too slow']); // => ['spreadsheet']
 */
export function matchedPhrases(text: string | null, phrases: readonly string[]): readonly string[] {
  if (text === null) return [];
  const folded = foldText(text);
  return phrases.filter((phrase) => folded.includes(phrase));
}
