import type { ScoreSupport } from '../icp/score-support.ts';
import { createSupportOfPlace } from '../icp/twins/support-of-place.ts';
import type { TimeKind } from '../icp/types.ts';
import { readHistories } from '../store/histories.ts';
import type { StoredModel } from '../store/models.ts';
import type { Store } from '../store/store.ts';

/** What findings saw. */
interface Seen {
  book: { name: string; timeKind: TimeKind };
  importId: number;
  asOf: number;
  model: Pick<StoredModel, 'model' | 'catalogue'>;
}

/** What stands behind the scores that a finding tells, by account: they are few, so each is weighed anew from its history. */
export async function supportsOfPlaces(
  store: Store,
  { book, importId, asOf, model: { model, catalogue } }: Seen,
  told: readonly { id: string; score: number }[],
): Promise<ReadonlyMap<string, ScoreSupport>> {
  const scores = new Map(told.map(({ id, score }) => [id, score]));
  const supports = new Map<string, ScoreSupport>();
  if (scores.size === 0) return supports;
  const supportOf = createSupportOfPlace({ model, catalogue, timeKind: book.timeKind, asOf });
  for await (const histories of readHistories(store, book.name, { importId, accountIds: [...scores.keys()] }))
    for (const history of histories) supports.set(history.id, supportOf(history, scores.get(history.id)!));
  return supports;
}
