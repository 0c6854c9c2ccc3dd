import type { Grade } from './grade.ts';

/** A grade as a table of plain text, inventions below it. */
export function gradeTable({ lines, invented, found, missed, notLookedFor }: Grade): string {
  const rows = lines.map(({ kind, what, verdict, evidence }) => [kind, what, verdict, evidence]);
  const told = [
    `${found} of ${found + missed} planted things found`,
    ...(notLookedFor > 0 ? [`${notLookedFor} not looked for`] : []),
    `${invented.length === 0 ? 'nothing' : invented.length} invented`,
  ];
  return [
    ...aligned([['planted', 'what', 'verdict', 'evidence'], ...rows]),
    ...(invented.length === 0
      ? []
      : [
          '',
          ...aligned([
            ['invented', 'what', 'evidence'],
            ...invented.map((each) => [each.family, each.what, each.evidence]),
          ]),
        ]),
    '',
    told.join(', '),
  ].join('\n');
}

/** Rows with their columns under one another; the last one is as long as it likes. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
