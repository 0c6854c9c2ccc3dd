import type { ScoringComparison } from '../../icp/impact/compare-scorings.ts';
import type { Rate } from '../../icp/types.ts';
import type { ReportSection } from '../report-card.ts';
import type { FigureSheet } from './figure-sheet.ts';
import { foreseen } from './version-verdicts.ts';

const heading = 'Said and happened, by score band';
/** With fewer an interval says nothing of a promise. */
const fewestInBand = 10;

/** What was said of each band of ten points and what happened, under both scorings, and which orders accounts better. */
export function reliabilitySection(
  sheet: FigureSheet,
  judged: ScoringComparison | null,
  isLearnt: boolean,
): { verdict: string; section: ReportSection } {
  if (judged === null) {
    const why =
      'Which of them comes truer cannot be said: no analysis has judged both on later accounts that told enough.';
    const next = 'More told outcomes, or the next `lodestar analyze`, would tell.';
    return { verdict: why, section: { heading, lines: [`${why} ${next}`], table: null } };
  }
  const { n, events, bands, difference, disorder, stage = 'won', from = null, to = null } = judged;
  const { sawTest = false, unread = [] } = judged;
  const by = sheet.rate(
    'by',
    'AUC, new minus old',
    { v: difference.v, low: difference.low, high: difference.high, n },
    'ratio',
  );
  const orders =
    difference.low > 0 ? 'is *better* than' : difference.high < 0 ? 'is *worse* than' : '*cannot be told apart* from';
  const accounts = `${sheet.number('judged', 'Accounts judged', n, 'count')} accounts`;
  const dates =
    from === null
      ? ''
      : `, first touched from ${sheet.day('judged.from', 'From', from)} to ${sheet.day('judged.to', 'To', to)}`;
  const which = sawTest ? 'accounts of which the old one had seen some' : 'later accounts that neither was learnt from';
  const kept = (side: 'old' | 'learned') =>
    bands.flatMap((band) => {
      const [said, rate] = [band.said?.[side] ?? null, band[side]];
      return said === null || rate === null || rate.n < fewestInBand ? [] : [said >= rate.low && said <= rate.high];
    });
  const cell = (key: string, label: string, rate: Rate | null) =>
    rate === null ? 'nobody' : sheet.rate(key, label, rate);
  const said = (key: string, label: string, v: number | null) =>
    v === null ? 'nothing' : sheet.number(key, label, v, 'share');
  return {
    verdict: `At foreseeing ${foreseen[stage]} on ${which}, the new one ${orders} the old: AUC, new minus old, ${by}.`,
    section: {
      heading,
      lines: [
        `On ${accounts}${dates}, ${sheet.number('judged.events', `Reached ${foreseen[stage]}`, events, 'count')} of which reached ${foreseen[stage]}. The new one speaks through tables learnt the same way on what was known before these accounts came.`,
        ...(sawTest
          ? [
              'Too few accounts are newer than what the old version was learnt from, so it is judged on some that it had seen: that flatters it.',
            ]
          : []),
        keptLine(sheet, 'new', 'The new one', kept('learned')),
        isLearnt
          ? keptLine(sheet, 'old', 'The old one', kept('old'))
          : 'The old one is a sum of points: it says no chance, so only what happened is there.',
        `Bands that came out below the one under them: ${sheet.number('disorder.old', 'Bands out of order, old', disorder.old, 'count')} with the old scoring, ${sheet.number('disorder.new', 'Bands out of order, new', disorder.learned, 'count')} with the new.`,
        ...(unread.length === 0
          ? []
          : [
              `Not known before a first touch, so that they count for nothing here: ${unread.map((label, nth) => sheet.text(`unread.${nth}`, 'Not counted', label)).join(', ')}.`,
            ]),
      ],
      table: {
        columns: ['Score', 'Old said', 'Old happened', 'New said', 'New happened'],
        rows: bands
          .filter(({ old, learned }) => old !== null || learned !== null)
          .map((band) => {
            const key = `band.${band.from}`;
            const about = `of ${band.from} to ${band.to} points`;
            return [
              `${sheet.number(`${key}.from`, 'Score from', band.from, 'count')} to ${sheet.number(`${key}.to`, 'Score to', band.to, 'count')}`,
              isLearnt ? said(`${key}.oldSaid`, `Said ${about}, old`, band.said?.old ?? null) : 'no chance',
              cell(`${key}.old`, `Happened ${about}, old`, band.old),
              said(`${key}.newSaid`, `Said ${about}, new`, band.said?.learned ?? null),
              cell(`${key}.new`, `Happened ${about}, new`, band.learned),
            ];
          }),
      },
    },
  };
}

function keptLine(sheet: FigureSheet, key: string, who: string, kept: readonly boolean[]): string {
  if (kept.length === 0) return `${who} has no band with enough accounts to check what it said.`;
  const held = sheet.number(`kept.${key}`, 'Bands whose promise held', kept.filter(Boolean).length, 'count');
  return `${who}: what was said lies within the interval of what happened in ${held} of ${sheet.number(`bands.${key}`, 'Bands checked', kept.length, 'count')} bands with at least ten accounts.`;
}
