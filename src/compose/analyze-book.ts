import { type Analyzed, analyze } from '../engine/analyze.ts';
import type { Progress } from '../engine/compute.ts';
import { rescore } from '../engine/rescore.ts';
import type { Suspect } from '../icp/types.ts';
import type { Book } from '../store/books.ts';
import type { Lodestar } from './open-lodestar.ts';
import { readHypothesis } from './read-hypothesis.ts';

export interface BookAnalyzed extends Omit<Analyzed, 'model'> {
  accounts: number;
  suspects: readonly Suspect[];
  warnings: readonly string[];
}

/** Learns a book's model, puts it in force and rescores: the step after every import. */
export async function analyzeBook(
  lodestar: Pick<Lodestar, 'store' | 'compute' | 'now'>,
  { book, asOf, seed, by, onProgress }: { book: Book; asOf: number; seed: number; by: string; onProgress: Progress },
): Promise<BookAnalyzed> {
  const hypothesis = await readHypothesis(lodestar.store, book.name);
  const { model, ...analyzed } = await analyze({ ...lodestar, onProgress }, { book, asOf, seed, hypothesis, by });
  const run = await rescore({ ...lodestar, onProgress }, { book, asOf });
  return { ...analyzed, accounts: run.accounts, suspects: model.suspects, warnings: model.warnings };
}
