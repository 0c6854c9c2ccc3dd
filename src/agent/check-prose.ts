import { figureReference, type Ledger, referencesOf } from './figures.ts';

const numberWords =
  'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|' +
  'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|' +
  'double[ds]?|doubling|half|halve[ds]?|halving|thirds?|twice|thrice|triple[ds]?|tripling|quadruple[ds]?|tenfold|' +
  '[a-z]+fold|quarters of|a quarter of|one in|one out of';

const spelled = new RegExp(`\\b(?:${numberWords})\\b`, 'giu');
// Words that end in "fold" or are no quantity, and ways of pointing at things that are no count.
const innocent =
  /\b(?:tiers? (?:[123]|one|two|three)(?:(?:,| or| and| to) (?:tier )?(?:[123]|one|two|three))*|q[1-4]|(?:the|these|those|between the|of the) two|second half|first half|scaffold|unfold|manifold|blindfold)\b/giu;

/**
 * What in a language model's prose no tool has vouched for: references to figures that do not exist, numbers typed by
 * hand, numbers spelled out. Tiers, quarters of a year, list markers, and names and dates of the evidence may stand.
 *
 * @returns complaints precise enough to mend the text by; none when every figure has a receipt
 */
export function checkProse(text: string, ledger: Pick<Ledger, 'get' | 'references'>, evidence: Evidence): string[] {
  const complaints: string[] = [];
  const known = ledger.references();
  for (const reference of referencesOf(text)) {
    if (!ledger.get(reference)) {
      complaints.push(`{{${reference}}} does not exist; figures that do: ${known.slice(-40).join(', ') || 'none'}`);
    }
  }
  const bare = withoutNames(text.normalize('NFKC').replace(figureReference, ' '), evidence)
    .replace(innocent, ' ')
    .replace(/^\s*(?:[•*-]\s*)?[1-9][.)]\s/gm, ' ');
  if (/\{\{|\}\}/.test(bare)) complaints.push('a figure is written as {{id.key}} on one line, with both braces closed');
  // Fractions, superscripts and Roman numeral signs would turn into letters or plain digits: they are looked for as typed.
  const signs = text.replace(figureReference, ' ').match(/[\p{Nl}\p{No}]/gu) ?? [];
  for (const written of [...signs, ...(bare.match(/[^\s]*\p{N}[^\s]*/gu) ?? [])]) {
    complaints.push(`"${written}" is typed by hand; name the figure as {{id.key}}, use calculate, or leave it out`);
  }
  for (const [word] of bare.matchAll(spelled)) {
    complaints.push(`"${word}" is a number in words; name the figure as {{id.key}}, use calculate, or leave it out`);
  }
  return complaints;
}

/** What may be written as it stands: names and phrases of the evidence that contain digits, and its dates. */
export interface Evidence {
  names: ReadonlySet<string>;
  dates: ReadonlySet<string>;
}

/**
 * Reads names and dates off the data of a tool. A name is a text with letters and digits, such as `Studio 54`; a text
 * that is a number alone, or too long to be a name, is none.
 */
export function evidenceOf(data: unknown): Evidence {
  const names = new Set<string>();
  const dates = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      const date = /^(\d{4}-\d{2}-\d{2})(?:T|$)/.exec(value)?.[1];
      if (date) dates.add(date);
      else if (value.length <= 80 && /\p{L}/u.test(value) && /\p{N}/u.test(value)) names.add(value.normalize('NFKC'));
    } else if (Array.isArray(value)) for (const item of value) visit(item);
    else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) visit(item);
  };
  visit(data);
  return { names, dates };
}

function withoutNames(text: string, evidence: Evidence): string {
  const phrases = [...evidence.names, ...[...evidence.dates].flatMap(writtenDates)];
  let rest = text;
  for (const phrase of phrases.sort((a, b) => b.length - a.length)) {
    const escaped = phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    rest = rest.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}]|[.,]\\p{N})`, 'giu'), ' ');
  }
  return rest;
}

const months = 'January February March April May June July August September October November December'.split(' ');

/** A date in the ways that people write it. */
function writtenDates(iso: string): string[] {
  const [year = '', month = '', day = ''] = iso.split('-');
  const name = months[Number(month) - 1] ?? '';
  const short = name.slice(0, 3);
  const d = String(Number(day));
  return [
    iso,
    ...[name, short].flatMap((m) => [
      `${d} ${m} ${year}`,
      `${m} ${d}, ${year}`,
      `${m} ${year}`,
      `${d} ${m}`,
      `${m} ${d}`,
    ]),
    `Q${Math.ceil(Number(month) / 3)} ${year}`,
  ];
}
