import type { AccountHistory } from '../icp/history.ts';
import type { Book } from '../store/books.ts';
import { readHistories } from '../store/histories.ts';
import { modelOfVersion } from '../store/models.ts';
import { replaceSomeScores, scoreRunOf } from '../store/scores.ts';
import type { Store } from '../store/store.ts';
import { rescoreJob } from './compute/rescore-job.ts';

/**
 * Scores a few accounts after a small import that concerns nobody else, so that the book's scores stand for that import too.
 *
 * One that is no longer there loses its score. Nothing is done where the scores were behind already: whoever brings them up to date sees this import as well.
 *
 * @param news.before the import that the book's scores must stand for
 * @returns how many accounts were scored
 */
export async function rescoreAccounts(
  store: Store,
  book: Book,
  { before, importId, accountIds }: { before: number; importId: number; accountIds: readonly string[] },
): Promise<number> {
  const run = await scoreRunOf(store, book.name);
  if (run === null || run.importId !== before) return 0;
  const stored = await modelOfVersion(store, run.modelVersion);
  if (stored === null) return 0;
  const { model, catalogue } = stored;
  const input = { model, catalogue, modelVersion: run.modelVersion, timeKind: book.timeKind, asOf: run.asOf };
  const job = rescoreJob(input);
  const histories: AccountHistory[] = [];
  for await (const chunk of readHistories(store, book.name, { importId, accountIds })) histories.push(...chunk);
  job.add(0, histories);
  await replaceSomeScores(
    store,
    { ...run, importId },
    job.finish(() => {}),
    accountIds,
  );
  return histories.length;
}
