import type { Notifier } from '../../engine/notifier.ts';
import type { SyncProgress } from '../../engine/sync/read-objects.ts';
import { scoresMoved } from '../../engine/sync/scores-moved.ts';
import type { SyncSummary } from '../../engine/sync/summarise-sync.ts';
import { tellScoreChanges } from '../../engine/sync/tell-score-changes.ts';
import type { ScoreChange } from '../../icp/changes/score-change.ts';
import { bookOf } from '../../questions/pin.ts';
import { scoreChangeLine } from '../../questions/score-change-line.ts';
import { type Book, finishedAt, latestImport } from '../../store/books.ts';
import { activeModel } from '../../store/models.ts';
import { scoreRunOf } from '../../store/scores.ts';
import { rescoreBook } from '../analyze-book.ts';
import type { Lodestar } from '../open-lodestar.ts';
import { noNews, type SyncCounts, syncCounts } from '../sync-counts.ts';
import { syncBook } from './sync-book.ts';

type House = Pick<Lodestar, 'store' | 'compute' | 'log' | 'now' | 'holder' | 'crm'>;

export interface CrmBookRead extends SyncSummary {
  /** Accounts scored anew, all of the book where anything new came in. */
  scored: number;
  /** What came in, step by step, as the nightly reading of folders counts it. */
  counts: SyncCounts;
  /** Accounts of which an outcome came in and whose score moved, ten at most. */
  changes: readonly ScoreChange[];
  /** The same in words. */
  whyChanged: readonly string[];
  /** Owners who were told. */
  told: number;
}

interface Wanted {
  book: string;
  full?: boolean;
  /** `null`: nobody is told. */
  notifier: Pick<Notifier, 'scoreChanged'> | null;
  onProgress?: (progress: SyncProgress) => void;
  onScoring?: (what: string) => void;
}

/**
 * Reads the CRM into its book, scores the book by what came in, and tells owners whose accounts moved.
 *
 * What has just been read is dated after the last scoring, and the scores of a book are all of one instant, so that any of
 * them can be worked out again: where there is news the whole book is scored as of now. A book whose clock stands has no now,
 * and the accounts that the reading itself has scored are enough.
 *
 * @throws {IcpError} `crm_not_connected`, and those of a sync
 */
export async function readCrmBook(house: House, wanted: Wanted): Promise<CrmBookRead> {
  const { store } = house;
  const { book: name, full = false, notifier, onProgress, onScoring = () => {} } = wanted;
  const before = await scoreRunOf(store, name);
  const since = await latestImport(store, name);
  const summary = await syncBook(house, { book: name, full, ...(onProgress === undefined ? {} : { onProgress }) });
  const book = await bookOf(store, name);
  const asOf = book.clock ?? house.now();
  const scored = (await isDue(house, book))
    ? (await rescoreBook(house, { book, asOf, onProgress: onScoring })).accounts
    : summary.rescored;
  const changes = await scoresMoved(store, { outcomes: summary.outcomes, before });
  const { importId } = summary;
  const counts = importId === null ? noNews(scored) : await syncCounts(store, { book: name, since, scored });
  const told =
    importId === null || notifier === null
      ? 0
      : await tellScoreChanges({ store, notifier, now: house.now }, { book: name, importId, changes });
  return { ...summary, scored, counts, changes, whyChanged: changes.map(scoreChangeLine), told };
}

/** Whether the scores are behind what is known, also where an earlier reading was cut off before it could score. */
async function isDue({ store }: House, { name, clock }: Book): Promise<boolean> {
  const importId = await latestImport(store, name);
  if (importId === null || (await activeModel(store, name)) === null) return false;
  const run = await scoreRunOf(store, name);
  if (run === null || run.importId !== importId) return true;
  return clock === null && run.asOf < ((await finishedAt(store, importId)) ?? 0);
}
