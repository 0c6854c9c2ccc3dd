import { type EventWanted, recordEvent, takeBackEvent } from '../engine/judgements/events.ts';
import { withLease } from '../engine/with-lease.ts';
import type { Book } from '../store/books.ts';
import type { CompanyEvent } from '../store/company-events.ts';
import { activeModel } from '../store/models.ts';
import type { ScoreRun } from '../store/scores.ts';
import { rescoreBook } from './analyze-book.ts';
import type { Lodestar } from './open-lodestar.ts';

type House = Pick<Lodestar, 'store' | 'compute' | 'now' | 'holder'>;

/** Records an event while nobody else works on its book, and scores the book anew where it has a model. */
export async function recordAndRescore(
  lodestar: House,
  book: Book,
  wanted: Omit<EventWanted, 'book'>,
): Promise<{ event: CompanyEvent; run: ScoreRun | null }> {
  const lease = { what: `the book ${book.name}`, holder: lodestar.holder };
  const event = await withLease(lodestar.store, lease, () => recordEvent(lodestar, { ...wanted, book: book.name }));
  return { event, run: await rescoreNow(lodestar, book) };
}

/** Takes an event back, and scores the book anew where that changed anything. */
export async function takeBackAndRescore(
  lodestar: House,
  book: Book,
  wanted: Parameters<typeof takeBackEvent>[1],
): Promise<{ event: CompanyEvent; changed: boolean; run: ScoreRun | null }> {
  const lease = { what: `the book ${book.name}`, holder: lodestar.holder };
  const done = await withLease(lodestar.store, lease, () => takeBackEvent(lodestar, wanted));
  return { ...done, run: done.changed ? await rescoreNow(lodestar, book) : null };
}

async function rescoreNow(lodestar: House, book: Book): Promise<ScoreRun | null> {
  if ((await activeModel(lodestar.store, book.name)) === null) return null;
  return rescoreBook(lodestar, { book, asOf: book.clock ?? lodestar.now(), onProgress: () => {} });
}
