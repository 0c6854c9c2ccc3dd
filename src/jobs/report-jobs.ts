import { type JobRun, pastCounts, runsOf } from '../store/job-runs.ts';
import type { RunCounts } from '../store/schema/job-runs.ts';
import type { Store } from '../store/store.ts';
import { type JobName, jobs } from './jobs.ts';
import { usualCounts, usualRuns } from './judge-counts.ts';
import { scheduleOf } from './register-due.ts';
import { nextDue } from './schedule.ts';

export interface ReportedRun {
  dueAt: string;
  status: JobRun['status'];
  attempts: number;
  finishedAt: string | null;
  reason: string | null;
  read: RunCounts['read'];
  written: RunCounts['written'];
}

/** A job as a person wants to see it: when it is due, how it went, and what it usually reads. */
export interface ReportedJob {
  job: JobName;
  does: string;
  schedule: string;
  /** `null` where it is switched off. */
  nextDue: string | null;
  usual: Readonly<Record<string, number>>;
  /** The last first. */
  runs: readonly ReportedRun[];
}

/** Every job with its last runs. */
export async function reportJobs(store: Store, now: number, lastRuns: number): Promise<ReportedJob[]> {
  const reported: ReportedJob[] = [];
  for (const job of jobs) {
    const { schedule, text } = await scheduleOf(store, job);
    reported.push({
      ...{ job: job.name, does: job.does, schedule: text },
      nextDue: schedule === null ? null : isoOf(nextDue(schedule, now)),
      usual: usualCounts(await pastCounts(store, job.name, usualRuns)),
      runs: (await runsOf(store, job.name, lastRuns)).map(reportedRun),
    });
  }
  return reported;
}

/**
 * What is wrong with a job, in words: its last run that is over failed or looks suspicious. `null` when nothing is.
 */
export function complaintOf({ runs }: Pick<ReportedJob, 'runs'>): string | null {
  const last = runs.find(({ status }) => status === 'success' || status === 'suspicious' || status === 'failed');
  if (last === undefined || last.status === 'success') return null;
  return `${last.status === 'failed' ? 'failed' : 'looks wrong'} on ${last.dueAt.slice(0, 10)}: ${last.reason ?? 'no reason is known'}`;
}

function reportedRun({ dueAt, status, attempts, finishedAt, reason, counts }: JobRun): ReportedRun {
  return {
    ...{ dueAt: dueAt.toISOString(), status, attempts, reason },
    finishedAt: finishedAt === null ? null : finishedAt.toISOString(),
    ...{ read: counts?.read ?? {}, written: counts?.written ?? {} },
  };
}

function isoOf(instant: number): string {
  return new Date(instant).toISOString();
}
