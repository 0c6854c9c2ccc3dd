import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyzeBook, type BookAnalyzed } from '../../src/compose/analyze-book.ts';
import { openBundle } from '../../src/connectors/csv/open-bundle.ts';
import { createCompute } from '../../src/engine/compute/compute.ts';
import { ingest } from '../../src/engine/ingest/ingest.ts';
import { generateMarket } from '../../src/market/generate.ts';
import { type Book, listBooks, setBookClock } from '../../src/store/books.ts';
import type { Store } from '../../src/store/store.ts';

/** The end of the market's last day: what its book's clock says. */
export const marketEnd = Date.parse('2026-10-01');

/**
 * A thousand accounts of the box as a bundle: so many that have a closed deal, and so many that have none.
 *
 * Small enough for a test, and yet with enough of both outcomes to learn from (with the sizes that are usual here).
 */
export function writeSmallMarket(folder: string, { closed = 800, others = 200 } = {}): void {
  const { files } = generateMarket({ size: 'box', seed: 1 });
  const withDeal = new Set<string>();
  const all: string[] = [];
  for (const { file, header, rows } of files) {
    if (file === 'accounts.csv') for (const row of rows) all.push(cell(row, header, 'account_id'));
    if (file !== 'opportunities.csv') continue;
    for (const row of rows) {
      if (cell(row, header, 'closed_at') !== '') withDeal.add(cell(row, header, 'account_id'));
    }
  }
  const chosen = new Set([
    ...all.filter((id) => withDeal.has(id)).slice(0, closed),
    ...all.filter((id) => !withDeal.has(id)).slice(0, others),
  ]);
  mkdirSync(folder, { recursive: true });
  for (const { file, header, rows } of files) {
    const lines = [header.join(',')];
    for (const row of rows) {
      if (!header.includes('account_id') || chosen.has(cell(row, header, 'account_id')))
        lines.push(row.map((value) => quoted(String(value ?? ''))).join(','));
    }
    writeFileSync(join(folder, file), `${lines.join('\n')}\n`);
  }
}

/** A store with the small market in it, its clock at the market's end, learnt and scored, as of its end or an earlier day. */
export async function withSmallMarket(
  store: Store,
  size?: { closed?: number; others?: number },
  learntAt = marketEnd,
): Promise<{ book: Book; analyzed: BookAnalyzed }> {
  const folder = mkdtempSync(join(tmpdir(), 'lodestar-market-'));
  try {
    writeSmallMarket(folder, size);
    await ingest({ store }, await openBundle(folder, { now: marketEnd }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  await setBookClock(store, 'main', marketEnd);
  return { book: await onlyBook(store), analyzed: await analyzeAgain(store, learntAt) };
}

export async function analyzeAgain(
  store: Store,
  asOf = marketEnd,
  { activate = false, now = () => asOf } = {},
): Promise<BookAnalyzed> {
  const book = await onlyBook(store);
  const lodestar = { store, compute: createCompute(), now, holder: 'test' };
  return analyzeBook(lodestar, { book, asOf, seed: 1, by: 'a test', activate, onProgress: () => {} });
}

export async function onlyBook(store: Store): Promise<Book> {
  const [book] = await listBooks(store);
  if (book === undefined) throw new Error('the test has imported nothing yet');
  return book;
}

function cell(row: readonly unknown[], header: readonly string[], column: string): string {
  return String(row[header.indexOf(column)] ?? '');
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
