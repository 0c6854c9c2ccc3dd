import { firstRegistered, lastRegistered, registerRuns, reopenSkipped } from '../store/job-runs.ts';
import { settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { type Job, scheduleKey } from './jobs.ts';
import { dueTimes, lastDue, parseSchedule, type Schedule } from './schedule.ts';

const missed = 'it was missed, and a later one too';

/** The schedule in force for a job, and since when a person has wanted it so; `null` where it is switched off. */
export async function scheduleOf(
  store: Store,
  job: Job,
): Promise<{ schedule: Schedule | null; text: string; since: number | null }> {
  const setting = await settingOf(store, scheduleKey(job.name));
  const text = typeof setting?.value === 'string' ? setting.value : job.usually;
  return { schedule: parseSchedule(text), text, since: setting?.setAt ?? null };
}

/**
 * Writes down every time at which a job was due since it was last looked: whoever writes first has written.
 *
 * Only the latest is to be run. Those that were missed before it are written down as skipped, with the reason.
 */
export async function registerDue(store: Store, job: Job, now: number): Promise<void> {
  const { schedule, since } = await scheduleOf(store, job);
  if (schedule === null) return;
  const registered = await lastRegistered(store, job.name, now);
  if (registered === null) {
    await registerFirst(store, job, schedule, now);
    return;
  }
  const from = since !== null && since <= now ? Math.max(registered, since) : registered;
  const dues = dueTimes(schedule, from, now);
  await registerRuns(
    store,
    job.name,
    dues.map((dueAt, nth) => ({ dueAt, skippedBecause: nth === dues.length - 1 ? null : missed })),
    now,
  );
  await reopenSkipped(store, job.name, lastDue(schedule, now), now);
}

/** From here on nothing is missed, even if the app is stopped before the job is due for the first time. */
async function registerFirst(store: Store, job: Job, schedule: Schedule, now: number): Promise<void> {
  const before = {
    dueAt: lastDue(schedule, now),
    skippedBecause: 'it was due before this job was started for the first time',
  };
  // Where a clock that was ahead has written down later ones already, none may be missing in between.
  const later = await firstRegistered(store, job.name, now);
  const between = later === null ? [] : dueTimes(schedule, now, later);
  await registerRuns(store, job.name, [before, ...between.map((dueAt) => ({ dueAt, skippedBecause: missed }))], now);
}
