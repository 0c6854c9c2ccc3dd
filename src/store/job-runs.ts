import { and, asc, desc, eq, gt, inArray, isNotNull, lt, lte, or, sql } from 'drizzle-orm';
import { holdLease, type Lease } from './leases.ts';
import { jobRuns } from './schema/job-runs.ts';
import type { Store } from './store.ts';

export type JobRun = typeof jobRuns.$inferSelect;
export type RunStatus = JobRun['status'];

/** Not over yet. */
const open: RunStatus[] = ['due', 'running', 'waiting'];

/** Writes down times at which a job was due; those that stand there already are left as they are. */
export async function registerRuns(
  store: Store,
  job: string,
  dues: readonly { dueAt: number; skippedBecause: string | null }[],
  now: number,
): Promise<void> {
  for (let from = 0; from < dues.length; from += 1_000) {
    const rows = dues.slice(from, from + 1_000).map(({ dueAt, skippedBecause }) => ({
      ...{ job, dueAt: new Date(dueAt), attempts: 0, reason: skippedBecause },
      ...(skippedBecause === null
        ? { status: 'due' as const }
        : { status: 'skipped' as const, finishedAt: new Date(now) }),
    }));
    await store.db.insert(jobRuns).values(rows).onConflictDoNothing();
  }
}

/** The last time up to an instant that is written down for a job; `null` when there is none. */
export async function lastRegistered(store: Store, job: string, until: number): Promise<number | null> {
  const [row] = await store.db
    .select({ dueAt: jobRuns.dueAt })
    .from(jobRuns)
    .where(and(eq(jobRuns.job, job), lte(jobRuns.dueAt, new Date(until))))
    .orderBy(desc(jobRuns.dueAt))
    .limit(1);
  return row?.dueAt.getTime() ?? null;
}

/** The first time after an instant that is written down for a job: by a clock that was ahead. `null` when there is none. */
export async function firstRegistered(store: Store, job: string, after: number): Promise<number | null> {
  const [row] = await store.db
    .select({ dueAt: jobRuns.dueAt })
    .from(jobRuns)
    .where(and(eq(jobRuns.job, job), gt(jobRuns.dueAt, new Date(after))))
    .orderBy(asc(jobRuns.dueAt))
    .limit(1);
  return row?.dueAt.getTime() ?? null;
}

/**
 * Makes a skipped run one to be done, where it was skipped before it was due, or at a time that is still to come: a clock
 * that was ahead has been put right since, and nothing was missed.
 */
export async function reopenSkipped(store: Store, job: string, dueAt: number, now: number): Promise<void> {
  await store.db
    .update(jobRuns)
    .set({ status: 'due', reason: null, finishedAt: null })
    .where(
      and(
        eq(jobRuns.job, job),
        eq(jobRuns.dueAt, new Date(dueAt)),
        eq(jobRuns.status, 'skipped'),
        or(gt(jobRuns.finishedAt, new Date(now)), lt(jobRuns.finishedAt, jobRuns.dueAt)),
      ),
    );
}

/** The runs of a job that are due by now and not over, in the order in which they were due. */
export async function openRuns(store: Store, job: string, now: number): Promise<JobRun[]> {
  return store.db
    .select()
    .from(jobRuns)
    .where(and(eq(jobRuns.job, job), inArray(jobRuns.status, open), lte(jobRuns.dueAt, new Date(now))))
    .orderBy(asc(jobRuns.dueAt));
}

/** Begins a run under a lease; `null` when it is over or gone. */
export async function beginRun(
  store: Store,
  lease: Lease,
  { job, dueAt }: Pick<JobRun, 'job' | 'dueAt'>,
  now: number,
): Promise<JobRun | null> {
  return store.transaction(async (tx) => {
    await holdLease(tx, lease);
    const [row] = await tx.db
      .update(jobRuns)
      .set({
        ...{ status: 'running', token: lease.token, owner: lease.holder, nextTryAt: null },
        attempts: sql`${jobRuns.attempts} + 1`,
        startedAt: sql`coalesce(${jobRuns.startedAt}, ${new Date(now).toISOString()}::timestamptz)`,
      })
      .where(and(eq(jobRuns.job, job), eq(jobRuns.dueAt, dueAt), inArray(jobRuns.status, open)))
      .returning();
    return row ?? null;
  });
}

/**
 * Writes how a run stands now, or ended; only whoever holds its lease can.
 *
 * @throws {IcpError} `lease_lost` when it was taken over meanwhile
 */
export async function writeRun(
  store: Store,
  lease: Lease,
  { job, dueAt }: Pick<JobRun, 'job' | 'dueAt'>,
  change: Partial<Pick<JobRun, 'status' | 'attempts' | 'startedAt' | 'finishedAt' | 'nextTryAt' | 'reason' | 'counts'>>,
): Promise<void> {
  await store.transaction(async (tx) => {
    await holdLease(tx, lease);
    await tx.db
      .update(jobRuns)
      .set(change)
      .where(and(eq(jobRuns.job, job), eq(jobRuns.dueAt, dueAt), inArray(jobRuns.status, open)));
  });
}

/** The latest runs of a job, the last first. */
export async function runsOf(store: Store, job: string, limit: number): Promise<JobRun[]> {
  return store.db.select().from(jobRuns).where(eq(jobRuns.job, job)).orderBy(desc(jobRuns.dueAt)).limit(limit);
}

/** What the last finished runs of a job read and wrote: what is usual. */
export async function pastCounts(store: Store, job: string, limit: number): Promise<NonNullable<JobRun['counts']>[]> {
  const rows = await store.db
    .select({ counts: jobRuns.counts })
    .from(jobRuns)
    .where(and(eq(jobRuns.job, job), inArray(jobRuns.status, ['success', 'suspicious']), isNotNull(jobRuns.counts)))
    .orderBy(desc(jobRuns.dueAt))
    .limit(limit);
  return rows.flatMap(({ counts }) => (counts === null ? [] : [counts]));
}

/** How each job went last, by name. */
export async function lastRunOfEach(store: Store): Promise<Pick<JobRun, 'job' | 'status' | 'dueAt' | 'reason'>[]> {
  return store.db
    .selectDistinctOn([jobRuns.job], {
      ...{ job: jobRuns.job, status: jobRuns.status, dueAt: jobRuns.dueAt, reason: jobRuns.reason },
    })
    .from(jobRuns)
    .orderBy(asc(jobRuns.job), desc(jobRuns.dueAt));
}
