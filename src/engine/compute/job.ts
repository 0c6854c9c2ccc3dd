import type { AccountHistory } from '../../icp/history.ts';
import type { FoldedHistories } from '../../store/fold-histories.ts';

/**
 * Work over all histories of a book that must not hold up the people: it is handed chunks, pass by pass, and then
 * finishes. Pure inside, so it runs the same in a worker thread and in a test.
 */
export interface Job<Result> {
  /** What each pass does, in words for the progress line. */
  passes: readonly string[];
  /** @param folded the same histories with their signals in columns, where the thread has them so */
  add(
    pass: number,
    histories: readonly AccountHistory[],
    onProgress?: (what: string) => void,
    folded?: FoldedHistories,
  ): void;
  finish(onProgress: (what: string) => void): Result;
}
