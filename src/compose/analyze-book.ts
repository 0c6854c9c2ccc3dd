import { type Analyzed, analyze } from '../engine/analyze.ts';
import type { Progress } from '../engine/compute.ts';
import { type Found, find } from '../engine/find.ts';
import { keepScores, rescore } from '../engine/rescore.ts';
import { withLease } from '../engine/with-lease.ts';
import { wordFindings } from '../engine/word-findings.ts';
import type { Suspect } from '../icp/training-set.ts';
import type { Book } from '../store/books.ts';
import type { ScoreRun } from '../store/scores.ts';
import type { Lodestar } from './open-lodestar.ts';
import { readHypothesis } from './read-hypothesis.ts';

export interface BookAnalyzed extends Omit<Analyzed, 'model' | 'importId' | 'lines' | 'findings'> {
  accounts: number;
  suspects: readonly Suspect[];
  warnings: readonly string[];
}

export interface AnalysisWanted {
  book: Book;
  asOf: number;
  seed: number;
  by: string;
  /** Learn and score only: what there is to find is looked for later. */
  quick?: boolean;
  onProgress: Progress;
}

/** Learns a book's model, puts it in force and rescores, while nobody else works on the book: the step after every import. */
export async function analyzeBook(
  lodestar: Pick<Lodestar, 'store' | 'compute' | 'now' | 'holder'> & Partial<Pick<Lodestar, 'interpret'>>,
  { book, asOf, seed, by, quick = false, onProgress }: AnalysisWanted,
): Promise<BookAnalyzed> {
  const hypothesis = await readHypothesis(lodestar.store, book.name);
  const lease = { what: `the book ${book.name}`, holder: lodestar.holder, onWait: onProgress };
  return withLease(lodestar.store, lease, async (fence) => {
    const ports = { ...lodestar, onProgress, fence };
    const { model, importId, lines, findings, ...analyzed } = await analyze(ports, {
      book,
      asOf,
      seed,
      hypothesis,
      by,
      quick,
    });
    const under = { book: book.name, modelVersion: analyzed.version, importId, asOf };
    const run = lines === null ? await rescore(ports, { book, asOf }) : await keepScores(ports, under, lines);
    const { interpret } = lodestar;
    if (findings !== null && interpret !== undefined)
      await wordFindings({ ...ports, interpret }, { book: book.name, findings });
    return { ...analyzed, accounts: run.accounts, suspects: model.suspects, warnings: model.warnings };
  });
}

/** Scores every account of a book anew with the model in force, while nobody else works on the book. */
export async function rescoreBook(
  lodestar: Pick<Lodestar, 'store' | 'compute' | 'holder'>,
  { book, asOf, onProgress }: { book: Book; asOf: number; onProgress: Progress },
): Promise<ScoreRun> {
  const lease = { what: `the book ${book.name}`, holder: lodestar.holder, onWait: onProgress };
  return withLease(lodestar.store, lease, (fence) => rescore({ ...lodestar, onProgress, fence }, { book, asOf }));
}

/** Looks for what there is to find with the model in force, while nobody else works on the book. */
export async function findInBook(
  lodestar: Pick<Lodestar, 'store' | 'compute' | 'now' | 'holder'>,
  { book, asOf, seed }: { book: Book; asOf: number; seed: number },
): Promise<Found> {
  const hypothesis = await readHypothesis(lodestar.store, book.name);
  const lease = { what: `the book ${book.name}`, holder: lodestar.holder };
  return withLease(lodestar.store, lease, (fence) => find({ ...lodestar, fence }, { book, asOf, seed, hypothesis }));
}
