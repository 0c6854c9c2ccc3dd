import { IcpError } from '../errors.ts';
import { type Book, listBooks } from '../store/books.ts';
import { modelOfVersion, type StoredModel } from '../store/models.ts';
import { type ScoreRun, scoreRunOf } from '../store/scores.ts';
import { settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

/**
 * All that a question can see: a book, up to an import, as of an instant, under one model.
 *
 * A question is a function of its pin and its arguments, so a receipt that keeps both can ask it again years later.
 */
export interface Pin {
  book: Book;
  importId: number;
  asOf: number;
  model: StoredModel;
  /** The tables themselves are asked, whatever has been worked out of them before: so a receipt sees what was changed in them. */
  anew: boolean;
}

/** The pin of a question asked now: that of the book's latest scoring, so every surface shows the same number. */
export async function currentPin(store: Store, book: Book): Promise<Pin> {
  const run = await scoreRunOf(store, book.name);
  if (run === null) throw notAnalyzed(book.name);
  return pinOfRun(store, book, run);
}

/** The pin under which a receipt's question was asked. */
export async function pinAgain(
  store: Store,
  kept: { book: string; importId: number; asOf: number; modelVersion: number },
): Promise<Pin> {
  const book = (await listBooks(store)).find(({ name }) => name === kept.book);
  if (book === undefined)
    throw new IcpError('no_book', `the receipt is about the book ${kept.book}, which is no longer here`);
  return { ...(await pinOfRun(store, book, kept)), anew: true };
}

async function pinOfRun(
  store: Store,
  book: Book,
  run: Pick<ScoreRun, 'importId' | 'asOf' | 'modelVersion'>,
): Promise<Pin> {
  const model = await modelOfVersion(store, run.modelVersion);
  if (model === null) throw notAnalyzed(book.name);
  return { book, importId: run.importId, asOf: run.asOf, model, anew: false };
}

/** The book that is meant when nobody names one: the one in the settings, else the first that came. */
export async function primaryBook(store: Store): Promise<Book> {
  const books = await listBooks(store);
  const chosen = await settingOf(store, 'book.primary');
  const book = books.find(({ name }) => name === chosen?.value) ?? books[0];
  if (book === undefined)
    throw new IcpError('no_data', 'there is no data yet; import a folder with lodestar import DIR');
  return book;
}

export async function bookOf(store: Store, name: string | undefined): Promise<Book> {
  if (name === undefined) return primaryBook(store);
  const books = await listBooks(store);
  const book = books.find((candidate) => candidate.name === name);
  if (book === undefined)
    throw new IcpError(
      'no_book',
      `there is no book ${name}; there is ${books.map((known) => known.name).join(', ') || 'none yet'}`,
    );
  return book;
}

function notAnalyzed(book: string): IcpError {
  return new IcpError('no_model', `the book ${book} has data but no scores yet; run lodestar analyze`);
}
