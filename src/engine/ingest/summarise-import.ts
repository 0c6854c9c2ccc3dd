import { sql } from 'drizzle-orm';
import type { SetAside } from '../../connectors/ports.ts';
import type { Store } from '../../store/store.ts';

/** What an import did, for the person who started it. */
export interface ImportSummary {
  book: string;
  importId: number;
  files: { name: string; rows: number; records: number; setAside: number }[];
  /** The first twenty things that were set aside. */
  setAside: SetAside[];
  /** The source says what it said before: nothing was done. */
  unchanged: boolean;
}

/**
 * Reads off the store what an import did.
 *
 * @param names the source's files in their order
 */
export async function summariseImport(
  store: Store,
  { book, importId, unchanged }: Pick<ImportSummary, 'book' | 'importId' | 'unchanged'>,
  names: readonly string[],
): Promise<ImportSummary> {
  // What is set aside on line 1 is about the file, not a row of it.
  const files = await store.rows<{ name: string; rows: number; records: number; aside: number }>(
    sql`select f.file as name, f.rows_done - count(s.line)::int as rows, f.records, f.set_aside as aside
        from import_files f left join set_aside s on s.import_id = f.import_id and s.file = f.file and s.line = 1
        where f.import_id = ${importId}::int group by f.file, f.rows_done, f.records, f.set_aside`,
  );
  const setAside = await store.rows<{ file: string; line: number; reason: string; excerpt: string }>(
    sql`select file, line, reason, excerpt from set_aside
        where import_id = ${importId}::int order by file, line, nth limit 20`,
  );
  return {
    book,
    importId,
    files: files
      .map(({ name, rows, records, aside }) => ({ name, rows, records, setAside: aside }))
      .sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name)),
    setAside,
    unchanged,
  };
}
