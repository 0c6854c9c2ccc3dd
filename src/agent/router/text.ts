import { visibleText } from '../crm-text.ts';

/** A word of a question, with where it stands and whether it was written as a name. */
export interface Token {
  text: string;
  capital: boolean;
  from: number;
  to: number;
}

/**
 * A question in one shape: visible characters, straight quotes, no Slack markup, no address to the bot.
 *
 * @example cleanQuestion('<@U01> Why  is “Acme” tier 1??'); // => 'Why is "Acme" tier 1??'
 */
export function cleanQuestion(question: string): string {
  return visibleText(question)
    .replace(/<@[^>]*>/g, ' ')
    .replace(/<(?:https?:\/\/|mailto:)?([^>|]*)(?:\|([^>]*))?>/g, (_, url: string, label?: string) => label ?? url)
    .replace(/&amp;/g, '&')
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’´`]/g, "'")
    .replace(/[*_~]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 400);
}

/** The words of a cleaned question. Dots, hyphens, ampersands and apostrophes inside a word belong to it; a possessive does not. */
export function tokensOf(question: string): readonly Token[] {
  return [...question.matchAll(/[\p{L}\p{N}&](?:[\p{L}\p{N}.&+'-]*[\p{L}\p{N}+])?/gu)].map((match) => {
    const possessive = /'s$/i.test(match[0]) && !contractions.has(match[0].toLowerCase());
    const written = possessive ? match[0].slice(0, -2) : match[0];
    return {
      text: written.toLowerCase(),
      capital: /^\p{Lu}/u.test(written),
      from: match.index,
      to: match.index + written.length,
    };
  });
}

const contractions = new Set([
  "what's",
  "who's",
  "how's",
  "it's",
  "that's",
  "where's",
  "here's",
  "there's",
  "let's",
  "when's",
  "why's",
]);

/**
 * A word without its usual endings, so that one spelling stands for all of them. Not always a word itself.
 *
 * @example [stemOf('losses'), stemOf('calculating'), stemOf('excluded'), stemOf('Dupré')]; // => ['loss', 'calculat', 'exclud', 'dupr']
 */
export function stemOf(word: string): string {
  const plain = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}|'s?/gu, '');
  if (plain.length < 4) return plain;
  const singular = plain
    .replace(/ies$/, 'y')
    .replace(/(ss|x|ch|sh)es$/, '$1')
    .replace(/([^sui])s$/, '$1');
  const bare = singular.replace(/([^e])(?:ing|ed)$/, '$1');
  const root = bare.length < 3 || bare === singular ? singular : bare.replace(/([^lsaeiou])\1$/, '$1');
  return root.length > 3 ? root.replace(/e$/, '') : root;
}

/**
 * Letters to change, add, drop or swap with a neighbour to get from one word to the other.
 *
 * @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance#Optimal_string_alignment_distance
 */
function editDistance(left: string, right: string): number {
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[right.length] ?? 0;
}

/**
 * Whether two words are one word mistyped: one slip from five letters, two from nine, first letter right.
 *
 * @example isTypo('initehc', 'initech'); // => true
 */
export function isTypo(written: string, meant: string): boolean {
  const shorter = Math.min(written.length, meant.length);
  if (shorter < 5 || written[0] !== meant[0]) return false;
  return editDistance(written, meant) <= (shorter >= 9 ? 2 : 1);
}

/**
 * Likeness of two texts by the runs of three letters they share, 0 to 1.
 *
 * @see https://en.wikipedia.org/wiki/S%C3%B8rensen%E2%80%93Dice_coefficient
 * @example trigramLikeness('how complete is it', 'how complete is it'); // => 1
 */
export function trigramLikeness(left: string, right: string): number {
  const a = trigrams(left);
  const b = trigrams(right);
  if (a.size + b.size === 0) return 0;
  let common = 0;
  for (const gram of a) if (b.has(gram)) common += 1;
  return (2 * common) / (a.size + b.size);
}

function trigrams(text: string): ReadonlySet<string> {
  const padded = ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  return new Set(Array.from({ length: Math.max(0, padded.length - 2) }, (_, i) => padded.slice(i, i + 3)));
}
