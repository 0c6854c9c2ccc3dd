import { and, asc, desc, eq, isNotNull, lte, max, sql } from 'drizzle-orm';
import type { FeatureCatalogue } from '../icp/features/feature-rule.ts';
import type { IcpModel } from '../icp/model.ts';
import { models } from './schema/models.ts';
import type { Store } from './store.ts';

export interface StoredModel {
  version: number;
  book: string;
  importId: number;
  asOf: number;
  model: IcpModel;
  catalogue: FeatureCatalogue;
  verdict: string;
  activatedAt: number | null;
  activatedBy: string | null;
}

/** Keeps a model under the next version number. Models are immutable: there is no way to change one. */
export async function addModel(
  store: Store,
  entry: Omit<StoredModel, 'version' | 'activatedAt' | 'activatedBy'>,
  createdAt: number,
): Promise<number> {
  return store.transaction(async ({ db }) => {
    // Two models that are made at once would otherwise take the same number.
    await db.execute(sql`lock table models in share row exclusive mode`);
    const [row] = await db.select({ last: max(models.version) }).from(models);
    const version = (row?.last ?? 0) + 1;
    await db.insert(models).values({ ...entry, version, asOf: new Date(entry.asOf), createdAt: new Date(createdAt) });
    return version;
  });
}

export async function activateModel(store: Store, version: number, by: string, at: number): Promise<void> {
  await store.db
    .update(models)
    .set({ activatedAt: new Date(at), activatedBy: by })
    .where(eq(models.version, version));
}

/** The model in force: the one of the book that was activated last. */
export async function activeModel(store: Store, book: string): Promise<StoredModel | null> {
  const [row] = await store.db
    .select()
    .from(models)
    .where(and(eq(models.book, book), isNotNull(models.activatedAt)))
    .orderBy(desc(models.activatedAt), desc(models.version))
    .limit(1);
  return row === undefined ? null : stored(row);
}

/** Every version of a book that was ever in force, oldest first. */
export async function pastModels(store: Store, book: string): Promise<StoredModel[]> {
  const rows = await store.db
    .select()
    .from(models)
    .where(and(eq(models.book, book), isNotNull(models.activatedAt)))
    .orderBy(asc(models.version));
  return rows.map(stored);
}

/** The model that was in force on a day: of those activated by then, the one that was activated last. */
export async function modelInForceAt(store: Store, book: string, at: number): Promise<StoredModel | null> {
  const [row] = await store.db
    .select()
    .from(models)
    .where(and(eq(models.book, book), lte(models.activatedAt, new Date(at))))
    .orderBy(desc(models.activatedAt), desc(models.version))
    .limit(1);
  return row === undefined ? null : stored(row);
}

export async function modelOfVersion(store: Store, version: number): Promise<StoredModel | null> {
  const [row] = await store.db.select().from(models).where(eq(models.version, version));
  return row === undefined ? null : stored(row);
}

function stored(row: typeof models.$inferSelect): StoredModel {
  return { ...row, asOf: row.asOf.getTime(), activatedAt: row.activatedAt?.getTime() ?? null };
}
