import { fewestToJudge } from '../../icp/outreach/judge-rate.ts';
import { type HealthFindings, type HealthKey, type HealthRow, replyBars } from '../../icp/outreach/measure-health.ts';
import type { ReportSection } from '../report-card.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

const questions: Readonly<Record<HealthKey, string>> = {
  replies: 'Positive replies',
  'reply quality': 'Replies that tell of the problem, of those that do or decline',
  meetings: 'Meetings with a next step within 30 days',
  'segment variance': 'The best part beside the total',
  'sales cycle': 'Days to a won deal',
};
const bars: Readonly<Record<HealthKey, string>> = {
  replies: 'works from 5 %, needs an update under 1 %',
  'reply quality': 'more tell of it than decline',
  meetings: '60 %',
  'segment variance': 'twice the total, beyond chance',
  'sales cycle': 'differs beyond chance',
};
/** What brings a row to life in a book that has none of it. */
const brings: Readonly<Record<HealthKey, string>> = {
  replies: 'signals.csv, column kind: reply, reply_positive, reply_problem or reply_declined',
  'reply quality': 'signals.csv, column kind: reply_problem and reply_declined',
  meetings: 'signals.csv, column kind: meeting, and next_step or a deal in opportunities.csv',
  'segment variance': 'signals.csv, column kind: reply_positive',
  'sales cycle': 'opportunities.csv, columns created_at and closed_at of won deals',
};

/** Does what we say, to whom we say it, work? One row a question, each with its verdict in words. */
export function healthReport(findings: HealthFindings): Drawn {
  const sheet = createFigureSheet();
  const { rows } = findings;
  const [replies] = rows;
  const sections: ReportSection[] = [
    {
      heading: 'Does it work?',
      lines: [],
      table: {
        columns: ['Question', 'Value', 'Bar', 'Verdict'],
        rows: rows.map((row) => [
          nameOf(row.key, findings),
          figureOf(sheet, row),
          bars[row.key],
          verdictOf(sheet, row),
        ]),
      },
    },
    ...partsSection(sheet, replies, 'Positive replies, part by part', findings),
    ...partsSection(
      sheet,
      rows.find(({ key }) => key === 'sales cycle'),
      'Days to a won deal, part by part',
      findings,
    ),
    { heading: 'How it was counted', lines: howCounted(sheet, findings), table: null },
  ];
  return {
    text: textOf(sheet, findings),
    figures: sheet.figures,
    card: {
      title: 'Does our outreach work?',
      sections,
      chart: null,
      choices: [
        { label: 'Segments', question: 'show our segments' },
        { label: 'Predictions', question: 'how good were your predictions' },
      ],
      data: findings,
    },
  };
}

const nameOf = (key: HealthKey, { labelled, replied }: HealthFindings): string =>
  key === 'replies' && !labelled && replied !== null
    ? 'Replies of any kind (none says whether it is a good one)'
    : questions[key];

function figureOf(sheet: FigureSheet, { key, value }: HealthRow): string {
  return sheet.rate(`h.${key}`, questions[key], value, key === 'sales cycle' ? 'days' : 'share');
}

function verdictOf(sheet: FigureSheet, row: HealthRow): string {
  const { key, verdict, value, where, counted } = row;
  const names = where.map((name, nth) => sheet.text(`h.${key}.where.${nth}`, 'Part', name)).join(', ');
  const n = () => sheet.number(`h.${key}.n`, `How many: ${counted}`, value?.n ?? 0, 'count');
  switch (verdict) {
    case 'works':
      return names === '' ? 'works' : `works: ${names} stands out`;
    case 'works in part':
      return `works in ${names}, not in the rest: the total describes neither`;
    case 'in between':
      return 'in between: above what fails, under what works';
    case 'needs an update':
      return key === 'segment variance' ? 'needs an update: all parts are much alike' : 'needs an update';
    case 'differs':
      return `differs by part beyond chance; ${names === '' ? 'no one part is surely the fastest' : `faster than the rest: ${names}`}`;
    case 'cannot tell':
      if (value === null || value.n === 0)
        return `cannot tell: nothing of that kind is in the data; it would come with ${brings[key]}`;
      if (value.n < fewestToJudge && key !== 'segment variance')
        return `cannot tell: ${n()} ${counted}, ${sheet.number('needed', 'Needed to judge', fewestToJudge, 'count')} are needed`;
      if (key === 'sales cycle' || key === 'segment variance') return 'cannot tell the parts apart from chance';
      return oneBar(sheet, row) ?? 'cannot tell: the interval reaches over the bar';
  }
}

/** What replies are surely, where their interval reaches over one of the two bars and not over the other. */
function oneBar(sheet: FigureSheet, row: HealthRow): string | null {
  if (!isBetween(row)) return null;
  const works = sheet.number('h.works', 'Replies work from', replyBars.works, 'share');
  const fails = sheet.number('h.fails', 'Replies need an update under', replyBars.fails, 'share');
  return row.value !== null && row.value.high < replyBars.works
    ? `under ${works}; whether under ${fails} cannot be told`
    : `${fails} or more; whether ${works} cannot be told`;
}

function isBetween({ key, verdict, value }: HealthRow): boolean {
  if (key !== 'replies' || verdict !== 'cannot tell' || value === null || value.n < fewestToJudge) return false;
  return value.high < replyBars.works || value.low >= replyBars.fails;
}

function partsSection(
  sheet: FigureSheet,
  row: HealthRow | undefined,
  heading: string,
  { by }: HealthFindings,
): ReportSection[] {
  if (row === undefined || row.groups.length < 2) return [];
  const isDays = row.key === 'sales cycle';
  return [
    {
      heading,
      lines: [
        `A difference like this comes by chance with p = ${sheet.number(`h.${row.key}.p`, 'Chance of such a difference', row.pValue, 'number')}. ${isDays ? 'Each median has its own interval.' : 'The intervals hold all at once, so the best part may be picked.'}`,
      ],
      table: {
        columns: [by === 'segments' ? 'Segment' : 'Industry', 'Share', isDays ? 'Days' : 'Rate'],
        rows: row.groups.map(({ label, share, rate }, nth) => [
          sheet.text(`h.${row.key}.${nth}`, 'Part', label),
          sheet.number(`h.${row.key}.${nth}.share`, `Share: ${label}`, share, 'share'),
          sheet.rate(`h.${row.key}.${nth}.rate`, `${questions[row.key]}: ${label}`, rate, isDays ? 'days' : 'share'),
        ]),
      },
    },
  ];
}

function howCounted(sheet: FigureSheet, { since, contacted, contactedBy, replied }: HealthFindings): string[] {
  if (since === null) return ['No reply, meeting or outreach is in the data.'];
  return [
    `${sheet.number('contacted', 'Accounts contacted', contacted, 'count')} accounts ${contactedBy === 'outreach' ? 'were written to' : 'were touched first'} since ${sheet.day('since', 'First answer on record', since)}, the first such record, and had 14 days to answer; ${sheet.rate('replied', 'Replied at all', replied)} replied at all. An account counts once.`,
  ];
}

function textOf(sheet: FigureSheet, { rows }: HealthFindings): string {
  const known = rows.filter(({ value }) => value !== null && value.n > 0);
  if (known.length === 0)
    return `I cannot tell whether outreach works: no replies, meetings or won deals are in the data. They would come with ${brings.replies}.`;
  const say = (row: HealthRow) =>
    `${questions[row.key].toLowerCase()} ${figureOf(sheet, row)}: ${verdictOf(sheet, row)}`;
  const told = known.filter((row) => row.verdict !== 'cannot tell' || isBetween(row));
  const unknown = rows.length - told.length;
  return `${told.length === 0 ? 'Nothing about our outreach can be told for sure yet.' : `*Outreach*: ${told.map(say).join('; ')}.`}${unknown === 0 || told.length === 0 ? '' : ` I cannot tell about ${sheet.number('untold', 'Questions without an answer', unknown, 'count')} of ${sheet.number('asked', 'Questions', rows.length, 'count')} questions.`}`;
}
