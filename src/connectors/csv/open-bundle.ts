import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { IcpError, UsageError } from '../../errors.ts';
import type { Instant } from '../../icp/types.ts';
import type { Source, SourceFile } from '../ports.ts';
import { requiredColumns, type TableName, tableNames } from './bundle-tables.ts';
import { contentHash } from './content-hash.ts';
import type { Mapping } from './mapping-schema.ts';
import { openForeignFolder } from './open-foreign-folder.ts';
import { openStandardBundle } from './open-standard-bundle.ts';
import { openTable } from './read-table.ts';

/**
 * Opens a folder of CSV files as a source: a bundle as it is, any other folder through a mapping.
 *
 * @param options.now dates of what has happened may not lie after it
 * @param options.book the book of business of a bundle (`main` if not given); a mapping names its own
 * @throws {UsageError} where the folder is not there, is no bundle and has no mapping, or the mapping does not fit it
 */
export async function openBundle(
  directory: string,
  options: { mapping?: Mapping | undefined; now: Instant; book?: string | undefined },
): Promise<Source> {
  const names = await filesOf(directory);
  const { mapping, now, book = 'main' } = options;
  const reading =
    mapping === undefined
      ? await openStandardBundle(directory, names, now)
      : await openForeignFolder(directory, names, mapping, now);
  if (mapping === undefined && reading.read.size === 0) {
    throw new IcpError(
      'unknown_folder',
      `${directory} holds no file of a bundle (${tableNames.map((name) => `${name}.csv`).join(', ')}); name a mapping file with --mapping`,
    );
  }
  const unknown = names.filter((name) => isTable(name) && !reading.read.has(name)).map(unreadFile);
  const paths = names.filter(isTable).map((name) => ({ name, path: join(directory, name) }));
  return {
    book: mapping?.book ?? book,
    label: `bundle ${basename(directory)}`,
    timeKind: mapping?.time.kind ?? 'dates',
    clock:
      mapping?.time.kind === 'dates' && mapping.time.snapshot !== undefined ? Date.parse(mapping.time.snapshot) : null,
    contentHash: await contentHash(paths, mapping ?? null),
    fields: reading.fields,
    files: [...reading.files, ...unknown],
    estimatedRows: null,
  };
}

/** Whether a folder can be read without a mapping: one of its files has the name and the columns of a bundle's. */
export async function isBundle(directory: string): Promise<boolean> {
  for (const name of await filesOf(directory)) {
    const table = tableNames.find((one) => name === `${one}.csv`);
    if (table !== undefined && (await hasRequired(directory, table))) return true;
  }
  return false;
}

async function hasRequired(directory: string, table: TableName): Promise<boolean> {
  const { columns } = await openTable(join(directory, `${table}.csv`), `${table}.csv`);
  return requiredColumns[table].every((column) => columns.has(column));
}

async function filesOf(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    throw new UsageError(`an import needs a folder, and ${directory} cannot be read; check the path`, { cause: error });
  }
}

const isTable = (name: string) => ['.csv', '.tsv'].includes(extname(name).toLowerCase());

function unreadFile(name: string): SourceFile {
  const reason = 'the file is no part of a bundle and no mapping names it; it is not read';
  return {
    name,
    async *rows({ after }) {
      if (after === 0) yield { line: 1, records: [], setAside: [{ file: name, line: 1, reason, excerpt: '' }] };
    },
  };
}
