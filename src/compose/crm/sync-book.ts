import { putAnswersInLedger } from '../../engine/leads/answers-in-ledger.ts';
import type { SyncProgress } from '../../engine/sync/read-objects.ts';
import type { SyncSummary } from '../../engine/sync/summarise-sync.ts';
import { syncCrm } from '../../engine/sync/sync-crm.ts';
import { withLease } from '../../engine/with-lease.ts';
import { bookOf } from '../../questions/pin.ts';
import type { Lodestar } from '../open-lodestar.ts';
import { requireCrm } from './open-crm.ts';

type ForSync = Pick<Lodestar, 'store' | 'log' | 'now' | 'holder' | 'crm'>;

interface SyncWanted {
  book: string;
  full?: boolean;
  onProgress?: (progress: SyncProgress) => void;
  /** Called at every step that a process may die at. */
  fault?: (point: string) => void;
}

/** Reads the CRM into its book, while nobody else works on that book. @throws {IcpError} `crm_not_connected`, and those of a sync */
export async function syncBook(
  lodestar: ForSync,
  { book, full = false, onProgress, fault }: SyncWanted,
): Promise<SyncSummary> {
  const { store, log, now, holder } = lodestar;
  const crm = await requireCrm(lodestar);
  return withLease(store, { what: `the book ${book}`, holder }, async (fence) => {
    const summary = await syncCrm({ store, crm, log, now, fence, onProgress, fault }, { book, full });
    // The CRM may have said again that a lead is open which somebody has answered here.
    if (summary.importId !== null) await putAnswersInLedger({ store, now, fence }, await bookOf(store, book));
    return summary;
  });
}
