import type { BuyingMix } from '../../icp/anomalies/buying-mix.ts';
import type { ReportSection } from '../report-card.ts';
import type { FigureSheet } from './figure-sheet.ts';

const mostNamed = 3;
const undated = 'The source has no dates, so I cannot tell months apart.';

/** Who is buying this month, in a sentence or two: what is unlike the year before first, else the largest groups. */
export function buyingText(sheet: FigureSheet, mix: BuyingMix): string {
  if (mix.from === null) return undated;
  if (mix.now === 0) return `Nobody has bought since ${sheet.day('since', 'Since', mix.from)}: ${yearOf(sheet, mix)}.`;
  const named = mix.groups.map((group, nth) => ({ ...group, said: buyers(sheet, group, nth) }));
  const told = (verdict: string) => named.filter((group) => group.verdict === verdict).map(({ said }) => said);
  const [more, less] = [told('more than usual'), told('less than usual')];
  const largest = named
    .filter(({ now }) => now !== null && now.v > 0)
    .toSorted((a, b) => (b.now?.v ?? 0) - (a.now?.v ?? 0))
    .slice(0, mostNamed)
    .map(({ said }) => said);
  return [
    `${countOf(sheet, mix)}.`,
    more.length === 0 ? '' : `More than usual: ${more.join('; ')}.`,
    less.length === 0 ? '' : `Less than usual: ${less.join('; ')}.`,
    more.length + less.length > 0 || largest.length === 0
      ? ''
      : `No group can be told from its usual share; the largest are ${largest.join('; ')}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** Who is buying this month beside the twelve months before, group by group. */
export function buyingSection(sheet: FigureSheet, mix: BuyingMix): ReportSection {
  const dated = mix.from !== null;
  return {
    heading: 'Buying this month',
    lines: [dated ? `${countOf(sheet, mix)}.` : undated],
    table:
      mix.groups.length === 0 || !dated
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
  };
}

function buyers(sheet: FigureSheet, { name, now, year }: BuyingMix['groups'][number], nth: number): string {
  return `*${sheet.text(`m.${nth}`, 'Group', name)}*, ${sheet.rate(`m.${nth}.now`, `This month: ${name}`, now)} of who buys against ${sheet.rate(`m.${nth}.year`, `Twelve months: ${name}`, year)} in the twelve months before`;
}

function countOf(sheet: FigureSheet, mix: BuyingMix): string {
  return `${sheet.number('now', 'Bought in the last thirty days', mix.now, 'count')} accounts bought (new or more) since ${sheet.day('since', 'Since', mix.from)}, ${yearOf(sheet, mix)}`;
}

function yearOf(sheet: FigureSheet, { year }: BuyingMix): string {
  return `${sheet.number('year', 'Bought in the twelve months before', year, 'count')} in the twelve months before`;
}
