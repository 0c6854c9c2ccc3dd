import { IcpError } from '../errors.ts';
import { type Book, latestImport } from '../store/books.ts';
import { followTiers } from '../store/held-tiers.ts';
import { readPackedHistories } from '../store/histories.ts';
import { activeModel, modelOfVersion } from '../store/models.ts';
import { replaceScores, type ScoreRun, scoreRunOf } from '../store/scores.ts';
import type { Store } from '../store/store.ts';
import type { Compute, Progress } from './compute/compute.ts';
import type { ScoreLine } from './compute/rescore-job.ts';
import type { Fence } from './with-lease.ts';

/** Scores every account of a book with the model in force and keeps the scores, all at once. */
export async function rescore(
  ports: { store: Store; compute: Compute; onProgress?: Progress; fence?: Fence },
  input: { book: Book; asOf: number },
): Promise<ScoreRun> {
  const { store, compute } = ports;
  const { book, asOf } = input;
  const importId = await latestImport(store, book.name);
  const active = await activeModel(store, book.name);
  if (importId === null || active === null) {
    throw new IcpError(
      'no_model',
      `score requires a model for the book ${book.name}, found none; make one with lodestar analyze`,
    );
  }
  const lines = await compute.rescore(
    { model: active.model, modelVersion: active.version, catalogue: active.catalogue, timeKind: book.timeKind, asOf },
    () => readPackedHistories(store, book.name, { importId }),
    ports.onProgress ?? (() => {}),
  );
  return keepScores(ports, { book: book.name, modelVersion: active.version, importId, asOf }, lines);
}

/** The tiers that others are told follow each new run; the same run over again is not a second one. */
async function followRun(tx: Store, run: ScoreRun, lines: readonly ScoreLine[]): Promise<void> {
  const last = await scoreRunOf(tx, run.book);
  const isSame = last?.modelVersion === run.modelVersion && last.importId === run.importId && last.asOf === run.asOf;
  const stored = isSame ? null : await modelOfVersion(tx, run.modelVersion);
  if (stored !== null) await followTiers(tx, run.book, lines, { cuts: stored.model.cuts, at: run.asOf });
}

/** Keeps the scores of a whole book, in the place of those before. */
export async function keepScores(
  { store, fence }: { store: Store; fence?: Fence },
  under: Omit<ScoreRun, 'accounts'>,
  lines: readonly ScoreLine[],
): Promise<ScoreRun> {
  const run: ScoreRun = { ...under, accounts: lines.length };
  await store.transaction(async (tx) => {
    await fence?.(tx);
    await followRun(tx, run, lines);
    await replaceScores(tx, run, lines);
  });
  return run;
}
