import type { ImportanceFindings } from '../../icp/importance/measure-importance.ts';
import { asSentence } from '../as-sentence.ts';
import { createFigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

const mostShown = 15;

/** What matters most for winning, ranked, with how it was measured. */
export function importanceReport(findings: ImportanceFindings): Drawn {
  const sheet = createFigureSheet();
  const { criteria, method, n, events, ratio } = findings;
  const clear = criteria.filter((each) => each.clear);
  const shown = criteria.slice(0, mostShown);
  const name = (key: string) => `c.${key}`;
  for (const { key, label, rise, share, q, weight } of shown) {
    sheet.text(name(key), 'Criterion', label);
    sheet.rate(`${name(key)}.rise`, `Rise in log loss without ${label}, in thousandths`, rise, 'number');
    sheet.number(`${name(key)}.share`, `Share of what is clear: ${label}`, share, 'share');
    sheet.number(`${name(key)}.q`, `False-discovery rate of ${label}`, q, 'number');
    sheet.number(`${name(key)}.weight`, `Weight of ${label}`, weight, 'share');
  }
  const judged = `${sheet.number('n', 'Later accounts', n, 'count')} later accounts, ${sheet.number('won', 'Won among them', events, 'count')} of them won`;
  const order = clear
    .slice(0, 3)
    .map(({ key }) => `*{{${name(key)}}}* ({{${name(key)}.share}} of what is clear)`)
    .join(', ');
  const ratioWords =
    ratio === null
      ? ''
      : ` The strongest counts ${sheet.number('ratio', 'Strongest over weakest clear one', ratio, 'ratio')} times the weakest.`;
  return {
    text:
      n === 0
        ? 'I cannot rank the criteria yet: there are too few wins to learn from earlier accounts and judge on later ones. More closed deals would help.'
        : clear.length === 0
          ? `On ${judged}, no criterion is clear of chance: I cannot rank them yet. More closed deals would help.`
          : `What matters most for winning, measured on ${judged}: ${order}.${ratioWords}`,
    figures: sheet.figures,
    card: {
      title: 'What matters most',
      sections: [
        {
          heading: 'How it was measured',
          lines: [
            asSentence(method),
            ...(findings.from === null
              ? []
              : [
                  `The accounts were first touched from ${sheet.day('from', 'First touched from', findings.from)} to ${sheet.day('to', 'First touched to', findings.to)}.`,
                ]),
            'A criterion that another can stand in for looks smaller than it is. To matter is not to cause.',
          ],
          table: null,
        },
        {
          heading: 'Criteria, most important first',
          lines: [],
          table:
            shown.length === 0
              ? null
              : {
                  columns: [
                    'Criterion',
                    'Loss without it, thousandths',
                    'Share of what is clear',
                    'Clear of chance',
                    'Weight',
                  ],
                  rows: shown.map(({ key, clear: isClear }) => [
                    `{{${name(key)}}}`,
                    `{{${name(key)}.rise}}`,
                    `{{${name(key)}.share}}`,
                    isClear ? 'yes' : 'cannot tell',
                    `{{${name(key)}.weight}}`,
                  ]),
                },
        },
      ],
      chart:
        clear.length === 0
          ? null
          : {
              kind: 'bars',
              title: 'How much worse forecasts get without each criterion',
              unit: 'number',
              alt: `Bars, the longest for ${clear[0]?.label}: log loss in thousandths that each criterion saves on later accounts.`,
              points: shown.map(({ label, rise: { v, low, high } }) => ({ label, v, low, high })),
            },
      choices: [
        { label: 'The weights', question: 'show the criteria' },
        { label: 'What goes together', question: 'what goes together with winning' },
        { label: 'What causes it', question: 'what causes expansion' },
      ],
      data: findings,
    },
  };
}
