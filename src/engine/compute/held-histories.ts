import type { AccountHistory } from '../../icp/history.ts';
import { type FoldedHistories, unfoldHistories } from '../../store/fold-histories.ts';

/** Histories that a thread holds for further passes. */
export interface HeldHistories {
  add(folded: FoldedHistories): void;
  /** Everything added, chunk by chunk as it came; `null` when it was more than is held. */
  chunks(): Iterable<readonly AccountHistory[]> | null;
}

/** Holds histories up to a number of rows; beyond it none of them. Each pass gets them as objects again, a chunk at a time. */
export function holdHistories(mostRows: number): HeldHistories {
  let held: FoldedHistories[] | null = [];
  let rows = 0;
  return {
    add(folded) {
      rows += folded.signals.kind.length;
      for (const { observations, usage, leads, opportunities } of folded.quiet)
        rows += 1 + observations.length + usage.length + leads.length + opportunities.length;
      if (rows > mostRows) held = null;
      held?.push(folded);
    },
    chunks: () => (held === null ? null : held.values().map(unfoldHistories)),
  };
}
