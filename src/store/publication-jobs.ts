import { and, asc, eq, isNotNull, max, notInArray } from 'drizzle-orm';
import { publicationJobs } from './schema/crm.ts';
import type { Store } from './store.ts';

export interface PublicationJob extends Omit<typeof publicationJobs.$inferSelect, 'askedAt'> {
  askedAt: number;
}

/** Writes down that a job is about to be asked for, before it is. */
export async function addPublicationJob(
  store: Store,
  { publicationId, object, rows, askedAt }: Pick<PublicationJob, 'publicationId' | 'object' | 'rows' | 'askedAt'>,
): Promise<number> {
  const [row] = await store.db
    .select({ last: max(publicationJobs.nth) })
    .from(publicationJobs)
    .where(eq(publicationJobs.publicationId, publicationId));
  const nth = (row?.last ?? 0) + 1;
  await store.db.insert(publicationJobs).values({
    ...{ publicationId, nth, object, rows, askedAt: new Date(askedAt), jobId: null, state: 'asked', bytes: null },
  });
  return nth;
}

export async function movePublicationJob(
  store: Store,
  { publicationId, nth }: Pick<PublicationJob, 'publicationId' | 'nth'>,
  to: Partial<Pick<PublicationJob, 'state' | 'jobId'>>,
): Promise<void> {
  await store.db
    .update(publicationJobs)
    .set(to)
    .where(and(eq(publicationJobs.publicationId, publicationId), eq(publicationJobs.nth, nth)));
}

/** Jobs of a publication whose end is not written down, in the order in which they were asked for. */
export async function openPublicationJobs(store: Store, publicationId: string): Promise<PublicationJob[]> {
  const rows = await store.db
    .select()
    .from(publicationJobs)
    .where(
      and(
        eq(publicationJobs.publicationId, publicationId),
        notInArray(publicationJobs.state, ['recorded', 'given up']),
      ),
    )
    .orderBy(asc(publicationJobs.nth));
  return rows.map((row) => ({ ...row, askedAt: row.askedAt.getTime() }));
}

/** The ids of all jobs that we know to be ours: an open one that is not among them is an orphan. */
export async function knownJobIds(store: Store): Promise<ReadonlySet<string>> {
  const rows = await store.db
    .select({ jobId: publicationJobs.jobId })
    .from(publicationJobs)
    .where(isNotNull(publicationJobs.jobId));
  return new Set(rows.flatMap(({ jobId }) => jobId ?? []));
}
