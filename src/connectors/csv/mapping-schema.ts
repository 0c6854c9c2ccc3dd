import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { UsageError } from '../../errors.ts';
import { layers } from '../../icp/types.ts';
import { bundleColumns, requiredColumns, type TableName, tableNames } from './bundle-tables.ts';
import { knownFields } from './known-fields.ts';
import { dateFormat } from './parse-values.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const condition = z.strictObject({ column: z.string(), is: z.union([scalar, z.array(scalar)]) });
const types = ['number', 'category', 'flag', 'list'] as const;
const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written like 2026-01-31');

/** How one value of a record is made from a row: exactly one of the first seven keys, and what refines it. */
const longRecipe = z
  .strictObject({
    column: z.string(),
    text: z.string(),
    constant: scalar,
    order: z.literal(true),
    snapshot: z.literal(true),
    monthsBeforeSnapshot: z.string(),
    get first() {
      return z.array(recipe).min(1);
    },
    values: z.record(z.string(), scalar.nullable()),
    otherwise: scalar.nullable(),
    unknown: z.array(scalar),
    lookup: z.string(),
    take: z.string(),
    when: condition,
  })
  .partial()
  .refine((given) => origins.filter((key) => given[key] !== undefined).length === 1, {
    error: `a value needs exactly one of column, text, constant, order, snapshot, monthsBeforeSnapshot, first`,
  })
  .refine((given) => (given.lookup === undefined) === (given.take === undefined), {
    error: 'lookup names the table and take the column of it: give both or neither',
  });
const origins = ['column', 'text', 'constant', 'order', 'snapshot', 'monthsBeforeSnapshot', 'first'] as const;
const recipe: z.ZodType<Recipe> = z.lazy(() => z.union([z.string(), longRecipe]));

const feature = z.strictObject({
  from: recipe,
  layer: z.enum(layers),
  type: z.enum(types),
  label: z.string().optional(),
});

const file = z
  .strictObject({
    file: z.string(),
    feeds: z.enum(tableNames),
    delimiter: z.string().length(1).optional(),
    columns: z.record(z.string(), recipe),
    features: z.record(z.string().min(1), feature).default({}),
    more: z.record(z.string().min(1), recipe).default({}),
    leaveOut: z.record(z.string(), z.string()).default({}),
    unknown: z.array(scalar).default([]),
    only: condition.optional(),
    repeatWins: z.literal('expansion').optional(),
  })
  .superRefine((given, context) => {
    const legal = [...bundleColumns[given.feeds], ...(given.feeds === 'accounts' ? Object.keys(knownFields) : [])];
    for (const target of Object.keys(given.columns)) {
      if (legal.includes(target)) continue;
      const message = `${given.feeds} has no column "${target}"; it is one of ${legal.join(', ')}`;
      context.addIssue({ code: 'custom', path: ['columns', target], message });
    }
    for (const target of requiredColumns[given.feeds]) {
      if (target in given.columns) continue;
      context.addIssue({ code: 'custom', path: ['columns'], message: `${given.feeds} needs ${target}` });
    }
    if (given.feeds !== 'accounts' && Object.keys(given.features).length > 0) {
      context.addIssue({ code: 'custom', path: ['features'], message: 'features are of accounts; use more' });
    }
    if (given.feeds !== 'opportunities' && given.repeatWins !== undefined) {
      context.addIssue({ code: 'custom', path: ['repeatWins'], message: 'only opportunities have repeat wins' });
    }
  });

export const mappingSchema = z.strictObject({
  book: z.string().min(1),
  time: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('order'), by: z.string() }),
    z.strictObject({
      kind: z.literal('dates'),
      formats: z.array(z.string().regex(dateFormat, 'a format is written with yyyy, yy, mm, mon and dd')).default([]),
      snapshot: isoDay.optional(),
    }),
  ]),
  unknown: z.array(scalar).default([]),
  lookups: z.record(z.string(), z.strictObject({ file: z.string(), key: z.string() })).default({}),
  files: z.array(file).min(1),
  ignore: z.array(z.string()).default([]),
});

export interface LongRecipe {
  column?: string | undefined;
  text?: string | undefined;
  constant?: string | number | boolean | undefined;
  order?: true | undefined;
  snapshot?: true | undefined;
  monthsBeforeSnapshot?: string | undefined;
  first?: Recipe[] | undefined;
  values?: Record<string, string | number | boolean | null> | undefined;
  otherwise?: string | number | boolean | null | undefined;
  unknown?: (string | number | boolean)[] | undefined;
  lookup?: string | undefined;
  take?: string | undefined;
  when?: Condition | undefined;
}
export type Recipe = string | LongRecipe;
export type Condition = z.infer<typeof condition>;
export type Mapping = z.infer<typeof mappingSchema>;
export type MappedFile = Mapping['files'][number] & { feeds: TableName };

/**
 * Reads a mapping file, YAML or JSON.
 *
 * @throws {UsageError} naming the key, what is wrong with it and what may stand there
 */
export async function loadMapping(path: string): Promise<Mapping> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`the mapping file ${path} cannot be read; check the path`, { cause: error });
  }
  return parseMapping(text, path);
}

/** The same for the text of a mapping; `name` is for messages. */
export function parseMapping(text: string, name: string): Mapping {
  // JSON is YAML too, so that one reader serves both.
  const document = parseDocument(text);
  const broken = document.errors[0];
  if (broken !== undefined) {
    throw new UsageError(`the mapping ${name} is not YAML or JSON: ${broken.message.split('\n')[0]}`, {
      cause: broken,
    });
  }
  const parsed = mappingSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.flatMap((issue) => complaintsOf(issue, []));
  throw new UsageError(`the mapping ${name} needs mending: ${complaints.join('; ')}`, { cause: parsed.error });
}

/** An issue in words, with the key it is about. Of a value that may be short or long, the long form is what was meant. */
function complaintsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): string[] {
  const path = [...above, ...issue.path];
  const where = path.map(String).join('.') || 'the file';
  if (issue.code === 'invalid_union') {
    const meant = issue.errors.at(-1) ?? [];
    if (meant.length > 0 && !meant.some(({ code, path: inner }) => code === 'invalid_type' && inner.length === 0)) {
      return meant.flatMap((inner) => complaintsOf(inner, path));
    }
    return [`${where}: write the name of a column, or a value with column, text, constant, order, snapshot or first`];
  }
  return [`${where}: ${issue.message}`];
}
