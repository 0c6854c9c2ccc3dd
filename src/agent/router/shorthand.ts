/** What people type in a hurry, and what it is short for. Only in small letters: capitals may be a name. */
const short: Readonly<Record<string, string>> = {
  acct: 'account',
  accts: 'accounts',
  accnts: 'accounts',
  cos: 'companies',
  cust: 'customer',
  custs: 'customers',
  opp: 'opportunity',
  opps: 'opportunities',
  gimme: 'give me',
  lemme: 'let me',
  gonna: 'going to',
  wanna: 'want to',
  gotta: 'have to',
  whats: "what's",
  whos: "who's",
  hows: "how's",
  wheres: "where's",
  whys: "why's",
  u: 'you',
  ur: 'your',
  yr: 'your',
  r: 'are',
  abt: 'about',
  w: 'with',
  'w/': 'with',
  'w/o': 'without',
  b4: 'before',
  cuz: 'because',
  bc: 'because',
  bcs: 'because',
  rn: 'right now',
  asap: 'now',
  ppl: 'people',
  plz: 'please',
  pls: 'please',
  thx: 'thanks',
  hist: 'history',
  rev: 'revenue',
  biz: 'business',
  diff: 'difference',
  'tl;dr': 'summary',
  tldr: 'summary',
  calc: 'calculate',
  prio: 'priority',
  wat: 'what',
  wich: 'which',
};

/** Writes shorthand out, so that whatever reads the question later knows one spelling only. */
export function writtenOut(question: string): string {
  return question
    .replace(/(?<![\p{L}\p{N}.'&-])[a-záéíóúñ4;/]+(?![\p{L}\p{N}'@&]|\.\p{L}|-\p{L})/gu, (word) => short[word] ?? word)
    .replace(/^y (?=is|are|was|did|does|do|has)/i, 'why ')
    .replace(/\by\/n\b|\byes\/no\b|\by or n\b/gi, 'yes or no')
    .replace(/\bt([123])s?\b/gi, 'tier $1')
    .replace(/\btier ([123])s\b/gi, 'tier $1')
    .replace(/\btier (one|two|three)s\b/gi, 'tier $1');
}
