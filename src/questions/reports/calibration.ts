import type { CalibrationFindings, PromiseKept } from '../../icp/impact/calibration.ts';
import { asSentence } from '../as-sentence.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

/** The calibration card: what we said, and what happened. */
export function calibrationReport(findings: CalibrationFindings): Drawn {
  const sheet = createFigureSheet();
  const { mode, bands, tiers, groups, groupedBy, n, events } = findings;
  const reason = sheet.text('reason', 'Verdict', asSentence(findings.reason));
  const largest = [...bands].filter(({ happened }) => happened.n >= 10).at(-1);
  const said =
    largest === undefined
      ? ''
      : ` Where we said ${sheet.text('band', 'Band', largest.name)}, ${sheet.rate('bandHappened', 'Happened in this band', largest.happened)} happened.`;
  const start =
    mode === 'probabilities'
      ? 'Our probabilities hold.'
      : 'Our probabilities are not to be relied on, so I only say who comes before whom (ranks only).';
  return {
    text: `${start} ${reason}${said}`,
    figures: sheet.figures,
    card: {
      title: 'We said, it happened',
      sections: [
        {
          heading: 'The verdict',
          lines: [
            `Of ${sheet.number('n', 'Later accounts', n, 'count')} later accounts, ${sheet.number('expected', 'Wins promised', findings.expected, 'number')} wins were promised and ${sheet.number('events', 'Wins', events, 'count')} came.`,
            ...findings.tests
              .filter(({ off }) => off)
              .map(
                ({ what, p }, nth) =>
                  `Not explained by chance: ${sheet.text(`test.${nth}`, 'Test', what)}, adjusted p ${sheet.number(`test.${nth}.p`, `p-value of ${what}`, p, 'number')}.`,
              ),
            'Only forecasts count that were made before the outcome, by tables that had not seen the account.',
          ],
          table: null,
        },
        section(sheet, 'By what we said', 'band', bands),
        section(sheet, 'By tier', 'tier', tiers),
        section(sheet, groupedBy === 'segments' ? 'By segment' : 'By group', 'group', groups),
      ].filter(({ lines, table }) => lines.length > 0 || table !== null),
      chart:
        bands.length === 0
          ? null
          : {
              kind: 'bars',
              title: 'What happened where we said so much',
              unit: 'share',
              alt: `Bars by band of probability: ${bands.map(({ name }) => name).join(', ')}; promised beside happened, with intervals.`,
              points: bands.flatMap(({ name, said: promised, happened }) => [
                { label: name, v: promised, group: 'we said' },
                { label: name, v: happened.v, low: happened.low, high: happened.high, group: 'it happened' },
              ]),
            },
      choices: [
        { label: 'At the moment of a decision', question: 'answers' },
        { label: 'Backtest', question: 'backtest' },
        { label: 'Impact', question: 'impact' },
      ],
      data: findings,
    },
  };
}

function section(sheet: FigureSheet, heading: string, key: string, rows: readonly PromiseKept[]) {
  return {
    heading,
    lines: [],
    table:
      rows.length === 0
        ? null
        : {
            columns: ['', 'We said', 'It happened', ''],
            rows: rows.map(({ name, said, happened, off }, nth) => [
              sheet.text(`${key}.${nth}`, 'Group', name),
              sheet.number(`${key}.${nth}.said`, `Said of ${name}`, said, 'share'),
              sheet.rate(`${key}.${nth}.happened`, `Happened for ${name}`, happened),
              off ? 'off' : happened.n < 10 ? 'too few' : 'holds',
            ]),
          },
  };
}
