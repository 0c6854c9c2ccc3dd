import { sql } from 'drizzle-orm';
import { AccountNotFoundError } from '../errors.ts';
import { listBooks } from '../store/books.ts';
import { accounts } from '../store/schema/accounts.ts';
import { imports } from '../store/schema/imports.ts';
import type { Store } from '../store/store.ts';
import { primaryBook } from './pin.ts';
import type { AccountRef } from './types.ts';

const shown = 5;
const compared = 5_000;

/**
 * The account that is meant by an id, a domain or a name; `book:words` looks in one book only.
 *
 * @throws {AccountNotFoundError} with the nearest accounts when none, or more than one, answers to it
 * @throws {IcpError} `no_data` when there is no book to look in
 */
export async function resolveAccount(store: Store, typed: string, book?: string): Promise<AccountRef> {
  const { words, inBook } = await splitBook(store, typed, book);
  const exact = await find(
    store,
    inBook,
    sql`(id = ${words} or lower(domain) = ${domainOf(words)} or lower(name) = ${words.toLowerCase()})`,
    compared,
  );
  const byId = exact.filter(({ id }) => id === words);
  const best = byId.length === 1 ? byId : exact;
  const [only] = best;
  if (only !== undefined && best.length === 1) return only;
  if (best.length > 1) {
    throw new AccountNotFoundError(
      `${best.length} accounts answer to ${quoted(words)}; say which one`,
      best.slice(0, shown),
    );
  }
  await primaryBook(store);
  const near = await suggestAccounts(store, typed, shown, book);
  const [first, second] = near;
  if (
    first !== undefined &&
    startsAlike(first.name, words) &&
    !(second !== undefined && startsAlike(second.name, words))
  )
    return first;
  throw new AccountNotFoundError(
    near.length === 0
      ? `no account answers to ${quoted(words)}, and none has a name like it; check the spelling, or give its id or domain`
      : `no account answers to ${quoted(words)}; did you mean one of these?`,
    near,
  );
}

/** Accounts whose name, domain or id is near the words, best first. */
export async function suggestAccounts(
  store: Store,
  typed: string,
  limit: number,
  book?: string,
): Promise<AccountRef[]> {
  const { words, inBook } = await splitBook(store, typed, book);
  const folded = words.toLowerCase();
  if (folded === '') return [];
  const parts = folded.split(/[^\p{L}\p{N}]+/u).filter((part) => part.length > 1);
  const patterns = (parts.length > 0 ? parts : [folded]).map((part) => `%${part.replace(/[\\%_]/g, '\\$&')}%`);
  const anywhere = sql.join(
    patterns.map(
      (pattern) => sql`lower(coalesce(name, '') || ' ' || coalesce(domain, '') || ' ' || id) like ${pattern}`,
    ),
    sql` or `,
  );
  let found = await find(store, inBook, sql`(${anywhere})`, compared);
  if (found.length === 0)
    found = await find(store, inBook, sql`lower(left(coalesce(name, id), 1)) = ${folded.slice(0, 1)}`, compared);
  return found
    .map((account) => ({
      account,
      near: Math.max(
        likeness(folded, account.name.toLowerCase()),
        likeness(folded, account.domain ?? ''),
        likeness(folded, account.id.toLowerCase()),
      ),
    }))
    .filter(({ near }) => near > 0.3)
    .sort((a, b) => b.near - a.near || (a.account.name < b.account.name ? -1 : 1))
    .slice(0, limit)
    .map(({ account }) => account);
}

async function find(
  store: Store,
  book: string | undefined,
  where: ReturnType<typeof sql>,
  limit: number,
): Promise<AccountRef[]> {
  return store.rows<{ book: string; id: string; name: string; domain: string | null }>(sql`
    select book, id, coalesce(name, id) as name, domain from (
      select distinct on (account.book, account.id) account.* from ${accounts} account
      join ${imports} source on source.id = account.import_id and source.status = 'finished'
      where ${book === undefined ? sql`true` : sql`account.book = ${book}`}
      order by account.book, account.id, account.import_id desc
    ) latest where ${where} and not exists (
      select from departures gone join ${imports} since on since.id = gone.import_id and since.status = 'finished'
      where gone.book = latest.book and gone.kind = 'accounts' and gone.id = latest.id and gone.import_id >= latest.import_id
    ) order by book, id limit ${limit}`);
}

async function splitBook(
  store: Store,
  typed: string,
  book: string | undefined,
): Promise<{ words: string; inBook: string | undefined }> {
  // Control characters are in no name, and Postgres takes no text with a NUL in it.
  const words = typed
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .replace(/\s+/g, ' ');
  const colon = words.indexOf(':');
  if (book !== undefined || colon < 1) return { words, inBook: book };
  const named = words.slice(0, colon);
  const known = (await listBooks(store)).some(({ name }) => name === named);
  return known ? { words: words.slice(colon + 1).trim(), inBook: named } : { words, inBook: undefined };
}

function domainOf(words: string): string {
  return words
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/.*$/, '');
}

function startsAlike(name: string, words: string): boolean {
  return words.length >= 3 && name.toLowerCase().startsWith(words.toLowerCase());
}

function quoted(words: string): string {
  return `"${words.length > 60 ? `${words.slice(0, 60)}…` : words}"`;
}

/** Share of letter pairs that two texts have in common (Dice), 0 to 1; a text that begins with the other comes near 1. */
export function likeness(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  if (a === b) return 1;
  const left = pairs(a);
  const right = pairs(b);
  let shared = 0;
  for (const [pair, count] of left) shared += Math.min(count, right.get(pair) ?? 0);
  const dice = (2 * shared) / Math.max(1, a.length + b.length - 2);
  return b.startsWith(a) || a.startsWith(b) ? Math.max(dice, 0.9) : dice;
}

function pairs(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + 1 < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}
