import type { Person } from '../../icp/types.ts';
import type { ListFilter } from '../../questions/types.ts';
import { competitorTools } from './competitor-tools.ts';
import { speaksOfConcept } from './concepts.ts';
import { orderOf, sizeOf } from './list-size.ts';
import { conditionOfChange, stackChange } from './stack-change.ts';
import { isTypo, tokensOf } from './text.ts';
import { knownWords, smallWords } from './words.ts';

const tierWords: readonly (readonly [RegExp, 1 | 2 | 3])[] = [
  [/\b(?:tier|tiers|t)[ -]?(?:1|one)\b|\bfirst tier\b|\btop tier\b|\bprimary\b/i, 1],
  [/\b(?:tier|tiers|t)[ -]?(?:2|two)\b|\bsecond tier\b|\bnurture\b/i, 2],
  [/\b(?:tier|tiers|t)[ -]?(?:3|three)\b|\bthird tier\b|\bbottom tier\b|\bexcluded?\b/i, 3],
];

/** The tier that a text speaks of. */
function tierOf(text: string): 1 | 2 | 3 | undefined {
  return tierWords.find(([pattern]) => pattern.test(text))?.[1];
}

/** What the asker says of themselves that is no mere way of asking: without it the list would be everybody's. */
const ofTheAsker =
  /\b(?:my|mine)\b|(?<!\b(?:should|can|do|shall|must|may|could|if) )\bi\b(?! (?:need|want|would|should|can|must|have to|have one|like|call|look))/i;

const tiersIn = (text: string): number => tierWords.filter(([pattern]) => pattern.test(text)).length;

export interface ListSlots {
  filter: Omit<ListFilter, 'book'>;
  /** The question with what was understood taken out of it: owner as `OWNER`, values as `VALUE`. */
  rest: string;
  /** Whether it also sets a condition that a list cannot be filtered by yet: without it this would be another list. */
  conditions: boolean;
}

const tierNumber = /\b(tiers?)[ -]?[123]\b/gi;

function conditionsIn(text: string): boolean {
  return (
    /\d/.test(text.replace(/\bACCT\b/g, '')) ||
    /\b(?:lost|lose|won|churned|cancelled|bought|renewed|renewing|signed|employees|headcount|revenue|bigger|larger|smaller|older|newer|more than|less than|fewer|at least|at most|over|under|above|below|since|(?:last|this|next) (?:month|quarter|year)|last week|without|except|excluding|but not|other than|contacted|touched|talked|met|moved|became|become|entered|dropped|created|closed|open|not in|not on|never|nobody|no|recently|half|average|neither|nor)\b/i.test(
      text,
    ) ||
    (/\bdid\b/i.test(text) && !tierOf(text))
  );
}

// An adjective before "companies" is taken for an industry only when it is one: "promising companies" is no filter.
const industries =
  /\b(software|saas|logistics|freight|transport|healthcare|health|pharma|biotech|fintech|finance|financial|banking|insurance|manufacturing|retail|e-?commerce|energy|education|media|telecom|construction|hospitality|automotive|food|travel|legal|marketing|consulting|cybersecurity|government|real[- ]estate)\s+(firms?|compan(?:y|ies)|accounts?|businesses|prospects?|customers?)\b/i;

const technologies =
  /\b(?:uses?|using|runs?|running|powered by|built on|with|on|have|has|having|got)\s+(hubspot|salesforce|snowflake|marketo|pardot|outreach|salesloft|zendesk|intercom|shopify|magento|stripe|netsuite|workday|tableau|looker|databricks|kubernetes|gong|pipedrive|aws|azure|gcp|sap|oracle|jira|slack|notion|zoominfo|dynamics|mongodb|postgres|kafka|wordpress)\b/i;

/** Whether a name is that of a technology. */
export const isTechnology = (name: string): boolean => technologies.test(`use ${name}`);

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
    const everyday = [owner, `${owner}s`].some((word) => smallWords.has(word) || knownWords.has(word));
    return everyday || speaksOfConcept(owner) || owner.length < 2 ? null : owner;
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
  // "toms worst", "tom best accounts": a possessive without its apostrophe.
  if (!filter.owner)
    take(
      /^(?:\w+ (?:me )?)?([A-Za-z]{2,})s (?=(?:\d+ )?(?:best|worst|top|tier|accounts|book|list|patch|companies)\b)/i,
      ownedBy,
    );
  if (!filter.owner)
    take(/\b(?:accounts|companies|book|list|patch|customers|prospects) of ([A-Za-z][\w.@-]*)(?=\W*$| in\b)/i, ownedBy);
  if (!filter.owner) take(/\bfor ([A-Z][a-z]+)\b/, ownedBy);
  if (!filter.owner)
    take(
      /\b(?:my|mine|i own|do i have)\b(?=.*\b(?:accounts?|book|list|compan\w+|customers|prospects|leads|tier|best|worst|top|ones|patch)\b|\W*$)/i,
      () => mine(filter, asker),
    );
  if (!filter.owner)
    take(/\b(?:in my (?:territory|patch|book|region|name)|i own|have i(?: got)?|i(?:'ve| have) got)\b/i, () =>
      mine(filter, asker),
    );

  take(
    /\b(?:right kind|fits?|good fit|match\w*)\b[^?]*\b(?:(?:aren't|not|isn't|haven't) (?:yet )?(?:moving|active|started|in market|showing)|quiet|no (?:activity|signals?|behaviour))\b|\bfit,? early\b|\bearly fits?\b/i,
    () => label(filter, 'fit, early'),
  );
  take(/\boff[- ]profile(?:,? (?:but )?active)?\b|\bactive\b[\w' ]*\boff[- ]profile\b/i, () =>
    label(filter, 'off-profile, active'),
  );
  take(stackChange, (match) => {
    const changed = conditionOfChange(match, isTechnology);
    if (changed) filter.where = { ...filter.where, [changed.field]: changed.value };
    return changed && 'uses VALUE';
  });
  take(competitorTools, () => {
    filter.where = { ...filter.where, competitor: 'any' };
    return 'uses VALUE';
  });
  take(technologies, (match) => {
    filter.where = { ...filter.where, technology: (match[1] ?? '').toLowerCase() };
    return 'uses VALUE';
  });
  take(
    /\b(?:uses?|using|runs?|running|powered by|built on|with)\s+(?!VALUE|OWNER|ACCT)([A-Z][\w.+-]*|[a-z]+(?:spot|force|flake|base|soft|js|desk|ware))\b/,
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
  const order = orderOf(rest);
  if (order) filter.order = order;
  const { limit, rest: unsized } = sizeOf(rest.replace(tierNumber, '$1'));
  if (limit !== undefined) filter.limit = limit;
  return {
    filter,
    rest,
    conditions:
      conditionsIn(unsized) ||
      /\bcompetitors?\b/i.test(rest) ||
      ofTheAsker.test(rest.replace(/\bi'd\b/gi, '')) ||
      tiersIn(rest) > 1,
  };
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
