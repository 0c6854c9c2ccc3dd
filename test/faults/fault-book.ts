import { type PublishedBook, publishedBook } from '../support/published-book.ts';
import { publishItself } from './templates.ts';

/** A book in memory that the clock publishes: enough accounts for a canary, a job and some leads and contacts by the call. */
export async function faultBook(): Promise<PublishedBook> {
  const book = await publishedBook({ accounts: 260, leads: 40, contacts: 20 });
  await publishItself(book.store, 0);
  return book;
}
