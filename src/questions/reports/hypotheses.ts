import type { RejectionFindings } from '../../icp/hypotheses/explain-rejections.ts';
import type { HypothesisFindings, HypothesisTest } from '../../icp/hypotheses/test-hypotheses.ts';
import type { ReportSection } from '../types.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

/** Hypotheses that the engine made and tested itself, and the disagreements between the model and the reps. */
export function hypothesesReport(findings: HypothesisFindings, rejections: RejectionFindings): Drawn {
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
        rejectionSection(sheet, rejections),
        disagreementSection(sheet, rejections),
      ],
      chart: null,
      choices: [
        { label: 'What causes expansion', question: 'what causes expansion' },
        { label: 'What goes together', question: 'what goes together with winning' },
      ],
      data: { ...findings, rejections },
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

function rejectionSection(sheet: FigureSheet, rejections: RejectionFindings): ReportSection {
  const { tier1, others, reasons, traits, people, missing } = rejections;
  if (missing !== null)
    return {
      heading: 'Why reps turn down tier 1',
      lines: [sheet.text('missing', 'What is missing', missing)],
      table: null,
    };
  return {
    heading: 'Why reps turn down tier 1',
    lines: [
      `Reps turn down ${sheet.rate('tier1', 'Tier 1 turned down', tier1)} of tier 1 and ${sheet.rate('others', 'Others turned down', others)} of the others.`,
      traits.length === 0
        ? 'Nothing that we know of a tier 1 account before the first touch goes with being turned down, beyond chance.'
        : `Turned down more often than other tier 1 accounts: ${traits.map(({ key, label }, nth) => sheet.text(`tr.${nth}`, `Trait ${key}`, label)).join(', ')}.`,
      ...onSight(sheet, rejections),
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
            rows: disagreements.map(({ id, name, tier, score, decision, reason }, nth) => [
              sheet.text(`d.${nth}`, `Account ${id}`, name),
              sheet.number(`d.${nth}.tier`, 'Tier', tier, 'tier'),
              sheet.number(`d.${nth}.score`, `Score of ${name}`, score, 'points'),
              decision,
              reason === null ? '' : sheet.text(`d.${nth}.reason`, 'Reason', reason),
            ]),
          },
  };
}
