import { rowCounts } from '../../store/publication-rows.ts';
import { isAsFrozen, publicationsOf } from '../../store/publications.ts';
import type { Store } from '../../store/store.ts';
import type { Checked } from './verify.ts';

const most = 100_000;
const openStates: readonly string[] = ['waiting', 'sent'];

/** Every plan of a book is what was frozen, before-images and all, and nothing of a finished one is without an end. */
export async function verifyPublications(store: Store, book: string): Promise<Checked> {
  const what = `publications of ${book}`;
  let checked = 0;
  for (const publication of await publicationsOf(store, book, most)) {
    checked++;
    const bad = (why: string): Checked => ({ what, checked, bad: `publication ${publication.id} ${why}` });
    if (!(await isAsFrozen(store, publication)))
      return bad('is not what was planned: a row of it, with what the record had or was to have, was changed');
    if (publication.state !== 'finished') continue;
    const open = (await rowCounts(store, publication.id)).filter(({ state }) => openStates.includes(state));
    if (open.length > 0) return bad('is finished, and some of its rows have no end');
  }
  return { what, checked, bad: null };
}
