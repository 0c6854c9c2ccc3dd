import type { ReportCard } from '../report-card.ts';

const mostRows = 20;

/** A report as lines that name figures as `{{key}}`, for whoever reads and cannot look: a language model. */
export function reportLines({ sections }: Pick<ReportCard, 'sections'>): string[] {
  return sections.flatMap(({ heading, lines, table }) => [
    ...(heading === null ? [] : [`${heading}:`]),
    ...lines.map((line) => `- ${line}`),
    ...(table === null
      ? []
      : table.rows
          .slice(0, mostRows)
          .map((row) => `- ${row.map((cell, nth) => `${table.columns[nth] ?? ''} ${cell}`.trim()).join('; ')}`)),
  ]);
}
