import type { FieldDeclaration } from '../ports.ts';
import { knownFields, layerByName } from './known-fields.ts';
import { parseFlag, parseNumber } from './parse-values.ts';
import type { Table } from './read-table.ts';

const sampleRows = 4_000;

/** The first rows of a table that can be read. */
export async function sampleOf(table: Table): Promise<(readonly string[])[]> {
  const sample: (readonly string[])[] = [];
  for await (const batch of table.rows()) {
    for (const { cells, problem } of batch) if (problem === null) sample.push(cells);
    if (sample.length >= sampleRows) break;
  }
  return sample.slice(0, sampleRows);
}

/** Rows from all over a table: every row of a small one, every second, fourth, ... of a larger one. */
export async function spreadSampleOf(table: Table): Promise<(readonly string[])[]> {
  let sample: (readonly string[])[] = [];
  let stride = 1;
  let row = 0;
  for await (const batch of table.rows()) {
    for (const { cells, problem } of batch) {
      if (problem === null && row % stride === 0) sample.push(cells);
      row += 1;
      if (sample.length <= 2 * sampleRows) continue;
      sample = sample.filter((_, at) => at % 2 === 0);
      stride *= 2;
    }
  }
  return sample;
}

/**
 * What a column's values look like: numbers, yes and no, or words.
 *
 * @example typeByValues(['12', '', '7.5']); // => 'number'
 * @example typeByValues(['Yes', 'No', '']); // => 'flag'
 */
export function typeByValues(texts: readonly string[]): 'number' | 'flag' | 'category' {
  const known = texts.map((text) => text.trim()).filter((text) => text !== '');
  if (known.length === 0) return 'category';
  const distinct = new Set(known.map((text) => text.toLowerCase()));
  if (distinct.size <= 2 && known.every((text) => parseFlag(text) !== null)) return 'flag';
  const numbers = known.filter((text) => parseNumber(text) !== null).length;
  return numbers >= 0.95 * known.length ? 'number' : 'category';
}

/** A declaration for a field that nobody declared, from its name and its values. */
export function guessField(field: string, texts: readonly string[]): FieldDeclaration {
  const known = knownFields[field];
  if (known !== undefined) {
    const [layer, type, label] = known;
    return { field, layer, type, label, leftOut: null };
  }
  return { field, layer: layerByName(field), type: typeByValues(texts), label: labelOf(field), leftOut: null };
}

/**
 * A column's name as words.
 *
 * @example labelOf('page_views'); // => 'Page views'
 */
export function labelOf(column: string): string {
  const words = column
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.\s]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
