import { dataCautions, usualDataBounds } from '../../icp/data-quality.ts';
import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { listBooks } from '../../store/books.ts';
import { modelOfVersion } from '../../store/models.ts';
import { settingsAt } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import { dataBoundsIn, dataQuality, qualityPrefix } from '../data-quality.ts';

/** What is to be said of the data that a proposal was learnt from, by the bounds that were set when it was drafted. */
export async function cautionsOnData(
  store: Store,
  about: Pick<ProposalState, 'book' | 'importId' | 'asOf' | 'baseVersion' | 'draftedAt'> &
    Partial<Pick<ProposalState, 'candidateVersion'>>,
): Promise<string[]> {
  const { importId, asOf, baseVersion, candidateVersion, draftedAt } = about;
  const book = (await listBooks(store)).find(({ name }) => name === about.book);
  const learnt = await modelOfVersion(store, candidateVersion ?? baseVersion);
  if (book === undefined || learnt === null) return [];
  const key = qualityPrefix + book.name;
  const set = (await settingsAt(store, [key], draftedAt)).get(key);
  const bounds = dataBoundsIn(set?.value) ?? usualDataBounds;
  return dataCautions(await dataQuality(store, { book, importId, asOf }, learnt.model.counts, bounds));
}
