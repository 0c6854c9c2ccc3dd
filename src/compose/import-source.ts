import type { Source } from '../connectors/ports.ts';
import { ingest } from '../engine/ingest/ingest.ts';
import type { ImportSummary } from '../engine/ingest/summarise-import.ts';
import { putAnswersInLedger } from '../engine/leads/answers-in-ledger.ts';
import { withLease } from '../engine/with-lease.ts';
import { bookOf } from '../questions/pin.ts';
import { latestImport } from '../store/books.ts';
import { readPackedHistories } from '../store/histories.ts';
import { accountsIn } from '../store/packed-histories.ts';
import type { Store } from '../store/store.ts';
import type { Lodestar } from './open-lodestar.ts';

/** What is being done, how many rows are through, and of how many where that is known. */
type ImportProgress = (what: string, rows: number, estimatedRows: number | null) => void;

/** Reads a source into its book, while nobody else works on that book, and lays out what is then known for whoever asks. */
export async function importSource(
  { store, log, now, holder }: Pick<Lodestar, 'store' | 'log' | 'now' | 'holder'>,
  source: Source,
  onProgress: ImportProgress,
): Promise<ImportSummary> {
  return withLease(store, { what: `the book ${source.book}`, holder }, async (fence) => {
    const ports = { store, log, now: () => new Date(now()), fence };
    const summary = await ingest(
      {
        ...ports,
        onProgress: ({ file, allRows, estimatedRows }) => onProgress(`reading ${file}`, allRows, estimatedRows),
      },
      source,
    );
    if (summary.unchanged) return summary;
    // A source that was read anew may say again that a lead is open which somebody has answered here.
    await putAnswersInLedger({ store, now, fence }, await bookOf(store, source.book));
    await layOut(store, source.book, onProgress);
    return summary;
  });
}

/** Reads a book once from its tables, which keeps what it reads: the first analysis is not to wait for that. */
async function layOut(store: Store, book: string, onProgress: ImportProgress): Promise<void> {
  const importId = await latestImport(store, book);
  if (importId === null) return;
  let accounts = 0;
  for await (const packed of readPackedHistories(store, book, { importId })) {
    accounts += accountsIn(packed);
    onProgress('laying out accounts', accounts, null);
  }
}
