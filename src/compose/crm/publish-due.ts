import { theSchedule } from '../../engine/publish/may-publish.ts';
import { publishedBooks } from '../../engine/publish/published-books.ts';
import { IcpError } from '../../errors.ts';
import { orgInWords } from '../../icp/org-in-words.ts';
import type { RunSummary } from '../../jobs/ports.ts';
import type { Book } from '../../store/books.ts';
import { activeModel, contentHashOf } from '../../store/models.ts';
import { orgOf, publicationOf, publicationsOf, publicationUnderWay } from '../../store/publications.ts';
import { type ScoreRun, scoreRunOf } from '../../store/scores.ts';
import type { Store } from '../../store/store.ts';
import { type PublishingHouse, publishBook } from './publish-book.ts';

/** Refusals that wait for somebody or something, and are no failure of a job that comes by every few minutes. */
const waits = new Set([
  'not_approved',
  'publication_paused',
  'scores_behind',
  'no_model',
  'publication_under_way',
  'other_book',
]);

/**
 * Publishes the scores of a book where the CRM does not have them yet, and goes on with what was interrupted.
 *
 * What a person has undone or stopped, or the org refused, is not written again until another model comes into force, or a
 * person publishes.
 *
 * @returns `null` for a book that is not published
 */
export async function publishDue(house: PublishingHouse, book: Book): Promise<RunSummary | null> {
  const { store } = house;
  const run = await scoreRunOf(store, book.name);
  if (run === null) return null;
  const underWay = await publicationUnderWay(store, book.name);
  // What a person has stopped is ended also where nothing is published any more.
  if (underWay?.state !== 'stopping' && !(await publishedBooks(store)).includes(book.name)) return null;
  const read = { accounts: run.accounts };
  const said = (what: string, records = 0): RunSummary => ({
    ...{ read, written: { records }, note: `${book.name}: ${what}` },
  });
  const settled = underWay === null ? await whySettled(store, run) : null;
  if (settled !== null) return said(settled);
  try {
    const { plan, publication } = await publishBook(house, { book, by: theSchedule });
    const records = plan?.objects.reduce((sum, { rows }) => sum + rows, 0) ?? 0;
    if (publication === null) return said('a publication is planned', records);
    const where = orgInWords(orgOf(publication));
    return said(`publication ${publication.id.slice(0, 8)} to ${where} is ${publication.state}`, records);
  } catch (error) {
    if (error instanceof IcpError && waits.has(error.code)) return said(`nothing is published, since ${error.message}`);
    throw error;
  }
}

/** Why there is nothing to do; `null` where there may be. */
async function whySettled(store: Store, { book, modelVersion, importId, asOf }: ScoreRun): Promise<string | null> {
  const [last] = await publicationsOf(store, book, 1);
  if (last?.state === 'stopped') {
    const model = await activeModel(store, book);
    const isSame = last.modelVersion === modelVersion && model !== null && last.modelHash === contentHashOf(model);
    return isSame ? stoppedWords : null;
  }
  if (last?.state !== 'finished') return null;
  if (last.kind === 'publish') {
    const isSame = last.modelVersion === modelVersion && last.importId === importId && last.scoredAt === asOf;
    return isSame ? `${orgInWords(orgOf(last))} has these scores` : null;
  }
  const undone = last.undoes === null ? null : await publicationOf(store, last.undoes);
  return undone?.modelVersion === modelVersion
    ? `what model ${modelVersion} wrote to ${orgInWords(orgOf(last))} was undone; lodestar publish writes it again`
    : null;
}

const stoppedWords =
  'the last publication by this model was stopped; lodestar publications says why, and lodestar publish tries again';
