import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { createPlanHash } from './plan-hash.ts';
import { insertPlanRows, type PlanRow, rowsInOrder } from './publication-rows.ts';
import { publications } from './schema/crm.ts';
import type { Store } from './store.ts';

export type PublicationState = (typeof publications.$inferSelect)['state'];

/** One writing of scores to a CRM, or the undoing of one. */
export interface Publication
  extends Omit<typeof publications.$inferSelect, 'scoredAt' | 'plannedAt' | 'resumeAt' | 'finishedAt'> {
  scoredAt: number;
  plannedAt: number;
  resumeAt: number | null;
  finishedAt: number | null;
}

/** States in which it goes on. */
const goingOn = ['planned', 'sending', 'paused'] as const;
/** States in which there may still be something to send, or to find out. */
const underWay = [...goingOn, 'stopping'] as const;

/** A plan before it is kept. */
export type NewPublication = Pick<
  Publication,
  | 'id'
  | 'book'
  | 'orgId'
  | 'orgName'
  | 'orgSetting'
  | 'kind'
  | 'undoes'
  | 'modelVersion'
  | 'modelHash'
  | 'importId'
  | 'scoredAt'
  | 'plannedAt'
  | 'by'
>;

/** The org that a publication is for, as it was planned. */
export function orgOf({ orgId, orgName, orgSetting }: Pick<Publication, 'orgId' | 'orgName' | 'orgSetting'>): {
  id: string;
  name: string;
  setting: string;
} {
  return { id: orgId, name: orgName, setting: orgSetting };
}

/** What a plan is known by: every row of it with its before and after goes in. */
export function planHashOf(plan: NewPublication, rows: Iterable<PlanRow>): string {
  const hash = createPlanHash({ ...plan, scoredAt: new Date(plan.scoredAt) });
  for (const row of rows) hash.add(row);
  return hash.digest();
}

/** Whether a plan as it is kept now has the hash that it was frozen under. It has another one where anybody touched a row. */
export async function isAsFrozen(store: Store, publication: Publication): Promise<boolean> {
  const plan = { ...publication, scoredAt: new Date(publication.scoredAt) };
  // A plan that was frozen under the older form stays as it is.
  const hashes = [createPlanHash(plan), createPlanHash(plan, 'with its import')];
  for await (const chunk of rowsInOrder(store, publication.id))
    for (const row of chunk) for (const hash of hashes) hash.add(row);
  return hashes.some((hash) => hash.digest() === publication.planHash);
}

/**
 * Freezes a plan: the publication and its rows. Call it in a transaction.
 *
 * @param plan.calls what planning took of the CRM's budget
 * @returns the publication of the book that is under way already, in which case nothing is kept
 */
export async function addPublication(
  store: Store,
  plan: NewPublication & { planHash: string; calls: number },
  rows: readonly PlanRow[],
): Promise<Publication | null> {
  await store.db.execute(sql`lock table publications in share row exclusive mode`);
  const other = await publicationUnderWay(store, plan.book);
  if (other !== null) return other;
  await store.db.insert(publications).values({
    ...plan,
    scoredAt: new Date(plan.scoredAt),
    plannedAt: new Date(plan.plannedAt),
    ...{ state: 'planned', reason: null, resumeAt: null, finishedAt: null, told: {} },
  });
  await insertPlanRows(store, plan.id, rows);
  return null;
}

/** The publication of a book that has not come to its end; there is at most one. */
export async function publicationUnderWay(store: Store, book: string): Promise<Publication | null> {
  const [row] = await store.db
    .select()
    .from(publications)
    .where(and(eq(publications.book, book), inArray(publications.state, [...underWay])))
    .limit(1);
  return row === undefined ? null : publicationOfRow(row);
}

export async function publicationOf(store: Store, id: string): Promise<Publication | null> {
  const [row] = await store.db.select().from(publications).where(eq(publications.id, id));
  return row === undefined ? null : publicationOfRow(row);
}

/** Publications whose id begins like this: people type the beginning. */
export async function publicationsLike(store: Store, beginning: string): Promise<Publication[]> {
  const rows = await store.db.select().from(publications).where(sql`starts_with(${publications.id}, ${beginning})`);
  return rows.map(publicationOfRow);
}

/** The runs by which a book has written to an org. */
export async function runIdsOf(
  store: Store,
  { book, orgId }: Pick<Publication, 'book' | 'orgId'>,
): Promise<ReadonlySet<string>> {
  const rows = await store.db
    .select({ id: publications.id })
    .from(publications)
    .where(and(eq(publications.book, book), eq(publications.orgId, orgId)));
  return new Set(rows.map(({ id }) => id));
}

/** The publications of a book, the latest first. */
export async function publicationsOf(store: Store, book: string, most: number): Promise<Publication[]> {
  const rows = await store.db
    .select()
    .from(publications)
    .where(eq(publications.book, book))
    .orderBy(desc(publications.plannedAt), desc(publications.id))
    .limit(most);
  return rows.map(publicationOfRow);
}

/**
 * Moves a publication on. What is not given stays; `calls` are added.
 *
 * What has ended stays as it ended, and what is to be stopped comes to no other end.
 *
 * @returns whether it was moved
 */
export async function movePublication(
  store: Store,
  id: string,
  to: {
    state: PublicationState;
    reason?: string | null;
    resumeAt?: number | null;
    finishedAt?: number;
    calls?: number;
  },
): Promise<boolean> {
  const { state, reason, resumeAt, finishedAt, calls = 0 } = to;
  const from = state === 'stopping' || state === 'stopped' ? underWay : goingOn;
  const moved = await store.db
    .update(publications)
    .set({
      state,
      calls: sql`${publications.calls} + ${calls}`,
      ...(reason === undefined ? {} : { reason }),
      ...(resumeAt === undefined ? {} : { resumeAt: resumeAt === null ? null : new Date(resumeAt) }),
      ...(finishedAt === undefined ? {} : { finishedAt: new Date(finishedAt) }),
    })
    .where(and(eq(publications.id, id), inArray(publications.state, [...from])))
    .returning({ id: publications.id });
  return moved.length > 0;
}

/** Claims the right to tell something of a publication: `false` where it was told, or is being told. */
export async function claimTold(store: Store, id: string, key: string): Promise<boolean> {
  const rows = await store.rows(sql`
    update publications set told = told || jsonb_build_object(${key}::text, null)
    where id = ${id} and not told ? ${key} returning id`);
  return rows.length > 0;
}

/** Where it was told; `null` takes the claim back, so that it is told another time. */
export async function setTold(
  store: Store,
  id: string,
  key: string,
  told: { channel: string; ts: string } | null,
): Promise<void> {
  await store.rows(
    told === null
      ? sql`update publications set told = told - ${key}::text where id = ${id}`
      : sql`update publications set told = told || jsonb_build_object(${key}::text, ${JSON.stringify(told)}::jsonb) where id = ${id}`,
  );
}

function publicationOfRow(row: typeof publications.$inferSelect): Publication {
  return {
    ...row,
    scoredAt: row.scoredAt.getTime(),
    plannedAt: row.plannedAt.getTime(),
    resumeAt: row.resumeAt?.getTime() ?? null,
    finishedAt: row.finishedAt?.getTime() ?? null,
  };
}
