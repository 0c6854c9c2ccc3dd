import type { BuyingMix } from '../../icp/anomalies/buying-mix.ts';
import { type Anomaly, type AnomalyFindings, anomalyId } from '../../icp/anomalies/find-anomalies.ts';
import type { WeeklyKind } from '../../icp/anomalies/weekly-events.ts';
import { buyingSection, buyingText } from './buying-mix.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn, Words } from './report.ts';

const mostShown = 10;
const names: Readonly<Record<WeeklyKind, string>> = {
  touched: 'first touches',
  accepted: 'acceptances',
  rejected: 'rejections',
  won: 'wins',
  lost: 'losses',
  expanded: 'expansions',
  churned: 'churn',
};

/**
 * Weeks unlike those before them, with what is behind them, and who is buying this month.
 *
 * @param about words of who is buying, where that is what was asked: it comes first then
 */
export function anomaliesReport(
  findings: AnomalyFindings,
  mix: BuyingMix,
  words: Words = () => null,
  about: string | undefined = undefined,
): Drawn {
  const askedWho = about !== undefined && /\b(?:buy|bought)/i.test(about);
  const sheet = createFigureSheet();
  const { anomalies, weeks, kinds } = findings;
  const shown = anomalies.slice(0, mostShown);
  const first = shown[0];
  const looked = `${sheet.number('weeks', 'Weeks looked at, of each kind', weeks, 'count')} weeks`;
  const unusual = mix.groups.filter(({ verdict }) => verdict === 'more than usual' || verdict === 'less than usual');
  const buying =
    unusual.length === 0
      ? ''
      : ` Buying this month: ${unusual.map(({ name, verdict }, nth) => `${sheet.text(`u.${nth}`, 'Group', name)} ${verdict}`).join(', ')}.`;
  const weekly =
    weeks === 0
      ? 'I cannot look for unusual weeks yet: it takes half a year of dated events before the first week can be judged.'
      : first === undefined
        ? `No week of the last year is unusual: ${looked} were looked at, all kinds together.`
        : `Unusual, of ${looked} looked at: in the week of ${sheet.day('first', 'Week', first.week)} there were ${sheet.number('firstCount', 'Count', first.count, 'count')} ${names[first.kind]}, where about ${sheet.number('firstExpected', 'Expected', first.expected, 'number')} would be usual. What is behind it is counted below; why it happened is a hypothesis for a person to judge.`;
  return {
    text: askedWho ? buyingText(sheet, mix) : weekly + buying,
    figures: sheet.figures,
    card: {
      title: askedWho ? 'Who is buying this month' : 'Unusual weeks',
      sections: [
        ...(askedWho ? [buyingSection(sheet, mix)] : []),
        ...shown.map((anomaly, nth) => anomalySection(sheet, anomaly, nth, words('anomaly', anomalyId(anomaly)))),
        ...(askedWho ? [] : [buyingSection(sheet, mix)]),
        {
          heading: 'The usual week',
          lines: kinds.map(
            ({ kind, perWeek }) =>
              `${sheet.number(`k.${kind}`, `A week: ${names[kind]}`, perWeek, 'number')} ${names[kind]}.`,
          ),
          table: null,
        },
      ],
      chart: null,
      choices: [{ label: 'Drift', question: 'drift' }],
      data: { ...findings, mix },
    },
  };
}

function anomalySection(
  sheet: FigureSheet,
  { kind, week, count, expected, direction, p, behind }: Anomaly,
  nth: number,
  wording: ReturnType<Words>,
) {
  const key = `w.${nth}`;
  return {
    heading: `Too ${direction} ${names[kind]}`,
    lines: [
      `Week of ${sheet.day(key, 'Week', week)}: ${sheet.number(`${key}.count`, 'Count', count, 'count')}, usual ${sheet.number(`${key}.expected`, 'Expected', expected, 'number')}, adjusted p ${sheet.number(`${key}.p`, 'p-value', p, 'number')}.`,
      ...(behind.length === 0
        ? ['Nothing that we know of the accounts stands out: it was spread over all of them.']
        : [
            `Behind it: ${behind.map(({ what, value, count: own, expected: usual }, at) => `${sheet.text(`${key}.${at}.what`, 'What', what)} ${sheet.text(`${key}.${at}`, 'Value', value)} (${sheet.number(`${key}.${at}.n`, 'Count', own, 'count')}, usual ${sheet.number(`${key}.${at}.usual`, 'Expected', usual, 'number')})`).join(', ')}. Any explanation is a hypothesis.`,
          ]),
      ...(wording === null
        ? []
        : [`Hypothesis, in the language model's words: ${sheet.text(`${key}.words`, 'Hypothesis', wording.text)}`]),
    ],
    table: null,
  };
}
