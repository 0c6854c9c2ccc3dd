import type { Criterion, IcpModel, ModelBin } from '../../icp/model.ts';
import type { ReportSection } from '../report-card.ts';
import type { FigureSheet } from './figure-sheet.ts';

/** The criteria with the values that give most and least, the weightiest first. */
export function criteriaSection(sheet: FigureSheet, { criteria, base }: IcpModel): ReportSection {
  return {
    heading: 'Criteria',
    lines: [
      `Everybody begins at ${sheet.number('base', 'Base', base / 10, 'points')} points.`,
      ...(criteria.length === 0 ? ['There is no criterion: nothing is heard above chance.'] : []),
    ],
    table:
      criteria.length === 0
        ? null
        : {
            columns: ['Criterion', 'Weight', 'Cause', 'Most for', 'Most against'],
            rows: byWeight(criteria).map((criterion) => {
              const { key, label, weight, causal, bins } = criterion;
              const sorted = [...bins.entries()].sort(([, a], [, b]) => b.points - a.points);
              const side = (place: number) => {
                const [nth, bin] = sorted.at(place) ?? [];
                return nth === undefined || bin === undefined
                  ? ''
                  : `${binWords(sheet, criterion, nth, bin)}, ${wonWords(sheet, criterion, nth, bin)}`;
              };
              return [
                sheet.text(`c.${key}`, 'Criterion', label),
                sheet.number(`c.${key}.weight`, `Weight of ${label}`, weight, 'ratio'),
                causal,
                side(0),
                side(-1),
              ];
            }),
          },
  };
}

/** Every value that has points: all that the score is added up from. */
export function valuesSection(sheet: FigureSheet, { criteria }: IcpModel): ReportSection {
  return {
    heading: 'Every value and its points',
    lines: [],
    table: {
      columns: ['Value', 'Won'],
      rows: byWeight(criteria).flatMap((criterion) =>
        criterion.bins.map((bin, nth) => [binWords(sheet, criterion, nth, bin), wonWords(sheet, criterion, nth, bin)]),
      ),
    },
  };
}

function byWeight(criteria: readonly Criterion[]): Criterion[] {
  return criteria.toSorted((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
}

function binWords(sheet: FigureSheet, { key }: Criterion, nth: number, { label, points }: ModelBin): string {
  const where = sheet.text(`c.${key}.${nth}`, 'Value', label);
  return `${where}: ${sheet.number(`c.${key}.${nth}.points`, label, points / 10, 'points')}`;
}

/** Timing is counted by months of accounts, which are won soon after or not. */
function wonWords(sheet: FigureSheet, { key, part }: Criterion, nth: number, { label, rate }: ModelBin): string {
  if (rate === null) return 'nobody counted';
  const won = sheet.rate(`c.${key}.${nth}.won`, `Won: ${label}`, rate);
  return part === 'timing' ? `${won} of account-months won soon after` : `${won} won`;
}
