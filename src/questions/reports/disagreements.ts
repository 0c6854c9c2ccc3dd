import type { RejectionFindings } from '../../icp/hypotheses/explain-rejections.ts';
import type { ReportSection } from '../report-card.ts';
import { keptScoreFigure } from '../score-figure.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

/** Where reps and the model part: why tier 1 is turned down, who does it, and what became of it. */
export function disagreementsReport(findings: RejectionFindings): Drawn {
  const sheet = createFigureSheet();
  const { tier1, others, missing, counts } = findings;
  const text =
    missing !== null
      ? `I cannot tell where reps and the model part: ${sheet.text('why', 'What is missing', missing)}.`
      : `Reps turn down ${sheet.rate('tier1', 'Tier 1 turned down', tier1)} of tier 1 and ${sheet.rate('others', 'Others turned down', others)} of the others; ${sheet.number('acceptedTier3', 'Tier 3 and taken', counts.acceptedTier3, 'count')} accounts of tier 3 were taken. The tier is that of the day before the first touch, by a table that had not seen the account.`;
  return {
    text,
    figures: sheet.figures,
    card: {
      title: 'Where reps and the model part',
      sections: missing !== null ? [] : [rejectionSection(sheet, findings), disagreementSection(sheet, findings)],
      chart: null,
      choices: [{ label: 'Anti-patterns', question: 'anti-patterns' }],
      data: findings,
    },
  };
}

/** Reasons that go with a kind of account: turned down on sight, whatever the model says of it. */
function onSight(sheet: FigureSheet, { reasons, saidOfDecided }: RejectionFindings): string[] {
  return reasons.flatMap(({ reason, traits, saidOfAll }, nth) =>
    traits.length === 0
      ? []
      : [
          `"${sheet.text(`r.${nth}`, 'Reason', reason)}" goes with ${traits.map(({ key, label, chance, direction }, at) => sheet.text(`r.${nth}.${at}`, `Trait ${key}`, chance === null ? `${direction === 'up' ? '' : 'not '}${label}` : `${direction === 'up' ? 'more' : 'less'} of ${label}`)).join(', ')}; the model gives these accounts ${sheet.number(`r.${nth}.saidOfAll`, `Chance of winning the model gave all turned down: ${reason}`, saidOfAll, 'share')}, all that were decided on ${sheet.number('saidOfDecided', 'Chance of winning the model gave all decided on', saidOfDecided, 'share')}.`,
        ],
  );
}

/** Reasons that reps have come to give more often. */
function ofLate(sheet: FigureSheet, { reasons }: RejectionFindings): string[] {
  return reasons.flatMap(({ reason, lately }, nth) =>
    lately === null
      ? []
      : [
          `"${sheet.text(`r.${nth}`, 'Reason', reason)}" is said more often of late: of ${sheet.rate(`r.${nth}.lately`, `Share of the turned down in the last half year: ${reason}`, lately.lately)} of the leads turned down in the last half year, and of ${sheet.rate(`r.${nth}.before`, `Share of the turned down before: ${reason}`, lately.before)} before.`,
        ],
  );
}

function rejectionSection(sheet: FigureSheet, rejections: RejectionFindings): ReportSection {
  const { reasons, traits, people } = rejections;
  return {
    heading: 'Why reps turn down tier 1',
    lines: [
      traits.length === 0
        ? 'Nothing that we know of a tier 1 account before the first touch goes with being turned down, beyond chance.'
        : `Turned down more often than other tier 1 accounts: ${traits.map(({ key, label }, nth) => sheet.text(`tr.${nth}`, `Trait ${key}`, label)).join(', ')}.`,
      ...onSight(sheet, rejections),
      ...ofLate(sheet, rejections),
      ...people.map(
        ({ email, rejected, others: rest }, nth) =>
          `${sheet.text(`who.${nth}`, 'Person', email)} turns down ${sheet.rate(`who.${nth}.rate`, 'Turned down', rejected)} of tier 1, all others ${sheet.rate(`who.${nth}.others`, 'Turned down by others', rest)}.`,
      ),
    ],
    table: {
      columns: ['Reason', 'Tier 1', 'All', 'The model had said', 'Won after all'],
      rows: reasons.map(({ reason, tier1: first, all, said, wonAnyway }, nth) => [
        sheet.text(`r.${nth}`, 'Reason', reason),
        sheet.number(`r.${nth}.tier1`, `Tier 1 turned down: ${reason}`, first, 'count'),
        sheet.number(`r.${nth}.all`, `All turned down: ${reason}`, all, 'count'),
        sheet.number(`r.${nth}.said`, `Chance of winning the model gave: ${reason}`, said, 'share'),
        sheet.rate(`r.${nth}.won`, `Won after all: ${reason}`, wonAnyway),
      ]),
    },
  };
}

function disagreementSection(sheet: FigureSheet, { disagreements, counts }: RejectionFindings): ReportSection {
  return {
    heading: 'Where the model and the reps disagree',
    lines: [
      `${sheet.number('rejectedTier1', 'Tier 1 and turned down', counts.rejectedTier1, 'count')} accounts were tier 1 and turned down, ${sheet.number('acceptedTier3', 'Tier 3 and taken', counts.acceptedTier3, 'count')} were tier 3 and taken.`,
    ],
    table:
      disagreements.length === 0
        ? null
        : {
            columns: ['Account', 'Tier', 'Score', 'The reps', 'Reason'],
            rows: disagreements.map(({ id, name, tier, score, support, decision, reason }, nth) => [
              sheet.text(`d.${nth}`, `Account ${id}`, name),
              sheet.number(`d.${nth}.tier`, 'Tier', tier, 'tier'),
              sheet.figure(keptScoreFigure(`d.${nth}.score`, `Score of ${name}`, score, support)),
              decision,
              reason === null ? '' : sheet.text(`d.${nth}.reason`, 'Reason', reason),
            ]),
          },
  };
}
