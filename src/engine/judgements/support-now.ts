import { createAccountReader } from '../../icp/features/read-account.ts';
import { type ScoreSupport, supportOf } from '../../icp/score-support.ts';
import { weighAccount } from '../../icp/weigh-account.ts';
import { listBooks } from '../../store/books.ts';
import { readHistories } from '../../store/histories.ts';
import { modelOfVersion } from '../../store/models.ts';
import { scoreRunOf } from '../../store/scores.ts';
import type { Store } from '../../store/store.ts';
import { readBy } from '../compute/rescore-job.ts';

/**
 * What stands behind the score that an account has by the latest run, weighed anew from its history.
 *
 * @returns `null` where the book was never scored or the run did not know the account
 */
export async function supportNow(store: Store, book: string, accountId: string): Promise<ScoreSupport | null> {
  const run = await scoreRunOf(store, book);
  const stored = run === null ? null : await modelOfVersion(store, run.modelVersion);
  const timeKind = (await listBooks(store)).find(({ name }) => name === book)?.timeKind;
  if (run === null || stored === null || timeKind === undefined) return null;
  const { model, catalogue } = stored;
  const { importId, asOf } = run;
  const read = createAccountReader(catalogue, readBy(model));
  for await (const [history] of readHistories(store, book, { importId, accountIds: [accountId] }))
    if (history !== undefined)
      return supportOf(weighAccount({ model, timeKind, history, read: read(history, asOf), asOf }));
  return null;
}
