import { sql } from 'drizzle-orm';
import type { SetAside } from '../../connectors/ports.ts';
import type { Store } from '../../store/store.ts';

/** How far a file is read: rows, records made of them, and what was set aside. */
export interface FileProgress {
  rows: number;
  records: number;
  setAside: number;
  finished: boolean;
}

/** How far an earlier run came with a file. */
export async function fileProgress(store: Store, importId: number, file: string): Promise<FileProgress> {
  const [row] = await store.rows<{ rows: number; records: number; aside: number; finished: boolean }>(
    sql`select rows_done as rows, records, set_aside as aside, finished
        from import_files where import_id = ${importId}::int and file = ${file}`,
  );
  const { rows = 0, records = 0, aside = 0, finished = false } = row ?? {};
  return { rows, records, setAside: aside, finished };
}

/** Notes how far a file is read; belongs in the transaction that wrote the rows. */
export async function noteProgress(tx: Store, importId: number, file: string, done: FileProgress): Promise<void> {
  await tx.db.execute(
    sql`insert into import_files (import_id, file, rows_done, records, set_aside, finished)
        values (${importId}::int, ${file}, ${done.rows}::int, ${done.records}::int, ${done.setAside}::int, ${done.finished}::boolean)
        on conflict (import_id, file) do update set rows_done = excluded.rows_done, records = excluded.records,
        set_aside = excluded.set_aside, finished = excluded.finished`,
  );
}

/** Keeps what was set aside. `from` counts what the file has set aside before. */
export async function keepSetAside(
  tx: Store,
  importId: number,
  file: string,
  from: number,
  list: readonly SetAside[],
): Promise<void> {
  if (list.length === 0) return;
  const rows = list.map(({ line, reason, excerpt }, at) => ({ line, nth: from + at, reason, excerpt }));
  await tx.db.execute(
    sql`insert into set_aside (import_id, file, line, nth, reason, excerpt)
        select ${importId}::int, ${file}, r.line, r.nth, r.reason, r.excerpt
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(line int, nth int, reason text, excerpt text)`,
  );
}
