import { IcpError } from '../errors.ts';
import { beginRun, type JobRun, openRuns, pastCounts, writeRun } from '../store/job-runs.ts';
import { type Lease, releaseLease, renewLease, takeLease } from '../store/leases.ts';
import type { Job } from './jobs.ts';
import { judgeCounts, usualRuns } from './judge-counts.ts';
import type { JobPorts, RunSummary, Step } from './ports.ts';

/** A holder that is silent for so long is taken to be dead. */
export const leaseMs = 60_000;
const heartbeatMs = leaseMs / 3;

const minuteMs = 60_000;
/** How long to wait after the first, second, ... failure. */
const backoff = [minuteMs, 5 * minuteMs, 15 * minuteMs, 60 * minuteMs];
const longestWait = 60 * minuteMs;
/** How long a run that fails is tried again. */
const windowMs = 6 * 60 * minuteMs;
/** Begun so often without an end, a run is given up: it may be what kills the process. */
const mostAttempts = 10;

/**
 * Runs what is open of a job, if nobody else does: the latest due time, and none of those before it.
 *
 * @param stopping aborted when the app stops: the run is left for the next process, as if it had not been begun
 */
export async function runOpen(ports: JobPorts, job: Job, step: Step, stopping: AbortSignal): Promise<void> {
  const { store, holder } = ports;
  if ((await openRuns(store, job.name, await ports.now())).length === 0) return;
  const lease = await takeLease(store, `job ${job.name}`, { holder, now: await ports.now(), ttlMs: leaseMs });
  if (lease === null) return;
  try {
    // With the lease in hand, what stands there as running is the work of a process that died.
    const now = await ports.now();
    const runs = await openRuns(store, job.name, now);
    for (const older of runs.slice(0, -1)) await closeOlder(ports, lease, older);
    const latest = runs.at(-1);
    if (latest === undefined || !isReady(latest, now)) return;
    if (latest.attempts >= mostAttempts) {
      await fail(ports, lease, latest, latest.reason ?? 'the process that ran it stopped every time');
      return;
    }
    await runOne(ports, job, lease, latest, step, stopping);
  } catch (error) {
    if (!(error instanceof IcpError && error.code === 'lease_lost')) throw error;
    ports.log.warn({ job: job.name }, error.message);
  } finally {
    await releaseLease(store, lease);
  }
}

async function runOne(
  ports: JobPorts,
  job: Job,
  lease: Lease,
  open: JobRun,
  step: Step,
  stopping: AbortSignal,
): Promise<void> {
  const { store, log } = ports;
  const run = await beginRun(store, lease, open, await ports.now());
  if (run === null) return;
  const lost = new AbortController();
  const stopBeating = ports.every(heartbeatMs, () => void beat(ports, lease, lost));
  log.info({ job: job.name, dueAt: run.dueAt, attempt: run.attempts }, 'job begun');
  try {
    const signal = AbortSignal.any([stopping, lost.signal]);
    const due = { job: job.name, dueAt: run.dueAt.getTime(), attempt: run.attempts, signal };
    const summary = await untilAborted(step(due), signal);
    await succeed(ports, lease, run, summary);
  } catch (error) {
    if (error instanceof IcpError && error.code === 'lease_lost') throw error;
    if (stopping.aborted)
      await writeRun(store, lease, run, { status: 'due', attempts: run.attempts - 1, startedAt: open.startedAt });
    else await tryAgain(ports, job, lease, run, error);
  } finally {
    stopBeating();
  }
}

/** A step that cannot be interrupted is left behind: whatever it ends with is void. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

async function beat(ports: JobPorts, lease: Lease, lost: AbortController): Promise<void> {
  try {
    if (await renewLease(ports.store, lease, { now: await ports.now(), ttlMs: leaseMs })) return;
    lost.abort(new IcpError('lease_lost', `${lease.name} was taken over by another process`));
  } catch (error) {
    // The database may answer again before the lease expires; if it does not, the fence holds.
    ports.log.warn({ lease: lease.name, err: error }, 'a heartbeat failed');
  }
}

async function succeed(ports: JobPorts, lease: Lease, run: JobRun, { note, ...counts }: RunSummary): Promise<void> {
  const complaint = judgeCounts(counts, await pastCounts(ports.store, run.job, usualRuns));
  const status = complaint === null ? 'success' : 'suspicious';
  const reason = complaint === null ? note : `${complaint}: ${note}`;
  await writeRun(ports.store, lease, run, { status, reason, counts, finishedAt: new Date(await ports.now()) });
  ports.log.info({ job: run.job, dueAt: run.dueAt, status, ...counts }, 'job done');
  if (complaint !== null) await tell(ports, run, 'suspicious', reason);
}

async function tryAgain(ports: JobPorts, job: Job, lease: Lease, run: JobRun, error: unknown): Promise<void> {
  const reason =
    error instanceof IcpError ? error.message : 'something broke that should not have; the log has the details';
  ports.log.warn({ job: job.name, dueAt: run.dueAt, attempt: run.attempts, err: error }, 'job failed');
  const next = (await ports.now()) + (backoff[run.attempts - 1] ?? longestWait);
  if (isTooLate(run, next)) await fail(ports, lease, run, reason);
  else await writeRun(ports.store, lease, run, { status: 'waiting', reason, nextTryAt: new Date(next) });
}

async function fail(ports: JobPorts, lease: Lease, run: JobRun, reason: string): Promise<void> {
  await writeRun(ports.store, lease, run, { status: 'failed', reason, finishedAt: new Date(await ports.now()) });
  await tell(ports, run, 'failed', reason);
}

async function closeOlder(ports: JobPorts, lease: Lease, run: JobRun): Promise<void> {
  if (run.attempts > 0) await fail(ports, lease, run, run.reason ?? 'the process that ran it stopped');
  else {
    const reason = 'it was not begun before the next was due';
    await writeRun(ports.store, lease, run, { status: 'skipped', reason, finishedAt: new Date(await ports.now()) });
  }
}

async function tell(ports: JobPorts, run: JobRun, status: 'suspicious' | 'failed', reason: string): Promise<void> {
  try {
    await ports.tell({ job: run.job as Job['name'], dueAt: run.dueAt.getTime(), status, reason });
  } catch (error) {
    ports.log.error({ job: run.job, status, reason, err: error }, 'nobody could be told about a job');
  }
}

/** A wait that is longer than any we ever set comes of a clock that was ahead then. */
function isReady({ nextTryAt }: JobRun, now: number): boolean {
  return nextTryAt === null || nextTryAt.getTime() <= now || nextTryAt.getTime() - now > longestWait;
}

/** A run that was begun is tried again within its window; one that a process left behind gets another try at any time. */
function isTooLate({ startedAt }: JobRun, at: number): boolean {
  return startedAt !== null && at - startedAt.getTime() > windowMs;
}
