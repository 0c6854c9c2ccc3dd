import type { SegmentSplit } from '../../icp/segments/read-by-segment.ts';
import { asSentence } from '../as-sentence.ts';
import { createFigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

/** The report with what the win rate of all hides beside it, where there are segments to part it by. */
export function withSplit(drawn: Drawn, split: SegmentSplit | null): Drawn {
  if (split === null) return drawn;
  const sheet = createFigureSheet();
  const line = `${asSentence(split.verdict)} Overall ${sheet.rate('split.all', 'Won of all', split.overall)}; a split like this comes by chance with p = ${sheet.number('split.p', 'Chance of such a split', split.pValue, 'number')}.`;
  const rows = split.groups.map(({ label, share, rate }, nth) => [
    sheet.text(`split.${nth}.label`, 'Part', label),
    sheet.number(`split.${nth}.share`, `Share of ${label}`, share, 'share'),
    sheet.rate(`split.${nth}.rate`, `Won of ${label}`, rate),
  ]);
  const section = {
    heading: 'What the total hides',
    lines: [line],
    table: { columns: ['Part', 'of all touched', 'won'], rows },
  };
  const sections = [...drawn.card.sections, section];
  return { ...drawn, figures: [...drawn.figures, ...sheet.figures], card: { ...drawn.card, sections } };
}
