import { createHash } from 'node:crypto';
import { and, asc, desc, eq, lte, max, sql } from 'drizzle-orm';
import type { FeatureCatalogue } from '../icp/features/feature-rule.ts';
import type { IcpModel } from '../icp/model.ts';
import { inOrder } from './in-order.ts';
import { models } from './schema/models.ts';
import { type activationKinds, activations } from './schema/registry.ts';
import type { Store } from './store.ts';

export interface StoredModel {
  version: number;
  book: string;
  importId: number;
  asOf: number;
  model: IcpModel;
  catalogue: FeatureCatalogue;
  verdict: string;
  createdAt: number;
  contentHash: string | null;
  /** The version that it was made from by approved changes; `null` for one that was learnt. */
  parentVersion: number | null;
  changelog: string | null;
  /** When it came into force last, and through whom; `null` for one that never did. */
  activatedAt: number | null;
  activatedBy: string | null;
}

/** A model as it is put into the registry. */
export interface NewModel
  extends Pick<StoredModel, 'book' | 'importId' | 'asOf' | 'model' | 'catalogue' | 'verdict'>,
    Partial<Pick<StoredModel, 'parentVersion' | 'changelog'>> {}

/** A coming into force. */
export interface Activation {
  book: string;
  version: number;
  at: number;
  by: string;
  kind: (typeof activationKinds)[number];
  proposalId: number | null;
  contentHash: string;
  reason: string | null;
}

/** What makes a model the model that it is: its table and how its features are read, not the day on which it was learnt again. */
export function contentHashOf({ model, catalogue }: Pick<StoredModel, 'model' | 'catalogue'>): string {
  const { asOf: _, ...table } = model;
  const content = JSON.stringify(inOrder([table, catalogue.features, catalogue.rules]));
  return createHash('sha256').update(content).digest('hex');
}

/** Keeps a model under the next version number. Models are immutable: there is no way to change one. */
export async function addModel(store: Store, entry: NewModel, createdAt: number): Promise<number> {
  return store.transaction(async ({ db }) => {
    // Two models that are made at once would otherwise take the same number.
    await db.execute(sql`lock table models in share row exclusive mode`);
    const [row] = await db.select({ last: max(models.version) }).from(models);
    const version = (row?.last ?? 0) + 1;
    await db.insert(models).values({
      ...entry,
      version,
      contentHash: contentHashOf(entry),
      asOf: new Date(entry.asOf),
      createdAt: new Date(createdAt),
    });
    return version;
  });
}

/** Puts a version in force, as a row of its own: what was in force before stays known. */
export async function activateModel(
  store: Store,
  version: number,
  { by, at, kind = 'first', proposalId = null, reason = null }: Pick<Activation, 'by' | 'at'> & Partial<Activation>,
): Promise<void> {
  const stored = await modelOfVersion(store, version);
  if (stored === null) throw new Error(`no model has the version ${version}`);
  const contentHash = contentHashOf(stored);
  await store.db
    .insert(activations)
    .values({ book: stored.book, version, at: new Date(at), by, kind, proposalId, contentHash, reason });
}

/** Every coming into force of a book, oldest first. */
export async function activationsOf(store: Store, book: string): Promise<Activation[]> {
  const rows = await store.db.select().from(activations).where(eq(activations.book, book)).orderBy(asc(activations.id));
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

/** The model in force: the one of the book that was activated last. */
export async function activeModel(store: Store, book: string): Promise<StoredModel | null> {
  return modelInForceAt(store, book, null);
}

/** The model that was in force on a day: of those activated by then, the one that was activated last. */
export async function modelInForceAt(store: Store, book: string, at: number | null): Promise<StoredModel | null> {
  const [row] = await store.db
    .select({ model: models, at: activations.at, by: activations.by })
    .from(activations)
    .innerJoin(models, eq(models.version, activations.version))
    .where(and(eq(activations.book, book), at === null ? undefined : lte(activations.at, new Date(at))))
    .orderBy(desc(activations.at), desc(activations.id))
    .limit(1);
  return row === undefined ? null : stored(row.model, row);
}

/** Every version of a book that was ever in force, oldest first. */
export async function pastModels(store: Store, book: string): Promise<StoredModel[]> {
  return (await modelsOf(store, book)).filter(({ activatedAt }) => activatedAt !== null);
}

/** Every version of a book, those that never came into force too, oldest first. */
export async function modelsOf(store: Store, book: string): Promise<StoredModel[]> {
  const rows = await withActivations(store, eq(models.book, book));
  return rows.map((row) => stored(row.model, row));
}

export async function modelOfVersion(store: Store, version: number): Promise<StoredModel | null> {
  const [row] = await withActivations(store, eq(models.version, version));
  return row === undefined ? null : stored(row.model, row);
}

async function withActivations(store: Store, where: ReturnType<typeof eq>) {
  const last = store.db
    .selectDistinctOn([activations.version], {
      version: activations.version,
      at: activations.at,
      by: activations.by,
    })
    .from(activations)
    .orderBy(activations.version, desc(activations.at), desc(activations.id))
    .as('last');
  return store.db
    .select({ model: models, at: last.at, by: last.by })
    .from(models)
    .leftJoin(last, eq(last.version, models.version))
    .where(where)
    .orderBy(asc(models.version));
}

function stored(row: typeof models.$inferSelect, last: { at: Date | null; by: string | null }): StoredModel {
  return {
    ...row,
    asOf: row.asOf.getTime(),
    createdAt: row.createdAt.getTime(),
    activatedAt: last.at?.getTime() ?? null,
    activatedBy: last.by,
  };
}
