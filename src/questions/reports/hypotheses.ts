import type { HypothesisFindings, HypothesisTest } from '../../icp/hypotheses/test-hypotheses.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

/** Hypotheses that the engine made and tested itself. */
export function hypothesesReport(findings: HypothesisFindings): Drawn {
  const sheet = createFigureSheet();
  const { hypotheses } = findings;
  const count = (status: HypothesisTest['status']) =>
    sheet.number(status, `Hypotheses ${status}`, hypotheses.filter((each) => each.status === status).length, 'count');
  const best = hypotheses.find(({ status }) => status === 'supported');
  const bestAt = best === undefined ? -1 : hypotheses.indexOf(best);
  const lead = best === undefined ? '' : ` The surest: *${sheet.text(`h.${bestAt}`, 'Hypothesis', best.claim)}*.`;
  return {
    text:
      hypotheses.length === 0
        ? 'Nothing stood out enough among the earlier accounts to be worth a hypothesis. More outcomes would help.'
        : `Of the hypotheses made from earlier accounts, later ones support ${count('supported')}, refute ${count('refuted')} and leave ${count('untested')} open.${lead} Whether it causes anything is another question.`,
    figures: sheet.figures,
    card: {
      title: 'Hypotheses and their tests',
      sections: [
        {
          heading: 'Made from earlier accounts, tested on later ones',
          lines: [
            'Supported only where it stays clear when all of them are tested; refuted where later accounts rule out half of it.',
          ],
          table:
            hypotheses.length === 0
              ? null
              : {
                  columns: ['Hypothesis', 'Status', 'Earlier', 'Later', 'False-discovery rate', 'Why'],
                  rows: hypotheses.map((each, nth) => rowOf(sheet, each, nth)),
                },
        },
      ],
      chart: null,
      choices: [
        { label: 'What causes expansion', question: 'what causes expansion' },
        { label: 'What goes together', question: 'what goes together with winning' },
      ],
      data: findings,
    },
  };
}

function rowOf(sheet: FigureSheet, { claim, status, earlier, later, q, why }: HypothesisTest, nth: number): string[] {
  const key = `h.${nth}`;
  return [
    sheet.text(key, 'Hypothesis', claim),
    status,
    sheet.number(`${key}.earlier`, `Earlier: ${claim}`, earlier.v, 'share'),
    sheet.rate(`${key}.later`, `Later: ${claim}`, later),
    sheet.number(`${key}.q`, `False-discovery rate: ${claim}`, q, 'number'),
    why,
  ];
}
