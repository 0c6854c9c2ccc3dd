import type { Source } from '../connectors/ports.ts';
import { type IngestProgress, ingest } from '../engine/ingest/ingest.ts';
import type { ImportSummary } from '../engine/ingest/summarise-import.ts';
import { putAnswersInLedger } from '../engine/leads/answers-in-ledger.ts';
import { withLease } from '../engine/with-lease.ts';
import { bookOf } from '../questions/pin.ts';
import type { Lodestar } from './open-lodestar.ts';

/** Reads a source into its book, while nobody else works on that book. */
export async function importSource(
  { store, log, now, holder }: Pick<Lodestar, 'store' | 'log' | 'now' | 'holder'>,
  source: Source,
  onProgress: (progress: IngestProgress) => void,
): Promise<ImportSummary> {
  return withLease(store, { what: `the book ${source.book}`, holder }, async (fence) => {
    const summary = await ingest({ store, log, now: () => new Date(now()), onProgress, fence }, source);
    // A source that was read anew may say again that a lead is open which somebody has answered here.
    if (!summary.unchanged) await putAnswersInLedger({ store, now, fence }, await bookOf(store, source.book));
    return summary;
  });
}
