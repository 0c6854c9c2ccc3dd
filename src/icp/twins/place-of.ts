import type { AnalysisSet } from '../analysis-set.ts';
import type { Criterion, IcpModel, ModelBin } from '../model.ts';
import { type Scored, scoreAccount } from '../score-account.ts';
import type { FeatureTable, FeatureValue } from '../types.ts';

/** Where an account lies: the bin it is in for every fit criterion of the model, and the score that they add up to. */
export interface Place {
  hits: readonly { criterion: Criterion; bin: ModelBin | null }[];
  scored: Scored;
  /** `today`: by what is known now. `first touch`: by what was known then, for who is a customer or not in the reference. */
  knownAt: 'today' | 'first touch';
}

/** Finds places by account. Customers are read as they were before their first touch, so that nothing later tells on them. */
export function createPlaces({ training, model }: Pick<AnalysisSet, 'training' | 'model'>): {
  /** As it is today where the reference holds it, and else as of its first touch; `null` for an account in neither. */
  now: (id: string) => Place | null;
  atFirstTouch: (id: string) => Place | null;
} {
  const today = readerOf(training.reference);
  const touched = training.unit === 'deals' ? () => null : readerOf(training.fit.table);
  const atFirstTouch = (id: string) => placed(model, touched(id), 'first touch');
  return { now: (id) => placed(model, today(id), 'today') ?? atFirstTouch(id), atFirstTouch };
}

function placed(
  model: IcpModel,
  read: ((key: string) => FeatureValue) | null,
  knownAt: Place['knownAt'],
): Place | null {
  if (read === null) return null;
  const scored = scoreAccount(model, read);
  const hits = scored.hits.filter(({ criterion }) => criterion.part === 'fit');
  return { hits: hits.map(({ criterion, bin }) => ({ criterion, bin })), scored, knownAt };
}

function readerOf(table: FeatureTable): (id: string) => ((key: string) => FeatureValue) | null {
  const rows = new Map(table.accountIds.map((id, row) => [id, row]));
  const columns = new Map(table.features.map(({ key }, at) => [key, table.columns[at] ?? []]));
  return (id) => {
    const row = rows.get(id);
    return row === undefined ? null : (key) => columns.get(key)?.[row] ?? null;
  };
}
