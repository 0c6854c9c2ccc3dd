import { type Analyzed, analyze } from '../engine/analyze.ts';
import type { Progress } from '../engine/compute.ts';
import { keepScores, rescore } from '../engine/rescore.ts';
import type { Suspect } from '../icp/training-set.ts';
import type { Book } from '../store/books.ts';
import type { Lodestar } from './open-lodestar.ts';
import { readHypothesis } from './read-hypothesis.ts';

export interface BookAnalyzed extends Omit<Analyzed, 'model' | 'importId' | 'lines'> {
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
  const ports = { ...lodestar, onProgress };
  const { model, importId, lines, ...analyzed } = await analyze(ports, { book, asOf, seed, hypothesis, by });
  const under = { book: book.name, modelVersion: analyzed.version, importId, asOf };
  const run = lines === null ? await rescore(ports, { book, asOf }) : await keepScores(ports.store, under, lines);
  return { ...analyzed, accounts: run.accounts, suspects: model.suspects, warnings: model.warnings };
}
