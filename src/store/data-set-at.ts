import type { DataSet } from '../icp/data-set.ts';
import { createDataSetHasher } from './data-set.ts';
import { readPackedHistories } from './histories.ts';
import { foldedOf } from './packed-histories.ts';
import type { Store } from './store.ts';

/** What an import left to learn from, out of the tables, whatever was laid out of it. */
export async function dataSetAt(store: Store, book: string, importId: number): Promise<DataSet> {
  const hasher = createDataSetHasher();
  for await (const chunk of readPackedHistories(store, book, { importId, anew: true })) hasher.add(foldedOf(chunk));
  return hasher.finish();
}
