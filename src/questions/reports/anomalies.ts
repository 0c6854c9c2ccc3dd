import type { BuyingMix } from '../../icp/anomalies/buying-mix.ts';
import { type Anomaly, type AnomalyFindings, anomalyId } from '../../icp/anomalies/find-anomalies.ts';
import type { WeeklyKind } from '../../icp/anomalies/weekly-events.ts';
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

/** Weeks unlike those before them, with what is behind them, and who is buying this month. */
export function anomaliesReport(findings: AnomalyFindings, mix: BuyingMix, words: Words = () => null): Drawn {
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
  return {
    text:
      (weeks === 0
        ? 'I cannot look for unusual weeks yet: it takes half a year of dated events before the first week can be judged.'
        : first === undefined
          ? `No week of the last year is unusual: ${looked} were looked at, all kinds together.`
          : `Unusual, of ${looked} looked at: in the week of ${sheet.day('first', 'Week', first.week)} there were ${sheet.number('firstCount', 'Count', first.count, 'count')} ${names[first.kind]}, where about ${sheet.number('firstExpected', 'Expected', first.expected, 'number')} would be usual. What is behind it is counted below; why it happened is a hypothesis for a person to judge.`) +
      buying,
    figures: sheet.figures,
    card: {
      title: 'Unusual weeks',
      sections: [
        ...shown.map((anomaly, nth) => anomalySection(sheet, anomaly, nth, words('anomaly', anomalyId(anomaly)))),
        {
          heading: 'Buying this month',
          lines: [
            mix.from === null
              ? 'The source has no dates, so I cannot tell months apart.'
              : `${sheet.number('now', 'Bought in the last thirty days', mix.now, 'count')} accounts bought (new or more) since ${sheet.day('since', 'Since', mix.from)}, ${sheet.number('year', 'Bought in the twelve months before', mix.year, 'count')} in the twelve months before.`,
          ],
          table:
            mix.groups.length === 0 || mix.from === null
              ? null
              : {
                  columns: [mix.by === 'segments' ? 'Segment' : 'Group', 'This month', 'Twelve months', 'Verdict'],
                  rows: mix.groups.map(({ name, now, year, verdict }, nth) => [
                    sheet.text(`m.${nth}`, 'Group', name),
                    sheet.rate(`m.${nth}.now`, `This month: ${name}`, now),
                    sheet.rate(`m.${nth}.year`, `Twelve months: ${name}`, year),
                    verdict,
                  ]),
                },
        },
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
