import type { SetAside, Source, SourceFile } from '../../connectors/ports.ts';
import type { BundleRecord } from '../../icp/records.ts';
import type { Store } from '../../store/store.ts';
import { type WritingImport, writeRecords } from '../../store/write-records.ts';
import type { Fence } from '../with-lease.ts';
import { beginImport } from './begin-import.ts';
import { finishImport } from './finish-import.ts';
import { firstLines } from './first-lines.ts';
import { type FileProgress, fileProgress, keepSetAside, noteProgress } from './import-progress.ts';
import { setRepeatsAside } from './set-repeats-aside.ts';
import { type ImportSummary, summariseImport } from './summarise-import.ts';

export interface IngestProgress {
  file: string;
  /** Rows of the file that are in the store. */
  rows: number;
  /** Rows of all files so far, and to come where that is known. */
  allRows: number;
  estimatedRows: number | null;
}

export interface IngestDeps {
  store: Store;
  now?: () => Date;
  log?: { info(details: object, message: string): void };
  onProgress?: (progress: IngestProgress) => void;
  fence?: Fence;
}

/** Rows that become one transaction: enough that the statement outweighs the commit, few enough to be held in memory. */
const chunkRows = 2_000;

/**
 * Reads a source into the store.
 *
 * Rows and the note of how far the file is read are one transaction, so an import that was killed goes on exactly where
 * it stopped, and ends with the tables of one that was not. Readers see it when it is finished. The same content again
 * does nothing; changed content writes only what differs.
 */
export async function ingest(deps: IngestDeps, source: Source): Promise<ImportSummary> {
  const { store, now = () => new Date(), log } = deps;
  const { id, unchanged, isFirst } = await beginImport(store, source, now());
  const names = source.files.map(({ name }) => name);
  const summary = { book: source.book, importId: id, unchanged };
  if (unchanged) {
    log?.info(summary, 'import unchanged');
    return summariseImport(store, summary, names);
  }
  let before = 0;
  for (const file of source.files) {
    before += await ingestFile(deps, { book: source.book, importId: id, isFirst }, file, (rows) => {
      deps.onProgress?.({ file: file.name, rows, allRows: before + rows, estimatedRows: source.estimatedRows });
    });
  }
  await finishImport(deps, source, id, now());
  log?.info({ ...summary, rows: before }, 'import finished');
  return summariseImport(store, summary, names);
}

/** Reads what is left of one file; returns how many rows of it are in the store. */
async function ingestFile(
  { store, fence }: IngestDeps,
  into: WritingImport,
  file: SourceFile,
  onChunk: (rows: number) => void,
): Promise<number> {
  let done = await fileProgress(store, into.importId, file.name);
  if (done.finished) return done.rows;
  const seen = firstLines();
  let records: BundleRecord[] = [];
  let setAside: SetAside[] = [];
  let rows = 0;
  const flush = async (finished: boolean) => {
    const next: FileProgress = {
      rows: Math.max(rows, done.rows),
      records: done.records + records.length,
      setAside: done.setAside + setAside.length,
      finished,
    };
    await store.transaction(async (tx) => {
      await fence?.(tx);
      await writeRecords(tx, into, records);
      await keepSetAside(tx, into.importId, file.name, done.setAside, setAside);
      await noteProgress(tx, into.importId, file.name, next);
    });
    done = next;
    records = [];
    setAside = [];
    onChunk(done.rows);
  };
  // What an earlier run has written is read again for its ids, so that a repeat of one is known as such.
  for await (const whole of file.rows({ after: 0 })) {
    const row = setRepeatsAside(whole, file.name, seen);
    rows += 1;
    if (rows <= done.rows) continue;
    records.push(...row.records);
    setAside.push(...row.setAside);
    if (rows % chunkRows === 0) await flush(false);
  }
  await flush(true);
  return done.rows;
}
