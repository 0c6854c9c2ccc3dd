import type { AnalysisSet } from '../analysis-set.ts';
import type { Instant } from '../types.ts';
import type { DriftFindings } from './drift-findings.ts';
import { cannotTell, type WatchOptions, watchBook } from './watch-book.ts';
import { watchedBookOf } from './watched-book-of.ts';
import type { NamedGroup } from './watched-groups.ts';

export interface DriftOptions extends WatchOptions {
  /** Segments that were found or named: accounts to watch together. */
  groups?: readonly NamedGroup[];
  /** Start of the watch; two years back, from the start of a calendar quarter, when absent. */
  since?: Instant;
}

/**
 * Whether the market has moved away from the model: win rates, calibration, churn and the kinds of accounts that are
 * touched, watched week by week with one budget for false alarms.
 *
 * A rate is judged against what a table learnt before the watch gives for the very deals, so that a quarter of worse leads is
 * no drift.
 */
export function watchDrift(set: AnalysisSet, { groups = [], since, ...options }: DriftOptions = {}): DriftFindings {
  const book = watchedBookOf(set, groups, since);
  if (set.training.timeKind === 'order') {
    return cannotTell(book, 'drift needs dates, and the source of this book has only an order; import dates of closes');
  }
  return watchBook(book, options);
}
