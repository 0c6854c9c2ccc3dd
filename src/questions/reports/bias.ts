import type { BiasFindings } from '../../icp/impact/check-bias.ts';
import { createFigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

const mostShown = 12;

/** Whether the table leans on the last quarter, on a few large deals, or on those who bought. */
export function biasReport(findings: BiasFindings): Drawn {
  const sheet = createFigureSheet();
  const { criteria, moved, changed, largest, survivorship, missing, recency, fewDeals } = findings;
  const flipping = criteria.filter(({ flips }) => flips.length > 0);
  const names = (list: readonly { key: string; label: string }[]) =>
    list.map(({ key, label }) => `*${sheet.text(`c.${key}`, 'Criterion', label)}*`).join(', ');
  const quarter =
    recency === 'cannot tell'
      ? 'Whether it leans on the last quarter I cannot tell yet.'
      : recency === 'biased'
        ? `What the last quarter told contradicts the table of before: ${names(changed)}.`
        : `The last quarter does not contradict the table of before; without it ${sheet.number('moved.quarter', 'Weight that moves without the last quarter', moved.quarter, 'share')} of the weight moves.`;
  const deals =
    fewDeals === 'cannot tell'
      ? 'There are no amounts to find the largest deals by.'
      : `Without the ${sheet.number('largest', 'Largest deals left out', largest.length, 'count')} largest deals ${sheet.number('moved.largest', 'Weight that moves without the largest deals', moved.largest, 'share')} of the weight moves${fewDeals === 'biased' ? ', and a criterion that matters flips' : ''}.`;
  const counts = `${sheet.number('won', 'Won', survivorship.won, 'count')} won, ${sheet.number('lost', 'Lost', survivorship.lost, 'count')} lost and ${sheet.number('undecided', 'Neither so far', survivorship.undecided, 'count')} undecided accounts`;
  const { trap } = survivorship;
  return {
    text:
      missing === null
        ? `${quarter} ${deals} ${flipping.length === 0 ? 'No criterion flips either way.' : `Flipping: ${names(flipping)}.`} All rates count ${counts}.`
        : `I cannot check for bias yet: ${sheet.text('missing', 'What is missing', missing)}. All rates count ${counts}.`,
    figures: sheet.figures,
    card: {
      title: 'Is the table biased?',
      sections: [
        {
          heading: 'Weights with and without',
          lines:
            findings.before === null
              ? []
              : [
                  `Without the last quarter: as it would have been learnt on ${sheet.day('before', 'Without the last quarter', findings.before)}, with what was known then.`,
                  ...(largest.length === 0
                    ? []
                    : [
                        `The largest deals: ${largest.map(({ name, amount }, nth) => `${sheet.text(`l.${nth}`, 'Account', name)} ${sheet.number(`l.${nth}.amount`, `Amount of ${name}`, amount, 'money')}`).join(', ')}.`,
                      ]),
                ],
          table:
            criteria.length === 0
              ? null
              : {
                  columns: ['Criterion', 'Weight', 'Without the last quarter', 'Without the largest', 'Flips'],
                  rows: criteria
                    .slice(0, mostShown)
                    .map(({ key, label, weight, withoutQuarter, withoutLargest, flips }) => [
                      sheet.text(`c.${key}`, 'Criterion', label),
                      sheet.number(`c.${key}.weight`, `Weight of ${label}`, weight, 'share'),
                      sheet.number(
                        `c.${key}.quarter`,
                        `Weight of ${label} without the last quarter`,
                        withoutQuarter,
                        'share',
                      ),
                      sheet.number(
                        `c.${key}.largest`,
                        `Weight of ${label} without the largest deals`,
                        withoutLargest,
                        'share',
                      ),
                      flips.length === 0
                        ? 'no'
                        : flips
                            .map((one) => (one === 'quarter' ? 'without the last quarter' : 'without the largest'))
                            .join(', '),
                    ]),
                },
        },
        {
          heading: 'What the last quarter told',
          lines:
            changed.length === 0
              ? [
                  findings.tests === 0
                    ? 'Too little was told in the last quarter to set it against the table of before.'
                    : `${sheet.number('tests', 'Criteria and stages asked about', findings.tests, 'count')} criteria and stages were asked about, and none counts otherwise than before beyond chance.`,
                ]
              : changed.map(
                  ({ key, label, stage, now, n, p }, nth) =>
                    `${sheet.text(`c.${key}`, 'Criterion', label)} ${now === 'counts more' ? `counts more for ${stage} than before` : `has turned round for ${stage}`} (${sheet.number(`ch.${nth}.n`, 'Accounts', n, 'count')} accounts, adjusted p ${sheet.number(`ch.${nth}.p`, `p-value of ${label}`, p, 'number')}).`,
                ),
          table: null,
        },
        {
          heading: 'Those who did not buy',
          lines: [
            `Every rate counts them: ${counts}.`,
            ...(trap === null
              ? []
              : [
                  `Winners alone would mislead: ${sheet.rate('trap.won', 'Among won', trap.amongWon)} of them have "${sheet.text('trap', 'Trait', trap.label)}", and so have ${sheet.rate('trap.others', 'Among the others', trap.amongOthers)} of the others.`,
                ]),
          ],
          table: null,
        },
      ],
      chart: null,
      choices: [{ label: 'What matters most', question: 'what matters most' }],
      data: findings,
    },
  };
}
