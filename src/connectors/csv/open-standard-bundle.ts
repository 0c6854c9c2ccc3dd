import { join } from 'node:path';
import type { Instant } from '../../icp/types.ts';
import type { FieldDeclaration, SourceFile } from '../ports.ts';
import { bundleColumns, requiredColumns, type TableName, tableNames } from './bundle-tables.ts';
import type { RecipeContext } from './compile-recipe.ts';
import { guessField, sampleOf } from './guess-fields.ts';
import { mappedFile, notesOnly, typeOfFields } from './mapped-file.ts';
import { openTable, type Table } from './read-table.ts';

/** What a way of reading a folder finds in it. */
export interface FolderReading {
  files: SourceFile[];
  fields: FieldDeclaration[];
  /** Names of the files that it makes use of. */
  read: Set<string>;
}

/** Reads a folder whose files are a bundle's: every column under its own name, further columns as fields of their own. */
export async function openStandardBundle(
  directory: string,
  names: readonly string[],
  now: Instant,
): Promise<FolderReading> {
  const present = tableNames.filter((table) => names.includes(`${table}.csv`));
  const tables = new Map<TableName, Table>();
  for (const table of present) tables.set(table, await openTable(join(directory, `${table}.csv`), `${table}.csv`));
  const fields = await declareFields(tables);
  const rules = { now, dateReaders: [], typeOf: typeOfFields(fields) };
  const files = [...tables].map(([feeds, table]) => {
    const missing = requiredColumns[feeds].filter((column) => !table.columns.has(column));
    if (missing.length > 0) return unusable(table, missing);
    const known: readonly string[] = bundleColumns[feeds];
    const mine = [...table.columns.keys()];
    const identity = (columns: readonly string[]) => Object.fromEntries(columns.map((column) => [column, column]));
    const reading = {
      feeds,
      columns: identity(mine.filter((column) => known.includes(column))),
      further: identity(mine.filter((column) => !known.includes(column))),
      only: undefined,
      repeatWins: false,
      isSecond: false,
    };
    return mappedFile(table, reading, plainContext(table), rules);
  });
  return { files, fields, read: new Set([...tables.values()].map(({ name }) => name)) };
}

function plainContext({ name, columns }: Table): RecipeContext {
  return { file: name, columns, unknown: new Set(), lookups: new Map(), orderBy: null, snapshot: null };
}

/** Attributes of accounts: the further columns of the accounts, and the fields that observations tell the history of. */
async function declareFields(tables: ReadonlyMap<TableName, Table>): Promise<FieldDeclaration[]> {
  const texts = new Map<string, string[]>();
  const accounts = tables.get('accounts');
  if (accounts !== undefined) {
    const core: readonly string[] = bundleColumns.accounts;
    const sample = await sampleOf(accounts);
    for (const [column, at] of accounts.columns) {
      if (!core.includes(column))
        texts.set(
          column,
          sample.map((cells) => cells[at] ?? ''),
        );
    }
  }
  const history = tables.get('observations');
  const observed = history === undefined ? [] : await observedFields(history);
  for (const [field, values] of observed) if (!texts.has(field)) texts.set(field, values);
  return [...texts].map(([field, values]) => guessField(field, values));
}

const fieldLimit = 2_000;
const valuesPerField = 500;

/** Every field that observations are of, with its first values. Reads the whole file: a field may come up late. */
async function observedFields(history: Table): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const fieldAt = history.columns.get('field') ?? -1;
  const valueAt = history.columns.get('value') ?? -1;
  for await (const batch of history.rows()) {
    for (const { cells } of batch) {
      const field = cells[fieldAt]?.trim() ?? '';
      const values = found.get(field);
      if (values !== undefined && values.length < valuesPerField) values.push(cells[valueAt] ?? '');
      else if (values === undefined && field !== '' && found.size < fieldLimit)
        found.set(field, [cells[valueAt] ?? '']);
    }
  }
  return found;
}

function unusable(table: Table, missing: readonly string[]): SourceFile {
  const there = [...table.columns.keys()].slice(0, 20).join(', ');
  const reason = `the file needs the column ${missing.join(' and ')}, and has ${there || 'none'}; nothing of it is read`;
  const notes = table.columns.size === 0 ? [...table.notes] : [{ file: table.name, line: 1, reason, excerpt: there }];
  return notesOnly(table.name, notes);
}
