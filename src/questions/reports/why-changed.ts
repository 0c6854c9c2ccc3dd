import { type ChangePart, changeParts, type WhyChanged } from '../../icp/changes/why-changed.ts';
import { scoreFigure } from '../score-figure.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

/** A model as it stood on one of the two days. */
export interface ModelStanding {
  version: number;
  activatedAt: number | null;
  activatedBy: string | null;
  /** False where nothing was in force yet, and a later model stands in. */
  wasInForce: boolean;
}

const partNames: Readonly<Record<ChangePart, string>> = {
  data: 'what has happened since',
  enrichmentFix: 'what was put right',
  model: 'another model',
  decay: 'time alone',
};
const mostCriteria = 8;

/** Why a score is not what it was, in one sentence and a table that adds up. */
export function whyChangedReport(
  changed: WhyChanged,
  about: { name: string; before: ModelStanding; now: ModelStanding },
): Drawn {
  const { from, to, difference, parts, criteria, fixes } = changed;
  const sheet = createFigureSheet();
  const name = sheet.text('name', 'Account', about.name);
  const then = sheet.day('from', 'Then', from.at);
  const was = sheet.figure(scoreFigure('scoreBefore', 'Score then', from));
  const is = sheet.figure(scoreFigure('score', 'Score now', to));
  const now = sheet.day('to', 'Now', to.at);
  const by = sheet.number('difference', 'Difference', difference, 'points');
  for (const part of changeParts) sheet.number(`part.${part}`, `Points from ${partNames[part]}`, parts[part], 'points');
  sheet.number('tierBefore', 'Tier then', from.tier, 'tier');
  sheet.number('tier', 'Tier now', to.tier, 'tier');
  const largest = changeParts
    .filter((part) => parts[part] !== 0)
    .sort((a, b) => Math.abs(parts[b]) - Math.abs(parts[a]));
  const reasons = largest.map((part) => `{{part.${part}}} from ${partNames[part]}`).join(', ');
  const moved = from.tier === to.tier ? 'It is {{tier}} as before.' : 'It was {{tierBefore}} and is {{tier}}.';
  const text =
    largest.length === 0
      ? `*${name}* scores ${is}: nothing that counts has changed since ${then}.`
      : `On ${then} *${name}* scored ${was}; on ${now} it scores ${is}. That is a difference of ${by}: ${reasons}. ${moved}`;
  const shown = criteria.slice(0, mostCriteria);
  putDetails(sheet, { criteria: shown, fixes });
  const models = [modelLine(sheet, 'before', about.before), modelLine(sheet, 'now', about.now)];
  return {
    text,
    figures: sheet.figures,
    card: {
      title: 'Why the score changed',
      sections: [
        {
          heading: 'The difference, part by part',
          lines: [],
          table: {
            columns: ['From', 'Points'],
            rows: [...changeParts.map((part) => [partNames[part], `{{part.${part}}}`]), ['all together', by]],
          },
        },
        {
          heading: 'Criteria that give other points',
          lines: shown.length === 0 ? ['None does.'] : [],
          table:
            shown.length === 0
              ? null
              : {
                  columns: ['Then', 'Points then', 'Now', 'Points now'],
                  rows: shown.map((_, nth) =>
                    ['before', 'pointsBefore', 'after', 'pointsAfter'].map((part) => `{{c${nth}.${part}}}`),
                  ),
                },
        },
        {
          heading: 'What was put right',
          lines: fixes.map(
            (_, nth) =>
              `{{fix${nth}.field}}: {{fix${nth}.before}} became {{fix${nth}.after}}, by {{fix${nth}.source}}.`,
          ),
          table: null,
        },
        { heading: 'The models', lines: models, table: null },
      ].filter(({ lines, table }) => lines.length > 0 || table !== null),
      chart: null,
      choices: [],
      data: changed,
    },
  };
}

function modelLine(
  sheet: FigureSheet,
  side: 'before' | 'now',
  { version, activatedAt, activatedBy, wasInForce }: ModelStanding,
): string {
  const model = sheet.number(`model.${side}`, `Model version ${side}`, version, 'count');
  const day = sheet.day(`model.${side}.at`, `In force since, ${side}`, activatedAt);
  const person = sheet.text(`model.${side}.by`, `Activated by, ${side}`, activatedBy ?? 'nobody known');
  const when = side === 'before' ? 'Then' : 'Now';
  return wasInForce
    ? `${when}: version ${model}, in force since ${day}, activated by ${person}.`
    : `${when}: no model was in force on that day, so version ${model} stands in (activated on ${day} by ${person}).`;
}

function putDetails(sheet: FigureSheet, { criteria, fixes }: Pick<WhyChanged, 'criteria' | 'fixes'>): void {
  for (const [nth, { before, after, pointsBefore, pointsAfter }] of criteria.entries()) {
    sheet.text(`c${nth}.before`, 'Then', before);
    sheet.text(`c${nth}.after`, 'Now', after);
    sheet.number(`c${nth}.pointsBefore`, `Points then: ${before}`, pointsBefore, 'points');
    sheet.number(`c${nth}.pointsAfter`, `Points now: ${after}`, pointsAfter, 'points');
  }
  for (const [nth, { field, before, after, source }] of fixes.entries()) {
    sheet.text(`fix${nth}.field`, 'Field', field);
    sheet.text(`fix${nth}.before`, 'Before', before === null ? 'not known' : String(before));
    sheet.text(`fix${nth}.after`, 'After', String(after));
    sheet.text(`fix${nth}.source`, 'Source', source);
  }
}
