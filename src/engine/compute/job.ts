import type { AccountHistory } from '../../icp/history.ts';

/**
 * Work over all histories of a book that must not hold up the people: it is handed chunks, pass by pass, and then
 * finishes. Pure inside, so it runs the same in a worker thread and in a test.
 */
export interface Job<Result> {
  /** What each pass does, in words for the progress line. */
  passes: readonly string[];
  add(pass: number, histories: readonly AccountHistory[], onProgress?: (what: string) => void): void;
  finish(onProgress: (what: string) => void): Result;
}
