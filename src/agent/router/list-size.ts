import type { ListFilter } from '../../questions/types.ts';
import { isTypo, tokensOf } from './text.ts';

const inWords: Readonly<Record<string, number>> = {
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  dozen: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  fifty: 50,
};

const number = `(\\d{1,3}|${Object.keys(inWords).join('|')})`;
const low =
  /\b(?:worst|bottom|lowest|weakest|poorest|coldest|(?:most|very) (?:low|bad|weak|poor|cold)|least \w+|low(?:er)?[- ]scor\w+)\b/i;
const high =
  /\b(?:good|great|best|top|strongest|highest|hottest|first|juiciest|(?:most|very) (?:\w+)|high(?:er)?[- ]scor\w+)\b(?! tier)/i;
const nextSteps =
  /\bwhom? (?:should|can|shall|must|do) (?:i|we)\b|\bwhere (?:should|do|must) (?:i|we)\b|\b(?:most|to) (?:promising|call|ring|phone|chase|contact|visit|pursue|begin|start)\b/i;

/** Which end of the ranking a list is wanted from: where no end is named, from the top when it is for calling people. */
export function orderOf(text: string): ListFilter['order'] {
  if (low.test(text)) return 'worst';
  if (high.test(text) || nextSteps.test(text)) return 'best';
  return tokensOf(text).some(({ text: word }) => ['highest', 'strongest'].some((meant) => isTypo(word, meant)))
    ? 'best'
    : undefined;
}

const sized: readonly RegExp[] = [
  new RegExp(
    `\\b(?:top|bottom|best|worst|first|give me|get me|pull|show(?: me)?|list|any|need|want)\\s+(?:the |my |our |a )*(?:top |best |worst |first )?${number}\\b`,
    'i',
  ),
  new RegExp(
    `\\b${number}\\s+(?:\\w+\\s+){0,2}(?:best|worst|top|bottom|lowest|highest|weakest|strongest|hottest|low|high|accounts|companies|prospects|customers|leads|targets|names|logos)\\b`,
    'i',
  ),
];

/** How many accounts a list is to hold, 50 at most, and the text without that number. */
export function sizeOf(text: string): { limit: number | undefined; rest: string } {
  for (const pattern of sized) {
    const match = pattern.exec(text);
    const written = match?.[1]?.toLowerCase();
    if (!match || written === undefined) continue;
    const limit = inWords[written] ?? Number(written);
    if (limit > 0)
      return { limit: Math.min(limit, 50), rest: text.replace(match[0], match[0].replace(match[1] ?? '', ' ')) };
  }
  return { limit: undefined, rest: text };
}
