const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const lead = '(?:\\b(?:on|as of|at|back on|as at|per|by) (?:the )?)?';

const written: readonly (readonly [RegExp, (match: RegExpExecArray) => readonly [string, string, string]])[] = [
  [new RegExp(`${lead}\\b(\\d{4})-(\\d{2})-(\\d{2})\\b`, 'i'), ([, y = '', m = '', d = '']) => [y, m, d]],
  [
    new RegExp(`${lead}\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${month},? (\\d{4})\\b`, 'i'),
    ([, d = '', m = '', y = '']) => [y, monthOf(m), d],
  ],
  [
    new RegExp(`${lead}\\b${month} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'i'),
    ([, m = '', d = '', y = '']) => [y, monthOf(m), d],
  ],
];

const vague = new RegExp(
  `\\b(?:yesterday|last (?:week|month|quarter|year|spring|summer|autumn|fall|winter)|(?:week|month|quarter|year)s? ago|back in|as of|(?:in|on|since|before|until) ${month}|in (?:19|20)\\d\\d|\\d{4}-\\d\\d?(?:-\\d\\d?)?|a (?:week|month|quarter|year) (?:ago|before))\\b`,
  'i',
);

/**
 * The day that a question is about, as YYYY-MM-DD, and the question without it. `vague` says that a time in the past is
 * meant, but no day of it: that must be asked for, since today's answer would be another one.
 *
 * @example dayOf('score of Acme on 3 March 2026'); // => { day: '2026-03-03', rest: 'score of Acme', vague: false }
 */
export function dayOf(question: string): { day: string | null; rest: string; vague: boolean } {
  for (const [pattern, parts] of written) {
    const match = pattern.exec(question);
    if (!match) continue;
    const [y, m, d] = parts(match);
    const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
    const at = Date.parse(`${day}T00:00:00Z`);
    if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(day)) continue;
    const rest = `${question.slice(0, match.index)}${question.slice(match.index + match[0].length)}`
      .replace(/\s+/g, ' ')
      .trim();
    return { day, rest, vague: false };
  }
  return { day: null, rest: question, vague: vague.test(question) };
}

function monthOf(name: string): string {
  return String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}
