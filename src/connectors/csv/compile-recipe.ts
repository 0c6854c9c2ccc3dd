import { UsageError } from '../../errors.ts';
import type { Lookup } from './load-lookups.ts';
import type { Condition, Recipe } from './mapping-schema.ts';

/** A row as recipes see it. */
export interface RecipeRow {
  cells: readonly string[];
  /** Place of the row below the header, from 1. */
  number: number;
}

export type Value = (row: RecipeRow) => string | null;

/** What recipes refer to beside the row. */
export interface RecipeContext {
  file: string;
  columns: ReadonlyMap<string, number>;
  /** Texts that mean "unknown" in this file, in lower case. */
  unknown: ReadonlySet<string>;
  lookups: ReadonlyMap<string, Lookup>;
  /** The column that holds a row's place in time, `row` for the order of the rows, `null` where there are dates. */
  orderBy: string | null;
  snapshot: string | null;
}

/**
 * Turns a mapping's recipe for a value into a function of the row. Blank and unknown are `null`.
 *
 * @throws {UsageError} where the recipe names a column or lookup that is not there
 */
export function compileRecipe(recipe: Recipe, context: RecipeContext): Value {
  if (typeof recipe === 'string') return cellOf(recipe, context, context.unknown);
  const value = refined(recipe, context, origin(recipe, context));
  if (recipe.when === undefined) return value;
  const holds = compileCondition(recipe.when, context);
  return (row) => (holds(row) ? value(row) : null);
}

/** Whether a row's cell is one of the words of a condition, in any case. */
export function compileCondition(condition: Condition, context: RecipeContext): (row: RecipeRow) => boolean {
  const words = new Set([condition.is].flat().map((word) => lower(word)));
  const cell = cellOf(condition.column, context, new Set());
  return (row) => words.has((cell(row) ?? '').toLowerCase());
}

function origin(recipe: Exclude<Recipe, string>, context: RecipeContext): Value {
  if (recipe.column !== undefined) {
    const unknown = new Set([...context.unknown, ...(recipe.unknown ?? []).map(lower)]);
    return cellOf(recipe.column, context, unknown);
  }
  if (recipe.text !== undefined) return template(recipe.text, context);
  if (recipe.constant !== undefined) return () => String(recipe.constant);
  if (recipe.order === true) return position(context);
  if (recipe.snapshot === true) {
    const day = snapshotOf(context);
    return () => day;
  }
  if (recipe.monthsBeforeSnapshot !== undefined) return monthsBefore(recipe.monthsBeforeSnapshot, context);
  const choices = (recipe.first ?? []).map((choice) => compileRecipe(choice, context));
  return (row) => {
    for (const choice of choices) {
      const value = choice(row);
      if (value !== null) return value;
    }
    return null;
  };
}

/** Applies translations, then the lookup. */
function refined(recipe: Exclude<Recipe, string>, context: RecipeContext, value: Value): Value {
  const words = new Map(Object.entries(recipe.values ?? {}).map(([from, to]) => [from.toLowerCase(), to]));
  const translated: Value =
    words.size === 0 && recipe.otherwise === undefined
      ? value
      : (row) => {
          const text = value(row);
          if (text === null) return null;
          const known = words.get(text.toLowerCase());
          const to = known === undefined ? (recipe.otherwise === undefined ? text : recipe.otherwise) : known;
          return to === null ? null : String(to);
        };
  if (recipe.lookup === undefined) return translated;
  const lookup = context.lookups.get(recipe.lookup);
  const column = lookup?.columns.get(recipe.take ?? '');
  if (lookup === undefined || column === undefined) {
    const there = lookup === undefined ? [...context.lookups.keys()] : [...lookup.columns.keys()];
    const wanted =
      lookup === undefined ? `lookup "${recipe.lookup}"` : `column "${recipe.take}" of lookup "${recipe.lookup}"`;
    throw new UsageError(`the mapping of ${context.file} needs ${wanted}, and there is ${listed(there)}`);
  }
  return (row) => {
    const key = translated(row)?.toLowerCase();
    const found = key === undefined ? undefined : lookup.rows.get(key)?.[column]?.trim();
    return found === undefined || context.unknown.has(found.toLowerCase()) ? null : found;
  };
}

function cellOf(column: string, context: RecipeContext, unknown: ReadonlySet<string>): Value {
  const index = indexOf(column, context);
  return (row) => {
    const text = row.cells[index]?.trim() ?? '';
    return text === '' || unknown.has(text.toLowerCase()) ? null : text;
  };
}

function indexOf(column: string, context: RecipeContext): number {
  const index = context.columns.get(column);
  if (index !== undefined) return index;
  throw new UsageError(
    `the mapping of ${context.file} needs the column "${column}", and the file has ${listed([...context.columns.keys()])}; correct the mapping or the file`,
  );
}

/** `Lead {Lead Number}`: the cells named in braces, `{#}` for the row's number. Unknown where one of them is. */
function template(text: string, context: RecipeContext): Value {
  const parts = text.split(/\{([^}]+)\}/).map((part, at): Value => {
    if (at % 2 === 0) return () => part;
    return part === '#' ? (row) => String(row.number) : cellOf(part, context, context.unknown);
  });
  return (row) => {
    const values = parts.map((part) => part(row));
    return values.includes(null) ? null : values.join('');
  };
}

/**
 * The place of a row in time where there are no dates, as an instant: place 7 is seven milliseconds after 1970 began.
 *
 * All places lie decades back, so that no row is ever "too young"; no date made this way is shown to a person.
 */
function position(context: RecipeContext): Value {
  if (context.orderBy === null) {
    throw new UsageError(`the mapping of ${context.file} uses order, and its time has dates; set time.kind to order`);
  }
  if (context.orderBy === 'row') return (row) => new Date(row.number).toISOString();
  const cell = cellOf(context.orderBy, context, new Set());
  return (row) => {
    const digits = cell(row)?.replaceAll(/\D/g, '') ?? '';
    const place = digits === '' ? Number.NaN : Number(digits);
    // A cell that is no place is handed on as it is, and the date reader complains about it by name.
    return place <= 8.64e14 ? new Date(place).toISOString() : cell(row);
  };
}

function snapshotOf(context: RecipeContext): string {
  if (context.snapshot !== null) return context.snapshot;
  throw new UsageError(`the mapping of ${context.file} counts back from the snapshot; set time.snapshot to its day`);
}

function monthsBefore(column: string, context: RecipeContext): Value {
  const [year = 0, month = 0, day = 0] = snapshotOf(context).split('-').map(Number);
  const cell = cellOf(column, context, context.unknown);
  return (row) => {
    const text = cell(row);
    const months = Number(text);
    if (text === null || !Number.isInteger(months) || months < 0) return text;
    const lastDay = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
    return new Date(Date.UTC(year, month - 1 - months, Math.min(day, lastDay))).toISOString();
  };
}

const lower = (word: string | number | boolean) => String(word).toLowerCase();
const listed = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ') || 'none';
