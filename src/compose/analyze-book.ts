import { type Analyzed, analyze } from '../engine/analyze.ts';
import type { Progress } from '../engine/compute/compute.ts';
import { type Found, find } from '../engine/find.ts';
import { rejectionsToJudge } from '../engine/leads/rejections-to-judge.ts';
import { draftProposal } from '../engine/proposals/draft-proposal.ts';
import { keepScores, rescore } from '../engine/rescore.ts';
import { withLease } from '../engine/with-lease.ts';
import { wordFindings } from '../engine/word-findings.ts';
import { systematicRejections } from '../icp/leads/systematic-rejections.ts';
import type { DryRun } from '../icp/proposals/dry-run.ts';
import type { ModelChange } from '../icp/proposals/model-change.ts';
import type { ProposalState } from '../icp/proposals/proposal-state.ts';
import type { Suspect } from '../icp/training-set.ts';
import type { Book } from '../store/books.ts';
import type { ScoreRun } from '../store/scores.ts';
import type { Lodestar } from './open-lodestar.ts';
import { readHypothesis } from './read-hypothesis.ts';

export interface BookAnalyzed extends Omit<Analyzed, 'model' | 'lines' | 'findings'> {
  accounts: number;
  /** What was drafted for people to decide on; `null` where a model came into force, or nothing significant would change. */
  proposal: ProposalState | null;
  /** What the candidate as a whole would do. */
  dryRun: DryRun | null;
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
  /** The operator puts what is learnt in force, without a proposal. */
  activate?: boolean;
  onProgress: Progress;
}

/**
 * Learns a book's model, rescores with the one in force, and drafts a proposal where another was learnt, while nobody else works
 * on the book: the step after every import.
 */
export async function analyzeBook(
  lodestar: Pick<Lodestar, 'store' | 'compute' | 'now' | 'holder'> & Partial<Pick<Lodestar, 'interpret'>>,
  { book, asOf, seed, by, quick = false, activate = false, onProgress }: AnalysisWanted,
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
      activate,
    });
    const under = { book: book.name, modelVersion: analyzed.version, importId, asOf };
    const run = lines === null ? await rescore(ports, { book, asOf }) : await keepScores(ports, under, lines);
    const { interpret } = lodestar;
    if (findings !== null && interpret !== undefined)
      await wordFindings({ ...ports, interpret }, { book: book.name, findings });
    const drafted =
      analyzed.changed || quick
        ? { proposal: null, dryRun: null }
        : await draftProposal(ports, {
            ...{ book, asOf, importId, candidateVersion: analyzed.candidateVersion, by },
            also: await turnedDownTogether(lodestar, book),
          });
    return {
      ...analyzed,
      ...drafted,
      importId,
      accounts: run.accounts,
      suspects: model.suspects,
      warnings: model.warnings,
    };
  });
}

/** Kinds of company that reps turn down time and again, as changes to decide on. */
async function turnedDownTogether(
  { store, now }: Pick<Lodestar, 'store' | 'now'>,
  book: Book,
): Promise<readonly ModelChange[]> {
  const rejections = await rejectionsToJudge(store, book, now());
  return rejections === null ? [] : systematicRejections(rejections);
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
