import { IcpError } from '../errors.ts';
import { bookOf } from '../questions/pin.ts';
import { type Book, listBooks } from '../store/books.ts';
import type { Store } from '../store/store.ts';

/** The book that was named, or all of them. */
export async function booksMeant(store: Store, named: string | undefined): Promise<Book[]> {
  if (named !== undefined) return [await bookOf(store, named)];
  const books = await listBooks(store);
  if (books.length === 0)
    throw new IcpError('no_data', 'there is no data yet; import a folder with lodestar import DIR');
  return books;
}

/** Where a book's clock stands: its own, for a story of the past, or the real one. */
export function clockOf(book: Book, now: () => number): number {
  return book.clock ?? now();
}
