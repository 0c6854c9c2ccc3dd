import type { Cause, CauseFindings, CauseOutcome, JudgedCause } from '../../icp/causes/cause-findings.ts';
import type { CausalVerdict } from '../../icp/model.ts';
import { words } from '../draft.ts';
import type { ReportCard } from '../report-card.ts';
import type { Figure } from '../types.ts';
import { causalDetail, points } from './causal-detail.ts';
import { outcomeWord, verdictWord } from './causal-words.ts';
import type { Drawn } from './report.ts';

/** What the list begins with. */
const order: readonly CausalVerdict[] = ['likely drives', 'only goes along', 'cannot tell', 'structural', 'not tested'];
/** Named in the paragraph at most. */
const named = 3;

/**
 * What drives expansion and winning, or whether one thing does.
 *
 * @param args `about` is a key, a field or words of a label; `outcome` asks for one of the two rather than for the one that says
 * most, or in the list for both
 */
export function causalReport(
  findings: CauseFindings,
  args: { about?: string | undefined; outcome?: CauseOutcome | undefined } = {},
): Drawn {
  if (args.about === undefined || args.about.trim() === '') return causalList(findings, args.outcome);
  const found = matching(findings.judged, args.about);
  const [best, ...others] = found;
  if (best === undefined) return unknown(findings, args.about);
  const cause = best[args.outcome ?? best.standsOn ?? 'expansion'];
  const otherOutcome: CauseOutcome = cause.outcome === 'expansion' ? 'winning' : 'expansion';
  return causalDetail(findings, best, cause, [
    choice(best, otherOutcome),
    ...others.slice(0, named).map((other) => choice(other, cause.outcome)),
  ]);
}

function choice({ label, key }: JudgedCause, outcome: CauseOutcome): ReportCard['choices'][number] {
  return { label: `${label} and ${outcomeWord(outcome)}`, question: `does ${key} cause ${outcomeWord(outcome)}` };
}

/** Who answers to the words, the nearest first; of several alike the one whose verdict says most. */
function matching(judged: readonly JudgedCause[], about: string): JudgedCause[] {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const wanted = plain(about);
  const nearness = ({ key, label, field }: JudgedCause): number => {
    const names = [plain(key), plain(label), plain(field)];
    if (names.includes(wanted)) return 3;
    if (names[0] === `tech ${wanted}` || names[1] === `uses ${wanted}`) return 2;
    return names.some((name) => name.split(' ').includes(wanted) || name.includes(wanted)) ? 1 : 0;
  };
  return judged
    .map((of) => ({ of, near: nearness(of) }))
    .filter(({ near }) => near > 0)
    .sort((a, b) => b.near - a.near || order.indexOf(a.of.verdict) - order.indexOf(b.of.verdict))
    .map(({ of }) => of);
}

function unknown(findings: CauseFindings, about: string): Drawn {
  const known = findings.judged.slice(0, 12).map(({ label }) => label);
  const figures = [words('about', 'What was asked about', about), words('known', 'Some of what is', known.join(', '))];
  const text =
    known.length === 0
      ? "I can't tell: no field is known as of an account's first touch yet. Import accounts with their fields first."
      : 'No field or criterion is called {{about}}. Some that are: {{known}}.';
  const sections = [{ heading: null, lines: [text], table: null }];
  return {
    ...{ text, figures },
    card: { title: 'Not on record', sections, chart: null, choices: [], data: null },
  };
}

function causalList(findings: CauseFindings, outcome: CauseOutcome | undefined): Drawn {
  const judged = outcome === undefined ? findings.judged : findings.judged.map((of) => standingOn(of, outcome));
  const asked = outcome === undefined ? 'expansion or winning' : outcomeWord(outcome);
  const sorted = judged.toSorted(
    (a, b) =>
      order.indexOf(a.verdict) - order.indexOf(b.verdict) || strength(b) - strength(a) || (a.key < b.key ? -1 : 1),
  );
  const figures: Figure[] = [
    { key: 'judged', label: 'Fields judged', v: sorted.length, unit: 'count' },
    { key: 'people.expansion', label: 'Customers judged on', v: findings.expansion.accounts, unit: 'count' },
    { key: 'people.winning', label: 'Touched accounts judged on', v: findings.winning.accounts, unit: 'count' },
    ...order.map((verdict): Figure => {
      const v = sorted.filter((of) => of.verdict === verdict).length;
      return { key: `count.${verdict.replaceAll(' ', '_')}`, label: verdictWord(verdict), v, unit: 'count' };
    }),
    ...sorted.flatMap((of): Figure[] => [
      words(`f.${of.key}`, 'Field', of.label),
      ...differences(of.key, 'expansion', of.expansion),
      ...differences(of.key, 'winning', of.winning),
    ]),
  ];
  const cell = ({ key, expansion, winning }: JudgedCause, of: CauseOutcome): string =>
    (of === 'expansion' ? expansion : winning).adjusted === null
      ? 'not known'
      : `{{f.${key}.${of}}} ({{f.${key}.${of}.low}} to {{f.${key}.${of}.high}})`;
  const clear = sorted.filter(({ verdict }) => verdict === 'likely drives');
  return {
    text: textOf(sorted, asked),
    figures,
    card: {
      title: outcome === undefined ? 'What drives expansion and winning' : `What drives ${asked}`,
      sections: [
        {
          heading: null,
          lines: [
            'Judged on {{people.expansion}} customers of half a year and more (do they buy more?) and on {{people.winning}} touched accounts (are they won?). Differences are percentage points with everything else on record held equal.',
          ],
          table: {
            columns: ['Field', 'Verdict', 'Stands on', 'Expansion', 'Winning'],
            rows: sorted.map((of) => [
              `{{f.${of.key}}}`,
              verdictWord(of.verdict),
              of.standsOn === null ? 'nothing' : outcomeWord(of.standsOn),
              cell(of, 'expansion'),
              cell(of, 'winning'),
            ]),
          },
        },
      ],
      chart:
        clear.length === 0
          ? null
          : {
              kind: 'bars',
              title: 'What likely drives, percentage points',
              unit: 'number',
              alt: `The adjusted difference of everything that likely drives ${asked}, with its interval.`,
              points: clear.map((of) => {
                const { adjusted } = of[of.standsOn ?? 'expansion'];
                const group = outcomeWord(of.standsOn ?? 'expansion');
                const [v, low, high] = [adjusted?.v ?? 0, adjusted?.low ?? 0, adjusted?.high ?? 0].map(points);
                return { label: of.label, v: v!, low: low!, high: high!, group };
              }),
            },
      choices: sorted.slice(0, named).map((of) => choice(of, of.standsOn ?? 'expansion')),
      data: findings,
    },
  };
}

/** A field with the verdict on one outcome for its verdict. */
function standingOn(of: JudgedCause, outcome: CauseOutcome): JudgedCause {
  return { ...of, verdict: of[outcome].verdict, standsOn: outcome };
}

function textOf(sorted: readonly JudgedCause[], asked: string): string {
  if (sorted.every(({ expansion, winning }) => expansion.raw === null && winning.raw === null)) {
    return "I can't tell what drives anything yet: it takes at least 30 accounts on either side of a field, and 10 with and without the outcome. There are {{people.expansion}} customers of half a year and more, and {{people.winning}} touched accounts that are old enough to tell.";
  }
  const names = (verdict: CausalVerdict): string =>
    sorted
      .filter((of) => of.verdict === verdict)
      .slice(0, named)
      .map(({ key, standsOn }) => `*{{f.${key}}}* (${outcomeWord(standsOn ?? 'expansion')})`)
      .join(', ');
  const [drives, along] = [names('likely drives'), names('only goes along')];
  return [
    drives === ''
      ? `Of {{judged}} fields none can be shown to drive ${asked}.`
      : `Of {{judged}} fields {{count.likely_drives}} likely drive something: ${drives}.`,
    along === '' ? '' : `{{count.only_goes_along}} only go along: ${along}.`,
    "Of {{count.cannot_tell}} I can't tell, and {{count.structural}} are structural: nobody can change them.",
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function differences(key: string, outcome: CauseOutcome, { adjusted }: Cause): Figure[] {
  if (adjusted === null) return [];
  const label = `Adjusted difference in ${outcomeWord(outcome)}, percentage points`;
  return [
    { key: `f.${key}.${outcome}`, label, v: points(adjusted.v), unit: 'number' },
    { key: `f.${key}.${outcome}.low`, label: `${label}, from`, v: points(adjusted.low), unit: 'number' },
    { key: `f.${key}.${outcome}.high`, label: `${label}, to`, v: points(adjusted.high), unit: 'number' },
  ];
}

/** How many times its interval a difference is away from none. */
function strength({ standsOn, expansion, winning }: JudgedCause): number {
  const { adjusted } = standsOn === 'winning' ? winning : expansion;
  return adjusted === null ? 0 : Math.abs(adjusted.v) / Math.max(1e-9, adjusted.high - adjusted.low);
}
