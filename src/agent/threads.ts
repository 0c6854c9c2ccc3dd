import type { AccountRef } from '../questions/types.ts';
import type { SourcedFigure } from './define-tool.ts';

/** One exchange as the next one needs to know it. `answer` still names its figures as `{{r1.score}}`. */
export interface PastTurn {
  question: string;
  answer: string;
  figures: readonly SourcedFigure[];
}

/** What a thread remembers: plain data, so any store can keep it. */
export interface ThreadState {
  turns: readonly PastTurn[];
  /** The account last spoken of: "and why not tier 1?" is about this one. */
  account: AccountRef | null;
  /** The accounts of the last list, in its order: "why the second one?". */
  listed: readonly AccountRef[];
  /** The tool and arguments that answered last: "and Globex?" asks the same of another account. */
  last: { tool: string; args: Readonly<Record<string, unknown>> } | null;
  /** Results so far in this thread; the next is `r` and this plus one. */
  results: number;
}

export interface ThreadStore {
  load(threadKey: string): Promise<ThreadState>;
  save(threadKey: string, state: ThreadState): Promise<void>;
}

/** Turns that a thread remembers. What is older is no longer sent to the language model nor available as a figure. */
export const rememberedTurns = 6;

/** A thread nobody has spoken in. */
export const emptyThread: ThreadState = { turns: [], account: null, listed: [], last: null, results: 0 };

/** Threads kept in memory: for tests, and for one-off questions on the command line. */
export function inMemoryThreads(): ThreadStore {
  const threads = new Map<string, ThreadState>();
  return {
    load: async (threadKey) => threads.get(threadKey) ?? emptyThread,
    save: async (threadKey, state) => void threads.set(threadKey, state),
  };
}
