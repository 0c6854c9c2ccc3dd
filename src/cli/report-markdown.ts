import { fillIn, formatDate, formatFigure } from '../questions/format-figure.ts';
import type { ReportCard, ReportSection } from '../questions/report-card.ts';
import type { Answer, Figure } from '../questions/types.ts';

/** A report as a Markdown document that stands by itself: title, sections, tables, and where every figure is from. */
export function reportMarkdown({ text, figures, card, receipt, asOf }: Answer<ReportCard>): string {
  const fill = (words: string) => filled(words, figures);
  const blocks = [
    `# ${escaped(card.title)}`,
    fill(text),
    ...card.sections.flatMap((section) => sectionBlocks(section, fill)),
    '---',
    `As of ${formatDate(asOf)}. Every figure here stands under the receipt \`${receipt}\`: \`lodestar receipt ${receipt}\` works each out again.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function sectionBlocks({ heading, lines, table }: ReportSection, fill: (words: string) => string): string[] {
  return [
    ...(heading === null ? [] : [`## ${escaped(heading)}`]),
    ...(lines.length === 0 ? [] : [lines.map((line) => `- ${fill(line)}`).join('\n')]),
    ...(table === null
      ? []
      : [
          [table.columns.map(escaped), table.columns.map(() => '---'), ...table.rows.map((row) => row.map(fill))]
            .map((cells) => `| ${cells.join(' | ')} |`)
            .join('\n'),
        ]),
  ];
}

/** Emphasis is ours and becomes bold; what comes from figures is words, whatever signs are in it. */
function filled(words: string, figures: readonly Figure[]): string {
  const bold = words.replace(/\*([^*\n]+)\*/g, '**$1**');
  return fillIn(bold, figures, (figure) => escaped(formatFigure(figure)));
}

/**
 * Words as Markdown shows them: no sign in them means anything, and no line breaks a table.
 *
 * @example escaped('a|b *c* <d>'); // => 'a\\|b \\*c\\* \\<d>'
 */
export function escaped(words: string): string {
  return words.replace(/[\\`*_[\]<|#~]/g, '\\$&').replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
}
