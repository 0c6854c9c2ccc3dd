import type { ReportSection } from '../report-card.ts';
import { scoreFigure } from '../score-figure.ts';
import type { ListedAccount } from '../types.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

interface Some {
  total: number;
  /** The best of them. */
  rows: readonly ListedAccount[];
}

export interface EarlyAndActive {
  asOf: number;
  /** Whether the model gives points for what an account does. */
  readsTiming: boolean;
  early: Some;
  active: Some;
}

/** Two lists that a score alone would hide: those to wait for, and those to look at. */
export function earlyReport({ asOf, readsTiming, early, active }: EarlyAndActive): Drawn {
  const sheet = createFigureSheet();
  sheet.day('asOf', 'As of', asOf);
  sheet.number('early', 'Right kind, not moving', early.total, 'count');
  sheet.number('active', 'Moving, not the right kind', active.total, 'count');
  const sections = [
    section(sheet, 'early', 'Right kind of company, not moving: wait for a sign', early),
    section(sheet, 'active', 'Moving, not the right kind: look before you leave it out', active),
  ];
  const nobody = early.total === 0 && active.total === 0;
  return {
    text: nobody
      ? `As of {{asOf}} no account is early or off-profile.${readsTiming ? '' : ' The model gives no points for what accounts do, and says who moves by the number of signals alone; more dated signals would help.'}`
      : `As of {{asOf}}, {{early}} accounts are the right kind of company and not moving yet, and {{active}} are moving and not the right kind.${named(early, 'early', ' First to watch')}${named(active, 'active', ' First to look at')}`,
    figures: sheet.figures,
    card: {
      title: 'Early, and off-profile',
      sections,
      chart: null,
      choices: [
        { label: 'All that are early', question: 'list fit, early' },
        { label: 'All that are off-profile', question: 'list off-profile' },
      ],
      data: { early, active },
    },
  };
}

function named({ rows }: Some, key: string, lead: string): string {
  return rows.length === 0 ? '' : `${lead}: *{{${key}0.name}}*.`;
}

function section(sheet: FigureSheet, key: string, heading: string, { rows }: Some): ReportSection {
  for (const [nth, row] of rows.entries()) {
    const { name, tier, ownerEmail } = row;
    sheet.text(`${key}${nth}.name`, 'Account', name);
    sheet.figure(scoreFigure(`${key}${nth}.score`, `Score of ${name}`, row));
    sheet.number(`${key}${nth}.tier`, `Tier of ${name}`, tier, 'tier');
    sheet.text(`${key}${nth}.owner`, `Owner of ${name}`, ownerEmail ?? 'nobody');
  }
  return {
    heading,
    lines: rows.length === 0 ? ['Nobody.'] : [],
    table:
      rows.length === 0
        ? null
        : {
            columns: ['Account', 'Score', 'Tier', 'Owner'],
            rows: rows.map((_, nth) => ['name', 'score', 'tier', 'owner'].map((part) => `{{${key}${nth}.${part}}}`)),
          },
  };
}
