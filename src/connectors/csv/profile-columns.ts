import { spreadSampleOf, typeByValues } from './guess-fields.ts';
import { dateReader, parseIsoDate, parseNumber } from './parse-values.ts';
import { openTable, type Table } from './read-table.ts';

/** What a sample of a column looks like. */
export interface ColumnProfile {
  name: string;
  /** The name without case, blanks and signs, for comparing: `Close Date` and `close_date` are one. */
  plain: string;
  /** Every cell of the sample, trimmed. */
  texts: readonly string[];
  /** Distinct known texts with how often each occurs, most frequent first. */
  words: ReadonlyMap<string, number>;
  known: number;
  isUnique: boolean;
  type: 'number' | 'flag' | 'category' | 'date';
  /** How its dates are written, where that is not ISO 8601. */
  dateFormat: string | null;
  /** Texts that seem to stand for "unknown". */
  unknown: readonly string[];
}

/** A file of a folder with its columns. */
export interface FileProfile {
  name: string;
  table: Table;
  rows: number;
  columns: readonly ColumnProfile[];
}

const unknownWords = new Set(['select', 'unknown', 'n/a', 'na', '#n/a', 'null', 'undefined', '-', '?', 'not set']);
const sentinels = ['-1', '99', '999', '9999', '99999'];

/** Looks at rows from all over a file, column by column. */
export async function profileFile(path: string, name: string): Promise<FileProfile> {
  const table = await openTable(path, name);
  const sample = await spreadSampleOf(table);
  const columns = [...table.columns].map(([column, at]) =>
    profileColumn(
      column,
      sample.map((cells) => (cells[at] ?? '').trim()),
    ),
  );
  return { name, table, rows: sample.length, columns };
}

/** A name without case, blanks and signs. */
export const plainName = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

function profileColumn(name: string, texts: readonly string[]): ColumnProfile {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  const words = new Map([...counts].sort(([, a], [, b]) => b - a));
  const unknown = unknownOf(words);
  const spoken = texts.filter((text) => text !== '' && !unknown.includes(text));
  const format = spoken.length === 0 ? undefined : formatOf(spoken);
  return {
    name,
    plain: plainName(name),
    texts,
    words,
    known: spoken.length,
    isUnique: texts.length > 1 && counts.size === texts.length,
    type: format === undefined ? typeByValues(spoken.length === 0 ? texts : spoken) : 'date',
    dateFormat: format ?? null,
    unknown,
  };
}

function unknownOf(words: ReadonlyMap<string, number>): string[] {
  const spoken = [...words.keys()].filter((word) => unknownWords.has(word.toLowerCase()));
  const numbers = [...words.keys()].map(parseNumber).filter((value) => value !== null);
  const [largest = 0, next = 0] = [...numbers].sort((a, b) => b - a);
  // 999 far beyond every other value, and often, is not a measurement.
  const marker = [...words].find(
    ([word, count]) => sentinels.includes(word) && count > 20 && count > 0.02 * sum(words.values()),
  );
  const far =
    marker !== undefined &&
    (marker[0] === '-1' ? Math.min(...numbers) === -1 : largest === Number(marker[0]) && largest > 5 * next);
  return far && marker !== undefined ? [...spoken, marker[0]] : spoken;
}

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

const formats = [
  'mm/dd/yyyy',
  'dd/mm/yyyy',
  'dd.mm.yyyy',
  'dd-mm-yyyy',
  'yyyy/mm/dd',
  'dd-mon-yyyy',
  'mon dd, yyyy',
  'mm/dd/yy',
];

/** The way in which all of these are dates: `null` for ISO 8601, `undefined` where they are none. */
function formatOf(texts: readonly string[]): string | null | undefined {
  const sample = texts.slice(0, 500);
  if (sample.every((text) => parseIsoDate(text) !== null)) return null;
  return formats.find((format) => {
    const read = dateReader(format);
    return sample.every((text) => read(text) !== null);
  });
}
