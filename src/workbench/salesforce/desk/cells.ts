import type { Database } from '../org/database.ts';
import { show } from '../org/values.ts';
import type { Field } from '../schema/field.ts';
import type { Schema } from '../schema/schema.ts';
import { tabOf } from './tabs.ts';

/** Another record, as a link or a name. */
export interface Named {
  id: string;
  name: string;
  /** `null`: it has no page of its own. */
  object: string | null;
}

/** A value as the page has it; times are ISO 8601 with a `Z`. */
export type Cell = string | number | boolean | null | Named;

export interface Cells {
  of(field: Field, value: unknown): Cell;
  /** What an id stands for. */
  named(id: string): Named;
}

/** Stored values as people read them: an id is the record's name. */
export function createCells(database: Database, schema: Schema): Cells {
  const byPrefix = new Map([...schema.values()].map((object) => [object.prefix, object]));

  function named(id: string): Named {
    const object = byPrefix.get(id.slice(0, 3));
    if (object === undefined || !object.fields.has('name')) return { id, name: id, object: null };
    const found = database.sql.prepare(`SELECT "Name" AS name FROM "${object.name}" WHERE "Id" = ?`).get(id);
    const name = typeof found?.name === 'string' ? found.name : id;
    return { id, name, object: found !== undefined && tabOf(object.name) !== undefined ? object.name : null };
  }

  return {
    named,
    of(field, value) {
      if (value === null || value === undefined) return null;
      if (field.type === 'reference') return named(String(value));
      if (field.type === 'datetime') return new Date(Number(value)).toISOString();
      const shown = show(field, value);
      return typeof shown === 'object' ? null : shown;
    },
  };
}
