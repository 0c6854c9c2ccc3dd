import { accountCues } from './account-cues.ts';
import { bookCues } from './book-cues.ts';
import { speaksOfConcept } from './concepts.ts';
import { evidenceIn, vetoes } from './evidence.ts';
import { type Intent, intents } from './intents.ts';
import { isTypo, tokensOf, trigramLikeness } from './text.ts';
import { knownWords, smallWords } from './words.ts';

/** How much a question speaks for each intent, best first. */
export interface ScoredIntent {
  intent: Intent;
  score: number;
}

const cues = { ...accountCues, ...bookCues };

/** One question of each kind in the words that people use most: likeness to it breaks ties and forgives slips. */
const seeds: Readonly<Record<Intent, readonly string[]>> = {
  explain: ['why is ACCT tier 1', 'score of ACCT', 'explain ACCT', 'is ACCT a good fit', 'how does ACCT score'],
  compare: ['compare ACCT and ACCT', 'ACCT vs ACCT', 'which is better ACCT or ACCT'],
  list: ['list tier 1 accounts', 'who are our best accounts', 'which accounts should I call', 'show my accounts'],
  criteria: [
    'what matters most',
    'show the criteria',
    'what are the weights',
    'what does our ideal customer look like',
  ],
  coverage: ['how complete is our data', 'which fields are empty', 'how many wins do we have', 'data coverage'],
  history: ['history of ACCT', 'why did we lose ACCT', 'what happened with ACCT', 'did ACCT churn'],
  words: ['what is a TERM', 'define TERM', 'what does TERM mean'],
};

/**
 * Scores a question in which accounts stand as `ACCT`, owners as `OWNER`, understood values as `VALUE` and words of the
 * house as `TERM`. Words that nothing of this explains count against every intent: a question half understood is asked
 * back.
 */
export function scoreIntents(masked: string, accounts: number): readonly ScoredIntent[] {
  const text = corrected(masked);
  const strange = strangeWords(text).length;
  const evidence = evidenceIn(text);
  return intents
    .map((intent) => {
      const grounds = evidence(intent);
      const spoken = [...cues[intent].filter((cue) => cue.pattern.test(text)).map((cue) => cue.weight), ...grounds];
      const strongest = Math.max(0, ...spoken);
      const others = spoken.reduce((sum, weight) => sum + weight, 0) - strongest;
      const likeness = Math.max(...seeds[intent].map((seed) => trigramLikeness(text, seed)));
      const fits = fitsAccounts(intent, accounts) && !vetoes[intent]?.test(text) ? 0 : -4;
      return {
        intent,
        score: strongest + 0.25 * others + likeness - strangeness(strange, intent, grounds.length) + fits,
      };
    })
    .sort((a, b) => b.score - a.score);
}

/**
 * One word that we do not know is usually harmless; a question with more of them is about something else. In a list it is
 * most likely a condition: a list without it would be another list.
 */
function strangeness(words: number, intent: Intent, grounds: number): number {
  if (intent === 'list') return 10 * words;
  if ((intent === 'explain' || intent === 'history') && grounds < 2) return 0.9 * words;
  return words === 0 ? 0 : 0.3 + 0.6 * (words - 1);
}

/** Each intent is about so many accounts and no other number of them. */
function fitsAccounts(intent: Intent, accounts: number): boolean {
  if (intent === 'explain' || intent === 'history') return accounts === 1;
  if (intent === 'compare') return accounts === 2;
  return accounts === 0;
}

const placeholders = new Set(['acct', 'owner', 'value', 'term']);

/** Words that are neither small, nor of the trade, nor stand for something understood. */
function strangeWords(text: string): readonly string[] {
  return tokensOf(text)
    .map((token) => token.text)
    .filter(
      (word) =>
        !placeholders.has(word) &&
        !smallWords.has(word) &&
        !knownWords.has(word) &&
        !speaksOfConcept(word) &&
        !/^\d+(?:\.\d+)?$/.test(word),
    )
    .filter((word) => !understood.test(word));
}

const understood = /^(?:t[123]|q[1-4]|acct.*|off-profile)$/;

/** The question with slips of the pen in words of the trade put right; placeholders keep their capitals. */
function corrected(masked: string): string {
  return masked.replace(/[\p{L}']+/gu, (word) => {
    if (/^(?:ACCT|OWNER|VALUE|TERM)\b/.test(word)) return word;
    const lower = word.toLowerCase();
    if (lower.length < 5 || smallWords.has(lower) || knownWords.has(lower) || speaksOfConcept(lower)) return lower;
    return [...knownWords].find((known) => isTypo(lower, known)) ?? lower;
  });
}
