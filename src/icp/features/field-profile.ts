import type { FeatureType, FieldValue } from '../types.ts';
import { parseInstant } from './calendar.ts';
import { cleanText, foldText } from './clean-text.ts';
import { parseNumber } from './parse-number.ts';

/** More different texts than this are prose or names, not categories. */
const mostTexts = 10_000;
const numericShare = 0.95;
const mostCodes = 10;
const flagWords = new Set(['yes', 'no', 'true', 'false', 'present', 'absent', 'y', 'n']);

/** What the values of one field look like over all accounts. */
export interface FieldProfile {
  known: number;
  dated: number;
  booleans: number;
  numbers: number;
  dates: number;
  lists: number;
  /** Different numbers, counted as far as it matters whether they are codes. */
  differentNumbers: Set<number>;
  /** Accounts by value (or by member of a list) as it was written; `null` when there were too many different ones. */
  texts: Map<string, number> | null;
}

/** A profile that has seen nothing yet. */
export function emptyProfile(): FieldProfile {
  return {
    known: 0,
    dated: 0,
    booleans: 0,
    numbers: 0,
    dates: 0,
    lists: 0,
    differentNumbers: new Set(),
    texts: new Map(),
  };
}

/** Counts one account's known value. */
export function addToProfile(profile: FieldProfile, value: FieldValue, dated: boolean, asList: boolean): void {
  profile.known++;
  if (dated) profile.dated++;
  const members = listMembers(value, asList);
  if (members !== null) {
    profile.lists++;
    for (const member of members) countText(profile, member);
    return;
  }
  if (typeof value === 'boolean') profile.booleans++;
  const number = parseNumber(value);
  if (number !== null) {
    profile.numbers++;
    if (profile.differentNumbers.size <= mostCodes) profile.differentNumbers.add(number);
  } else if (typeof value === 'string' && parseInstant(value) !== null) profile.dates++;
  countText(profile, cleanText(String(value)));
}

/**
 * The members of a list, cleaned, each once; a text is taken apart at `;` and `|` when a list is expected. `null`: no list.
 *
 * @example listMembers('HubSpot; Gong;hubspot', true); // => ['HubSpot', 'Gong']
 */
export function listMembers(value: FieldValue, asList: boolean): readonly string[] | null {
  const raw = Array.isArray(value) ? value : asList && typeof value === 'string' ? value.split(/[;|]/) : null;
  if (raw === null) return null;
  const seen = new Map<string, string>();
  for (const item of raw) {
    const member = cleanText(String(item));
    if (member !== '' && !seen.has(foldText(member))) seen.set(foldText(member), member);
  }
  return [...seen.values()];
}

function countText(profile: FieldProfile, text: string): void {
  if (profile.texts === null) return;
  profile.texts.set(text, (profile.texts.get(text) ?? 0) + 1);
  if (profile.texts.size > mostTexts) profile.texts = null;
}

/**
 * What a field is, by its values: a number when at least 95 % of them are and more than ten differ, a flag when all say
 * yes or no, a list where the source gives lists, dates where nearly all are dates, and otherwise a category.
 */
export function inferType(profile: FieldProfile): FeatureType | 'list' | 'date' {
  if (profile.lists > 0) return 'list';
  if (profile.numbers >= numericShare * profile.known && profile.differentNumbers.size > mostCodes) return 'number';
  if (profile.dates >= numericShare * profile.known) return 'date';
  if (profile.texts !== null && profile.texts.size > 0 && profile.texts.size <= flagWords.size) {
    const folded = [...profile.texts.keys()].map(foldText);
    if (folded.every((text) => flagWords.has(text))) return 'flag';
  }
  return 'category';
}

/** A level of a category: the spelling that most accounts use, and how many accounts mean it. */
export interface Level {
  label: string;
  count: number;
}

/**
 * Levels with their spellings put together, the most frequent first; equal counts in order of their letters.
 *
 * @example levelsOf(new Map([['saas', 1], ['SaaS', 3], ['Retail', 2]])); // => [{ label: 'SaaS', count: 4 }, { label: 'Retail', count: 2 }]
 */
export function levelsOf(texts: ReadonlyMap<string, number>): readonly Level[] {
  const merged = new Map<string, { label: string; most: number; count: number }>();
  for (const [text, count] of texts) {
    const key = foldText(text);
    const level = merged.get(key);
    if (level === undefined) merged.set(key, { label: text, most: count, count });
    else {
      level.count += count;
      if (count > level.most || (count === level.most && text < level.label)) {
        level.label = text;
        level.most = count;
      }
    }
  }
  return [...merged.values()]
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
    .map(({ label, count }) => ({ label, count }));
}
