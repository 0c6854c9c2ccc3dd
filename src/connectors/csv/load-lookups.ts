import { join } from 'node:path';
import { UsageError } from '../../errors.ts';
import type { Mapping } from './mapping-schema.ts';
import { openTable } from './read-table.ts';

/** A small table that others look values up in: its rows by key, in lower case. The first row of a key counts. */
export interface Lookup {
  columns: ReadonlyMap<string, number>;
  rows: ReadonlyMap<string, readonly string[]>;
}

/** Loads the tables that a mapping looks values up in. They are held in memory: a few thousand rows, not millions. */
export async function loadLookups(directory: string, mapping: Mapping): Promise<Map<string, Lookup>> {
  const lookups = new Map<string, Lookup>();
  for (const [name, { file, key }] of Object.entries(mapping.lookups)) {
    const table = await openTable(join(directory, file), file);
    const keyAt = table.columns.get(key);
    if (keyAt === undefined) {
      const there = [...table.columns.keys()].join(', ');
      throw new UsageError(`lookup "${name}" needs the column "${key}" in ${file}, and there is ${there || 'none'}`);
    }
    const rows = new Map<string, readonly string[]>();
    for await (const batch of table.rows()) {
      for (const { cells, problem } of batch) {
        const value = cells[keyAt]?.trim().toLowerCase() ?? '';
        if (problem === null && value !== '' && !rows.has(value)) rows.set(value, cells);
      }
    }
    lookups.set(name, { columns: table.columns, rows });
  }
  return lookups;
}
