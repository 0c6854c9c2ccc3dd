import type { BundleRecord, RecordOf } from '../../icp/records.ts';
import type { FieldDeclaration, SourceFile, SourceRow } from '../ports.ts';
import { recordOf, type TableName } from './bundle-tables.ts';
import { compileCondition, compileRecipe, type RecipeContext, type RecipeRow } from './compile-recipe.ts';
import { excerptOf } from './decode-cells.ts';
import { fieldReader, type ReadingRules } from './field-reader.ts';
import type { Condition, Recipe } from './mapping-schema.ts';
import type { Table, TableRow } from './read-table.ts';
import { type FirstWins, findFirstWins, typeByWins } from './repeat-wins.ts';

/** How the rows of a file become records of one table of the bundle. */
export interface FileReading {
  feeds: TableName;
  columns: Readonly<Record<string, Recipe>>;
  /** Values beyond the known columns, by field. */
  further: Readonly<Record<string, Recipe>>;
  only: Condition | undefined;
  repeatWins: boolean;
}

/** A source file whose rows are read as records. A note on the file itself comes as a row of line 1. */
export function mappedFile(
  table: Table,
  reading: FileReading,
  context: RecipeContext,
  rules: ReadingRules,
): SourceFile {
  const read = compileReading(table.name, reading, context, rules);
  return {
    name: table.name,
    async *rows({ after }) {
      const firstWins = reading.repeatWins ? await findFirstWins(opportunitiesOf(table, read)) : null;
      let done = 0;
      for (const note of table.notes) {
        done += 1;
        if (done > after) yield { line: 1, records: [], setAside: [note] };
      }
      const before = done;
      for await (const batch of table.rows()) {
        for (const row of batch) {
          done += 1;
          if (done > after) yield read(row, done - before, firstWins);
        }
      }
      if (done === before && table.columns.size > 0) {
        const reason = 'the file has a header and no rows';
        if (done + 1 > after)
          yield { line: 1, records: [], setAside: [{ file: table.name, line: 1, reason, excerpt: '' }] };
      }
    },
  };
}

type ReadRow = (row: TableRow, number: number, firstWins: FirstWins | null) => SourceRow;

function compileReading(name: string, reading: FileReading, context: RecipeContext, rules: ReadingRules): ReadRow {
  const columns = new Map(
    Object.entries(reading.columns).map(([target, recipe]) => [target, compileRecipe(recipe, context)]),
  );
  const further = Object.entries(reading.further).map(
    ([field, recipe]) => [field, compileRecipe(recipe, context)] as const,
  );
  const holds = reading.only === undefined ? () => true : compileCondition(reading.only, context);
  return (row, number, firstWins) => {
    const { line, cells, problem } = row;
    const asideFor = (reason: string) => ({ file: name, line, reason, excerpt: excerptOf(row.excerpt) });
    if (problem !== null) return { line, records: [], setAside: [asideFor(problem)] };
    const source: RecipeRow = { cells, number };
    if (!holds(source)) return { line, records: [], setAside: [] };
    const reader = fieldReader(
      rules,
      (target) => columns.get(target)?.(source) ?? null,
      () => further.map(([field, value]) => [field, value(source)] as const),
    );
    const record = recordOf[reading.feeds](reader);
    if (reader.problems.length > 0) return { line, records: [], setAside: [asideFor(reader.problems.join('; '))] };
    const typed =
      firstWins !== null && record.kind === 'opportunity' ? { ...record, type: typeByWins(record, firstWins) } : record;
    return { line, records: [typed], setAside: reader.flaws.map(asideFor) };
  };
}

async function* opportunitiesOf(table: Table, read: ReadRow): AsyncGenerator<RecordOf<'opportunity'>> {
  let number = 0;
  for await (const batch of table.rows()) {
    for (const row of batch) {
      number += 1;
      for (const record of read(row, number, null).records) if (isOpportunity(record)) yield record;
    }
  }
}

const isOpportunity = (record: BundleRecord): record is RecordOf<'opportunity'> => record.kind === 'opportunity';

/** The type of a field as declared; what nobody declared is text. */
export function typeOfFields(fields: readonly FieldDeclaration[]): (field: string) => FieldDeclaration['type'] {
  const types = new Map(fields.map(({ field, type }) => [field, type]));
  return (field) => types.get(field) ?? 'category';
}
