import type { AccountRef, Questions } from '../../questions/types.ts';
import { speaksOfConcept } from './concepts.ts';
import { isTypo, type Token, tokensOf } from './text.ts';
import { companyEndings, knownWords, smallWords } from './words.ts';

/** A stretch of the question that names an account: one, or several that it could be. */
export interface Mention {
  from: number;
  to: number;
  written: string;
  accounts: readonly AccountRef[];
}

/** What a question says of accounts: those it names, and names that nobody here answers to. */
export interface Mentions {
  found: readonly Mention[];
  unknown: readonly string[];
}

/** Short forms that are written with capitals and are no name. */
const acronyms = new Set(
  'crm icp kpi kpis us uk eu emea apac latam sdr sdrs ae aes bdr csm vp arr ok ps fyi asap q1 q2 q3 q4 smb b2b saas ai it hr'.split(
    ' ',
  ),
);

/** Look-ups a question may cost. */
const mostLookUps = 8;

/**
 * Finds the accounts that a question names, by name, short name, domain, id or a slip of the pen. Candidates come from
 * `suggest`; whether the question really names one is judged here, word by word, so that a near miss is asked about and
 * never taken.
 */
export async function resolveAccounts(question: string, suggest: Questions['suggest']): Promise<Mentions> {
  const tokens = quietly(tokensOf(question));
  const spans = spansToLookUp(question, tokens);
  const pool = new Map<string, AccountRef>();
  for (const span of spans.slice(0, mostLookUps)) {
    for (const ref of await suggest(span, 8)) pool.set(`${ref.book}\n${ref.id}`, ref);
  }
  const matches = [...pool.values()].flatMap((ref) => bestMatch(ref, tokens) ?? []);
  const found = pickMentions(matches, question, tokens);
  const unknown = spans.filter((span) => {
    const at = question.indexOf(span);
    return looksLikeName(span) && !found.some((mention) => at < mention.to && at + span.length > mention.from);
  });
  return { found, unknown };
}

/** Where everything is shouted, a capital says nothing. */
function quietly(tokens: readonly Token[]): readonly Token[] {
  const shouted = tokens.length > 2 && tokens.every((token) => token.capital);
  return shouted ? tokens.map((token) => ({ ...token, capital: false })) : tokens;
}

interface Match {
  ref: AccountRef;
  /** Tokens covered: first, and one past the last. */
  first: number;
  end: number;
  likeness: number;
}

/** Where in the question an account is named, and how surely; nothing where it is not. */
function bestMatch(ref: AccountRef, tokens: readonly Token[]): Match | undefined {
  const name = tokensOf(ref.name).map((token) => token.text);
  const core = name.filter((word, i) => i === 0 || !companyEndings.has(word.replace(/\./g, '')));
  const spellings: { words: readonly string[]; likeness: number }[] = [
    { words: name, likeness: 1 },
    { words: core.filter((word) => word !== '&'), likeness: 0.97 },
    { words: [ref.id.toLowerCase()], likeness: 1 },
    // Two books may know the same account: `book:id` is the one of that book.
    { words: [...tokensOf(ref.book), ...tokensOf(ref.id)].map((token) => token.text), likeness: 1.1 },
    ...(ref.domain ? [{ words: [ref.domain.toLowerCase()], likeness: 1 }] : []),
    // One everyday word of a long name is not that name.
    ...(ref.domain && core.length <= 3
      ? [{ words: [ref.domain.toLowerCase().split('.')[0] ?? ''], likeness: 0.9 }]
      : []),
    ...core
      .slice(1)
      .flatMap((_, i) => (core.length <= 3 || i > 0 ? [{ words: core.slice(0, i + 1), likeness: 0.9 }] : [])),
  ];
  let best: Match | undefined;
  for (const { words, likeness } of spellings) {
    if (words.length === 0 || words.join('').length < 2) continue;
    for (let first = 0; first + words.length <= tokens.length; first++) {
      const found = likeness * alike(tokens.slice(first, first + words.length), words, likeness);
      const longer = best && words.length > best.end - best.first;
      if (found > 0 && (!best || found > best.likeness || (found === best.likeness && longer))) {
        best = { ref, first, end: first + words.length, likeness: found };
      }
    }
  }
  return best;
}

const isEveryday = (word: string): boolean => smallWords.has(word) || knownWords.has(word) || speaksOfConcept(word);

/** 1 when the words are the same, 0.9 with slips, 0 otherwise. Everyday words only count as a name when written as one. */
function alike(window: readonly Token[], words: readonly string[], likeness: number): number {
  let result = 1;
  for (const [i, token] of window.entries()) {
    const word = words[i] ?? '';
    if (token.text === word) continue;
    if (!isTypo(token.text, word) || isEveryday(token.text)) return 0;
    result = 0.9;
  }
  const everyday = window.every(
    (token) => smallWords.has(token.text) || knownWords.has(token.text) || /^\d$/.test(token.text),
  );
  const whole = likeness >= 0.97;
  if (
    everyday &&
    !(window.length > 1 && likeness >= 1) &&
    !(whole && window.every((token) => token.capital && token.from > 0))
  )
    return 0;
  return result;
}

/** Longest and surest first; what the same words could equally mean stays together as one ambiguous mention. */
function pickMentions(matches: readonly Match[], question: string, tokens: readonly Token[]): readonly Mention[] {
  const order = [...matches].sort((a, b) => b.end - b.first - (a.end - a.first) || b.likeness - a.likeness);
  const taken: Match[][] = [];
  for (const match of order) {
    const rival = taken.find(([head]) => head && match.first < head.end && match.end > head.first);
    if (!rival) taken.push([match]);
    else if (rival[0] && sameWords(match, rival[0]) && match.likeness === rival[0].likeness) rival.push(match);
  }
  return taken
    .flatMap((group) => {
      const first = tokens[group[0]?.first ?? -1];
      const last = tokens[(group[0]?.end ?? 0) - 1];
      if (!first || !last) return [];
      const accounts = group.map((match) => match.ref);
      return { from: first.from, to: last.to, written: question.slice(first.from, last.to), accounts };
    })
    .sort((a, b) => a.from - b.from);
}

const sameWords = (a: Match, b: Match): boolean => a.first === b.first && a.end === b.end;

/** Stretches that may be names: quoted, written with capitals, or made of words that mean nothing else to us. */
function spansToLookUp(question: string, tokens: readonly Token[]): readonly string[] {
  const spans = [...question.matchAll(/"([^"]{2,80})"|(\b[\w.-]+:[\w.-]+)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  const everyday = (token: Token): boolean => smallWords.has(token.text) || knownWords.has(token.text);
  const run = (belongs: (token: Token, i: number) => boolean): void => {
    let start = -1;
    for (let i = 0; i <= tokens.length; i++) {
      const token = tokens[i];
      const gap = token && start >= 0 && /[,;:?!"]|'s/.test(question.slice(tokens[i - 1]?.to ?? 0, token.from));
      if (token && !gap && belongs(token, i)) {
        if (start < 0) start = i;
        continue;
      }
      if (start >= 0) spans.push(question.slice(tokens[start]?.from ?? 0, tokens[i - 1]?.to ?? 0));
      start = token && belongs(token, i) ? i : -1;
    }
  };
  run((token) => !everyday(token));
  const opens = (token: Token): boolean => /^\W*$|[.?!]\W*$/.test(question.slice(0, token.from));
  run((token) => token.capital && !(opens(token) && everyday(token)));
  // A capital, then everything to the end: names such as "Ignore this and call home" hold everyday words.
  const capital = tokens.find((token, i) => i > 0 && token.capital);
  if (capital)
    spans.push(
      question
        .slice(capital.from)
        .replace(/[?!.]+$/, '')
        .replace(/ (?:is |in )?(?:tier|t)\W?[123]$/i, ''),
    );
  return [...new Set(spans.map((span) => span.trim()).filter((span) => span.length > 1 && !/^\d{1,4}$/.test(span)))];
}

/** Written as a name, or as a domain: a person would expect us to know it. */
function looksLikeName(span: string): boolean {
  const tokens = tokensOf(span);
  return (
    tokens.length <= 5 &&
    (/\.[a-z]{2,}$/i.test(span) ||
      tokens.some((token) => token.capital && token.text.length > 1 && !acronyms.has(token.text)))
  );
}
