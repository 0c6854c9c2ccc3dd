import type { Person } from '../../icp/types.ts';
import type { ListFilter } from '../../questions/types.ts';
import { isTypo, tokensOf } from './text.ts';
import { knownWords, smallWords } from './words.ts';

const tierWords: readonly (readonly [RegExp, 1 | 2 | 3])[] = [
  [/\b(?:tier|tiers|t)[ -]?(?:1|one)\b|\bfirst tier\b|\btop tier\b|\bprimary\b/i, 1],
  [/\b(?:tier|tiers|t)[ -]?(?:2|two)\b|\bsecond tier\b|\bnurture\b/i, 2],
  [/\b(?:tier|tiers|t)[ -]?(?:3|three)\b|\bthird tier\b|\bbottom tier\b|\bexcluded?\b/i, 3],
];

const counts: Readonly<Record<string, number>> = {
  three: 3,
  five: 5,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  fifty: 50,
  dozen: 12,
};

/** The tier that a text speaks of. */
function tierOf(text: string): 1 | 2 | 3 | undefined {
  return tierWords.find(([pattern]) => pattern.test(text))?.[1];
}

export interface ListSlots {
  filter: Omit<ListFilter, 'book'>;
  /** The question with what was understood taken out of it: owner as `OWNER`, values as `VALUE`. */
  rest: string;
}

// An adjective before "companies" is taken for an industry only when it is one: "promising companies" is no filter.
const industries =
  /\b(software|saas|logistics|freight|transport|healthcare|health|pharma|biotech|fintech|finance|financial|banking|insurance|manufacturing|retail|e-?commerce|energy|education|media|telecom|construction|hospitality|automotive|food|travel|legal|marketing|consulting|cybersecurity|government|real[- ]estate)\s+(firms?|compan(?:y|ies)|accounts?|businesses|prospects?|customers?)\b/i;

/** Words of a list question that say which accounts: tier, owner, label, technology or field, order and how many. */
export function listSlots(question: string, asker: Person): ListSlots {
  const filter: ListFilter = {};
  let rest = question;
  const take = (pattern: RegExp, use: (match: RegExpExecArray) => string | null): void => {
    const match = pattern.exec(rest);
    const put = match && use(match);
    if (match && put !== null)
      rest = `${rest.slice(0, match.index)} ${put} ${rest.slice(match.index + match[0].length)}`;
  };
  const name = (written: string | undefined): string | null => {
    const owner = written?.toLowerCase() ?? '';
    return smallWords.has(owner) || knownWords.has(owner) || owner.length < 2 ? null : owner;
  };
  const ownedBy = (match: RegExpExecArray): string | null => {
    const owner = name(match[1]);
    if (owner) filter.owner = owner;
    return owner && 'OWNER own';
  };
  take(/\b(?:owned by|belong(?:ing|s)? to|assigned to|owner (?:is )?)\s*([\w.@-]+)/i, (match) =>
    /^me$/i.test(match[1] ?? '') ? mine(filter, asker) : ownedBy(match),
  );
  if (!filter.owner)
    take(
      /\b(?:does|do|has|is)\s+([A-Za-z][\w.@-]*)\s+(?:owns?|have|looking after|look after|responsible for|work(?:ing)? on)\b/i,
      ownedBy,
    );
  if (!filter.owner) take(/\b([A-Za-z][\w.-]*)\s+owns\b/, ownedBy);
  if (!filter.owner)
    take(
      /\b([A-Za-z][\w.-]*)'s\b(?=.*\b(?:accounts?|book|list|compan|customers|prospects|leads|tier|best|worst|top|ones)\b)/i,
      ownedBy,
    );
  if (!filter.owner) take(/\bfor ([A-Z][a-z]+)\b/, ownedBy);
  if (!filter.owner)
    take(
      /\b(?:my|mine|i own|do i have)\b(?=.*\b(?:accounts?|book|list|compan\w+|customers|prospects|leads|tier|best|worst|top|ones|patch)\b|\W*$)/i,
      () => mine(filter, asker),
    );

  take(
    /\b(?:right kind|fits?|good fit|match\w*)\b[^?]*\b(?:(?:aren't|not|isn't|haven't) (?:yet )?(?:moving|active|started|in market|showing)|quiet|no (?:activity|signals?|behaviour))\b|\bfit,? early\b|\bearly fits?\b/i,
    () => label(filter, 'fit, early'),
  );
  take(/\boff[- ]profile(?:,? (?:but )?active)?\b|\bactive (?:but )?off[- ]profile\b/i, () =>
    label(filter, 'off-profile, active'),
  );
  take(
    /\b(?:uses?|using|runs?|running|powered by|built on|with)\s+([A-Z][\w.+-]*|[a-z]+(?:spot|force|flake|base|soft|js|desk|ware))\b/,
    (match) => {
      filter.where = { ...filter.where, technology: (match[1] ?? '').toLowerCase() };
      return 'uses VALUE';
    },
  );
  take(
    /\b(industry|region|country|technology|segment|funding_stage|sub_industry)\s*(?:=|is|:)\s*"?([\w-]+)"?/i,
    (match) => {
      filter.where = { ...filter.where, [(match[1] ?? '').toLowerCase()]: (match[2] ?? '').toLowerCase() };
      return 'VALUE';
    },
  );
  take(industries, (match) => {
    filter.where = { ...filter.where, industry: (match[1] ?? '').toLowerCase() };
    return `VALUE ${match[2]}`;
  });

  take(/\b(?:in|from|for) (?:the )?([\w-]+(?: [\w-]+)?) (?:industry|sector|vertical)\b/i, (match) => {
    filter.where = { ...filter.where, industry: (match[1] ?? '').toLowerCase() };
    return 'VALUE';
  });
  take(
    /\b(?:in|from|across) (emea|apac|latam|amer|americas|north america|south america|europe|asia|middle east|africa)\b/i,
    (match) => {
      filter.where = { ...filter.where, region: (match[1] ?? '').toLowerCase() };
      return 'VALUE';
    },
  );

  const tier = tierOf(rest);
  if (tier) filter.tier = tier;
  if (/\b(?:worst|bottom|lowest|weakest|poorest)\b/i.test(rest)) filter.order = 'worst';
  else if (/\b(?:good|great|best|top|strongest|highest|hottest|first|most promising)\b(?! tier)/i.test(rest))
    filter.order = 'best';
  else if (tokensOf(rest).some((token) => isTypo(token.text, 'highest') || isTypo(token.text, 'strongest')))
    filter.order = 'best';
  else if (
    /\bwhom? (?:should|can|shall) (?:i|we)\b|\bwhere (?:should|do) (?:i|we)\b|\b(?:most|to) (?:promising|call|ring|phone|chase|contact|visit|pursue)\b/i.test(
      rest,
    )
  )
    filter.order = 'best';
  const many =
    /\b(?:top|bottom|best|worst|first|give me|show(?: me)?|list|any|need|want)\s+(?:the )?(?:top |best |worst )?(\d{1,3}|[a-z]+)\b(?! accounts? in)/i
      .exec(rest)?.[1]
      ?.toLowerCase() ?? '';
  const limit = counts[many] ?? (/^\d+$/.test(many) ? Number(many) : undefined);
  if (limit && limit > 0) filter.limit = Math.min(limit, 50);
  return { filter, rest };
}

function mine(filter: ListFilter, asker: Person): string {
  filter.owner = asker.email;
  return 'OWNER';
}

function label(filter: ListFilter, value: string): string {
  filter.label = value;
  return value;
}

/** The word of the house that a question asks about, longest first; plurals and slips count. */
export function wordOf(
  question: string,
  vocabulary: Iterable<string>,
): { word: string; from: number; to: number } | null {
  const tokens = tokensOf(question);
  const words = [...vocabulary].map((word) => ({ word, parts: tokensOf(word).map((token) => token.text) }));
  for (const { word, parts } of words.sort((a, b) => b.parts.length - a.parts.length)) {
    for (let i = 0; i + parts.length <= tokens.length; i++) {
      const window = tokens.slice(i, i + parts.length);
      const first = window[0];
      const last = window.at(-1);
      if (first && last && window.every((token, j) => sameWord(token.text, parts[j] ?? ''))) {
        return { word, from: first.from, to: last.to };
      }
    }
  }
  return null;
}

function sameWord(written: string, meant: string): boolean {
  const singular = written.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
  return (
    written === meant ||
    singular === meant ||
    (meant === 'criterion' && written === 'criteria') ||
    isTypo(written, meant)
  );
}
