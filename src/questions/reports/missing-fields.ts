import type { MissingFieldFindings } from '../../icp/changes/find-missing-fields.ts';
import type { MissingFieldWorth } from '../../icp/changes/missing-field-worth.ts';
import type { ScoreSupport } from '../../icp/score-support.ts';
import { scoreFigure } from '../score-figure.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

const mostShown = 12;

/** Which field it is worth most to fill in, for the whole book. */
export function missingFieldsReport(findings: MissingFieldFindings): Drawn {
  const sheet = createFigureSheet();
  const shown = findings.fields.slice(0, mostShown);
  sheet.number('accounts', 'Accounts that are not customers', findings.accounts, 'count');
  for (const [nth, { label, missing, meanChange, tierFlip, accountsMoved }] of shown.entries()) {
    sheet.text(`f${nth}.name`, 'Field', label);
    sheet.rate(`f${nth}.missing`, `Accounts without ${label}`, missing);
    sheet.number(`f${nth}.change`, `Points that ${label} would move, up or down`, meanChange, 'points');
    sheet.rate(`f${nth}.flip`, `Would be in another tier with ${label}`, tierFlip);
    sheet.number(`f${nth}.moved`, `Accounts that ${label} would move to another tier`, accountsMoved, 'count');
  }
  const rest = cannotTell(sheet, findings.cannotTell);
  return {
    text:
      shown.length === 0
        ? `No field that counts is missing of the {{accounts}} accounts that are not customers.${rest}`
        : `Worth most to fill in is *{{f0.name}}*: it is missing for {{f0.missing}} of accounts, and knowing it would put about {{f0.moved}} of them into another tier.${rest}`,
    figures: sheet.figures,
    card: {
      title: 'What it is worth to fill in',
      sections: tableSection(
        ['Field', 'Missing', 'Moves the score by', 'Changes the tier', 'Accounts moved'],
        shown.map((_, nth) => ['name', 'missing', 'change', 'flip', 'moved'].map((part) => `{{f${nth}.${part}}}`)),
      ),
      chart: null,
      choices: [{ label: 'What data there is', question: 'coverage' }],
      data: findings,
    },
  };
}

/** Which field it is worth most to find out of one account. */
export function worthFindingOutReport(worth: MissingFieldWorth, about: { name: string } & ScoreSupport): Drawn {
  const sheet = createFigureSheet();
  const shown = worth.fields.slice(0, mostShown);
  sheet.text('name', 'Account', about.name);
  sheet.figure(scoreFigure('score', 'Score', { ...about, score: worth.score }));
  sheet.number('tier', 'Tier', worth.tier, 'tier');
  for (const [nth, { label, meanChange, tierFlip, lowest, highest, n }] of shown.entries()) {
    sheet.text(`f${nth}.name`, 'Field', label);
    sheet.number(`f${nth}.change`, `Points that ${label} would move, up or down`, meanChange, 'points');
    sheet.number(`f${nth}.flip`, `How likely ${label} changes the tier`, tierFlip, 'share');
    sheet.number(`f${nth}.lowest`, `Lowest score with ${label}`, lowest, 'points');
    sheet.number(`f${nth}.highest`, `Highest score with ${label}`, highest, 'points');
    sheet.number(`f${nth}.n`, `Touched accounts with a known ${label}`, n, 'count');
  }
  const rest = cannotTell(sheet, worth.cannotTell);
  return {
    text:
      shown.length === 0
        ? `Nothing that counts is missing of *{{name}}*, and its score stands on what is known: {{score}}.${rest}`
        : `Worth most to find out of *{{name}}* is {{f0.name}}: it would move the score by {{f0.change}} on average, and change the tier with a likelihood of {{f0.flip}}. The score is {{score}}.${rest}`,
    figures: sheet.figures,
    card: {
      title: 'What it is worth to find out',
      sections: tableSection(
        ['Field', 'Moves the score by', 'Changes the tier', 'Lowest', 'Highest', 'Told by'],
        shown.map((_, nth) =>
          ['name', 'change', 'flip', 'lowest', 'highest', 'n'].map((part) => `{{f${nth}.${part}}}`),
        ),
      ),
      chart: null,
      choices: [],
      data: { ...worth, evidence: about.evidence, range: about.range },
    },
  };
}

function cannotTell(sheet: FigureSheet, fields: readonly string[]): string {
  if (fields.length === 0) return '';
  const names = fields.slice(0, 5).map((field, nth) => sheet.text(`unknown${nth}`, 'Field', field));
  return ` I cannot tell for ${names.join(', ')}, which hardly any account has.`;
}

function tableSection(columns: readonly string[], rows: readonly (readonly string[])[]) {
  return rows.length === 0 ? [] : [{ heading: null, lines: [], table: { columns, rows } }];
}
