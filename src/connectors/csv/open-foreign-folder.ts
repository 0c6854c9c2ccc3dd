import { join } from 'node:path';
import { UsageError } from '../../errors.ts';
import type { Instant } from '../../icp/types.ts';
import type { FieldDeclaration, SourceFile } from '../ports.ts';
import { tableNames } from './bundle-tables.ts';
import type { RecipeContext } from './compile-recipe.ts';
import { guessField } from './guess-fields.ts';
import { knownFields } from './known-fields.ts';
import { loadLookups } from './load-lookups.ts';
import { mappedFile, typeOfFields } from './mapped-file.ts';
import type { Mapping, Recipe } from './mapping-schema.ts';
import type { FolderReading } from './open-standard-bundle.ts';
import { dateReader } from './parse-values.ts';
import { openTable, type Table } from './read-table.ts';

/** Reads a folder of any shape through a mapping. */
export async function openForeignFolder(
  directory: string,
  names: readonly string[],
  mapping: Mapping,
  now: Instant,
): Promise<FolderReading> {
  const lookupFiles = Object.values(mapping.lookups).map(({ file }) => file);
  for (const file of [...mapping.files.map(({ file }) => file), ...lookupFiles]) {
    if (names.includes(file)) continue;
    throw new UsageError(`the mapping needs ${file} in ${directory}, and there is ${names.join(', ')}`);
  }
  const lookups = await loadLookups(directory, mapping);
  const fields = declareFields(mapping);
  const dateReaders = mapping.time.kind === 'dates' ? mapping.time.formats.map(dateReader) : [];
  const rules = { now, dateReaders, typeOf: typeOfFields(fields) };
  const ordered = [...mapping.files].sort((a, b) => tableNames.indexOf(a.feeds) - tableNames.indexOf(b.feeds));
  const files: SourceFile[] = [];
  for (const mapped of ordered) {
    const table = await openTable(
      join(directory, mapped.file),
      mapped.file,
      mapped.delimiter === undefined ? {} : { delimiter: mapped.delimiter },
    );
    const context: RecipeContext = {
      file: mapped.file,
      columns: table.columns,
      unknown: new Set([...mapping.unknown, ...mapped.unknown].map((word) => String(word).toLowerCase())),
      lookups,
      orderBy: mapping.time.kind === 'order' ? mapping.time.by : null,
      snapshot: mapping.time.kind === 'dates' ? (mapping.time.snapshot ?? null) : null,
    };
    const { known, attributes } = splitColumns(mapped.columns);
    const features = Object.fromEntries(Object.entries(mapped.features).map(([field, { from }]) => [field, from]));
    const reading = {
      feeds: mapped.feeds,
      columns: known,
      further: { ...attributes, ...features, ...mapped.more },
      only: mapped.only,
      repeatWins: mapped.repeatWins === 'expansion',
    };
    const first = mapping.files.find(({ file }) => file === mapped.file) === mapped;
    const sameFile = mapping.files.filter(({ file }) => file === mapped.file).length > 1;
    const noted = { ...table, notes: first ? [...table.notes, ...unnamedColumns(table, mapping)] : [] };
    const file = mappedFile(noted, reading, context, rules);
    files.push(sameFile ? { ...file, name: `${mapped.file} (${mapped.feeds})` } : file);
  }
  return {
    files,
    fields,
    read: new Set([...mapping.files.map(({ file }) => file), ...lookupFiles, ...mapping.ignore]),
  };
}

/** Attributes of an account stand among a mapping's columns too; they are values of the record. */
function splitColumns(columns: Readonly<Record<string, Recipe>>) {
  const all = Object.entries(columns);
  return {
    known: Object.fromEntries(all.filter(([target]) => knownFields[target] === undefined)),
    attributes: Object.fromEntries(all.filter(([target]) => knownFields[target] !== undefined)),
  };
}

function declareFields(mapping: Mapping): FieldDeclaration[] {
  const fields = new Map<string, FieldDeclaration>();
  for (const { feeds, columns, features, leaveOut } of mapping.files) {
    if (feeds === 'accounts') {
      for (const target of Object.keys(columns)) if (target in knownFields) fields.set(target, guessField(target, []));
    }
    for (const [field, { layer, type, label }] of Object.entries(features)) {
      fields.set(field, { field, layer, type, leftOut: null, ...(label === undefined ? {} : { label }) });
    }
    for (const [column, reason] of Object.entries(leaveOut)) {
      fields.set(column, { ...guessField(column, []), leftOut: reason });
    }
  }
  return [...fields.values()];
}

/** Columns of a file that the mapping says nothing about: they are not read, and somebody should know. */
function unnamedColumns(table: Table, mapping: Mapping) {
  const named = new Set<string>(mapping.time.kind === 'order' ? [mapping.time.by] : []);
  for (const file of mapping.files.filter((one) => one.file === table.name)) {
    for (const column of Object.keys(file.leaveOut)) named.add(column);
    if (file.only !== undefined) named.add(file.only.column);
    const features = Object.values(file.features).map(({ from }) => from);
    for (const recipe of [...Object.values(file.columns), ...features, ...Object.values(file.more)]) {
      for (const column of columnsOf(recipe)) named.add(column);
    }
  }
  const unnamed = [...table.columns.keys()].filter((column) => !named.has(column));
  if (unnamed.length === 0) return [];
  const reason = `the mapping does not name ${unnamed.map((column) => `"${column}"`).join(', ')}: not read; add them under features, more or leaveOut`;
  return [{ file: table.name, line: 1, reason, excerpt: '' }];
}

function columnsOf(recipe: Recipe): string[] {
  if (typeof recipe === 'string') return [recipe];
  const braces = [...(recipe.text ?? '').matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
  const single = [recipe.column, recipe.monthsBeforeSnapshot, recipe.when?.column].filter(
    (column) => column !== undefined,
  );
  return [...braces, ...single, ...(recipe.first ?? []).flatMap(columnsOf)];
}
