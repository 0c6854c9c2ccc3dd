import { fewestToJudge } from '../../icp/outreach/judge-rate.ts';
import { cellName, type OutreachTestFindings, type TestCell } from '../../icp/outreach/outreach-test.ts';
import type { ReportSection } from '../report-card.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

const mostCells = 15;

/** A test of outreach, cell by cell: who wins, where to tighten and where to expand. */
export function outreachTestReport(findings: OutreachTestFindings): Drawn {
  const sheet = createFigureSheet();
  const { test, cells } = findings;
  const sections: ReportSection[] = [
    {
      heading: 'What it says to do',
      lines: [...advice(sheet, findings, 'expand'), ...advice(sheet, findings, 'tighten'), ...noAdvice(findings)],
      table: null,
    },
    {
      heading: 'Cell by cell',
      lines: [
        'Cells of ten accounts and more. Intervals hold for all cells at once, so the best may be picked; the chance is corrected for all cells.',
      ],
      table:
        cells.length === 0
          ? null
          : {
              columns: [
                'Cell',
                findings.labelled ? 'Positive replies' : 'Replies',
                'Deal or next step',
                'Chance',
                'Advice',
              ],
              rows: cells.slice(0, mostCells).map((cell, nth) => rowOf(sheet, cell, nth)),
            },
    },
  ];
  return {
    text: textOf(sheet, findings),
    figures: sheet.figures,
    card: {
      title: `Test of outreach: ${test.name}`,
      sections,
      chart: null,
      choices: [{ label: 'Does outreach work?', question: 'does our outreach work' }],
      data: findings,
    },
  };
}

const nameOf = (sheet: FigureSheet, cell: TestCell, nth: number): string =>
  sheet.text(`t.${nth}`, 'Cell', cellName(cell));
const repliesOf = (sheet: FigureSheet, cell: TestCell, nth: number): string =>
  sheet.rate(`t.${nth}.replies`, `Replies: ${cellName(cell)}`, cell.replies);

function rowOf(sheet: FigureSheet, cell: TestCell, nth: number): string[] {
  return [
    nameOf(sheet, cell, nth),
    repliesOf(sheet, cell, nth),
    sheet.rate(`t.${nth}.pipeline`, `Deal or next step: ${cellName(cell)}`, cell.pipeline),
    sheet.number(`t.${nth}.p`, `Chance: ${cellName(cell)}`, cell.p, 'number'),
    cell.advice,
  ];
}

function advice(sheet: FigureSheet, { cells }: OutreachTestFindings, kind: 'expand' | 'tighten'): string[] {
  const why =
    kind === 'expand'
      ? 'replies are beyond the rest, and they lead on at least as often'
      : 'nobody replied, and so many would not be silent by chance';
  return cells.flatMap((cell, nth) =>
    cell.advice === kind ? [`${kind === 'expand' ? 'Expand' : 'Tighten'} ${nameOf(sheet, cell, nth)}: ${why}.`] : [],
  );
}

function noAdvice({ cells }: OutreachTestFindings): string[] {
  return cells.some(({ advice: said }) => said !== 'keep looking')
    ? []
    : ['Nothing to tighten or to expand can be told from chance yet.'];
}

function textOf(sheet: FigureSheet, findings: OutreachTestFindings): string {
  const { test, contacted, isOver, cells, winner, replies, inSmallCells } = findings;
  const name = sheet.text('test', 'Test', test.name);
  const hypothesis = test.hypothesis === null ? '' : ` (“${sheet.text('hypothesis', 'Hypothesis', test.hypothesis)}”)`;
  const run = `The test *${name}*${hypothesis} ${isOver ? 'ran' : 'runs'} from ${sheet.day('from', 'From', test.startsAt)} to ${sheet.day('to', 'To', test.endsAt)}`;
  const n = sheet.number('contacted', 'Accounts contacted', contacted, 'count');
  if (contacted < fewestToJudge)
    return `${run}. I cannot tell anything yet: ${n} accounts were contacted in it and had fourteen days to answer, ${sheet.number('needed', 'Needed to judge', fewestToJudge, 'count')} are needed.`;
  const all = `${run}: of ${n} accounts contacted, ${sheet.rate('replies', 'Replied', replies)} replied${findings.labelled ? ' well' : ''}.`;
  const small =
    inSmallCells === 0
      ? ''
      : ` ${sheet.number('small', 'Accounts in small cells', inSmallCells, 'count')} are in cells too small to read.`;
  const best = winner === null ? undefined : cells[winner];
  if (best === undefined || winner === null)
    return `${all} No cell is beyond the rest by more than chance allows.${small}`;
  return `${all} The best combination is *${nameOf(sheet, best, winner)}* with ${repliesOf(sheet, best, winner)}.${small}`;
}
