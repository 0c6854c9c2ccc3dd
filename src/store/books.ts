import { and, asc, desc, eq, lte, sql } from 'drizzle-orm';
import type { TimeKind } from '../icp/types.ts';
import { books, fields, imports, setAside } from './schema/imports.ts';
import type { Store } from './store.ts';

export interface Book {
  name: string;
  timeKind: TimeKind;
  /** Where its clock stands; `null`: it runs. */
  clock: number | null;
}

/** Every book, in the order in which they came. */
export async function listBooks(store: Store): Promise<Book[]> {
  const first = store.db
    .select({ book: imports.book, id: sql<number>`min(${imports.id})`.as('id') })
    .from(imports)
    .where(eq(imports.status, 'finished'))
    .groupBy(imports.book)
    .as('first');
  const rows = await store.db
    .select({ book: books })
    .from(books)
    .innerJoin(first, eq(first.book, books.name))
    .orderBy(asc(first.id));
  return rows.map(({ book }) => ({ name: book.name, timeKind: book.timeKind, clock: book.clock?.getTime() ?? null }));
}

/** The last finished import of a book: what a question asked now can see. `null` when nothing came in yet. */
export async function latestImport(store: Store, book: string): Promise<number | null> {
  const [row] = await store.db
    .select({ id: imports.id })
    .from(imports)
    .where(and(eq(imports.book, book), eq(imports.status, 'finished')))
    .orderBy(desc(imports.id))
    .limit(1);
  return row?.id ?? null;
}

/** The last import of a book that was finished by an instant; `null` when none was. */
export async function importAt(store: Store, book: string, at: number): Promise<number | null> {
  const [row] = await store.db
    .select({ id: imports.id })
    .from(imports)
    .where(and(eq(imports.book, book), eq(imports.status, 'finished'), lte(imports.finishedAt, new Date(at))))
    .orderBy(desc(imports.id))
    .limit(1);
  return row?.id ?? null;
}

/** When an import was finished; `null` while it is not. */
export async function finishedAt(store: Store, importId: number): Promise<number | null> {
  const [row] = await store.db.select({ at: imports.finishedAt }).from(imports).where(eq(imports.id, importId));
  return row?.at?.getTime() ?? null;
}

/** What an import was called; `null` where there is none of that number. */
export async function importOf(store: Store, importId: number): Promise<{ label: string } | null> {
  const [row] = await store.db.select({ label: imports.label }).from(imports).where(eq(imports.id, importId));
  return row ?? null;
}

export async function setBookClock(store: Store, book: string, clock: number | null): Promise<void> {
  await store.db
    .update(books)
    .set({ clock: clock === null ? null : new Date(clock) })
    .where(eq(books.name, book));
}

/** What the latest mapping says about the book's columns, by name. */
export async function declaredFields(store: Store, book: string) {
  return store.db.select().from(fields).where(eq(fields.book, book)).orderBy(asc(fields.field));
}

/** Rows of the book's imports that were set aside, up to an import. */
export async function countSetAside(store: Store, book: string, importId: number): Promise<number> {
  const [row] = await store.db
    .select({ n: sql<number>`count(*)::int` })
    .from(setAside)
    .innerJoin(imports, eq(imports.id, setAside.importId))
    .where(and(eq(imports.book, book), lte(imports.id, importId)));
  return row?.n ?? 0;
}
