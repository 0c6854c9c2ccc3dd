import type { KnownBlock } from '@slack/types';
import { fillIn, formatFigure } from '../../questions/format-figure.ts';
import type { ReportCard, ReportSection, ReportTable } from '../../questions/report-card.ts';
import type { Answer, Figure } from '../../questions/types.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { writeAccount } from '../buttons/button-value.ts';
import { actions, button, intoMessages, lineSections, type Message, type Picture, picture, section } from './blocks.ts';
import { provenance, said } from './provenance.ts';
import { plain, prose } from './text.ts';

const mostChoices = 4;
const mostRows = 30;
const longestCell = 120;
const longestLine = 1500;

/** What was found: the paragraph first, then the picture, then section by section. */
export function reportCard(answer: Answer<ReportCard>, drawn: Picture | null = null): Message[] {
  const { title, sections, choices, nameable, lapsed } = answer.card;
  const heading = plain(title, 150) || 'Report';
  return intoMessages(heading, [
    section(`*${heading}*\n${said(answer)}`),
    ...(drawn === null ? [] : [picture(drawn)]),
    ...sections.flatMap((each) => sectionBlocks(each, answer.figures)),
    provenance(answer),
    actions([
      button('Receipts', actionIds.receipts, answer.receipt),
      ...(nameable === undefined
        ? []
        : [button('Rename', actionIds.rename, writeAccount({ ...nameable, asOf: answer.asOf }))]),
      ...(lapsed === true ? [button('Acknowledge', actionIds.acknowledge, 'lapse')] : []),
      ...choices
        .slice(0, mostChoices)
        .map(({ label, question }, index) => button(label, numbered(actionIds.ask, index), question)),
    ]),
  ]);
}

function sectionBlocks({ heading, lines, table }: ReportSection, figures: readonly Figure[]): KnownBlock[] {
  const fill = (text: string) =>
    fillIn(prose(text), figures, (figure) => plain(formatFigure(figure), 600)).slice(0, longestLine);
  const title = heading === null ? [] : [`*${plain(heading, 150)}*`];
  // What the CRM left empty is no line: Slack refuses a section without text.
  const told = lines.map(fill).filter((line) => line.trim() !== '');
  return lineSections([...title, ...told, ...(table === null ? [] : tableLines(table, figures))]);
}

/** A table as lines: Slack shows them in any client, and a phone has no room for columns. */
function tableLines({ columns, rows }: ReportTable, figures: readonly Figure[]): string[] {
  const cell = (text: string) => plain(fillIn(text, figures), longestCell);
  const lines = rows.slice(0, mostRows).map(([first = '', ...rest]) => {
    const others = rest.map((text, nth) => `${plain(columns[nth + 1] ?? '', 40)} ${cell(text)}`.trim());
    return `• *${cell(first)}*${others.length === 0 ? '' : `: ${others.join(', ')}`}`;
  });
  return rows.length > mostRows ? [...lines, `and ${rows.length - mostRows} more`] : lines;
}
