import { UsageError } from '../errors.ts';
import { reachesWallClock, wallClockAt } from './wall-clock.ts';

/** When a job is due: at a time of some days, or ever so often. */
export type Schedule = TimeOfDays | Interval;

/** Ever so often, counted from midnight UTC. */
interface Interval {
  everyMinutes: number;
}

/** A time on the wall clocks of a zone, on some days of the week. */
interface TimeOfDays {
  /** 0 is Sunday. */
  days: readonly number[];
  hour: number;
  minute: number;
  zone: string;
}

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const groups: Readonly<Record<string, readonly number[]>> = {
  daily: [0, 1, 2, 3, 4, 5, 6],
  weekdays: [1, 2, 3, 4, 5],
};
const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * Reads a schedule as it stands in the settings; `null` is never (`off`).
 *
 * Days are `daily` (also when left out), `weekdays` or names such as `Mon,Thu`; the zone is UTC when left out. `every 15 min`
 * takes minutes that divide a day, so that it is due at the same times on each.
 *
 * @throws {UsageError} when it is no schedule
 * @example parseSchedule('Mon 06:00 Europe/Berlin'); // => { days: [1], hour: 6, minute: 0, zone: 'Europe/Berlin' }
 * @example parseSchedule('every 15 min'); // => { everyMinutes: 15 }
 * @example parseSchedule('off'); // => null
 */
export function parseSchedule(text: string): Schedule | null {
  const words = text.trim().split(/\s+/);
  if (words.length === 1 && words[0]?.toLowerCase() === 'off') return null;
  if (words[0]?.toLowerCase() === 'every') return intervalOf(text, words);
  const at = words.findIndex((word) => /^\d{1,2}:\d{2}$/.test(word));
  const [hour = 99, minute = 99] = (words[at] ?? '').split(':').map(Number);
  const days = at === 0 ? groups.daily : at === 1 ? daysOf(words[0] ?? '') : undefined;
  if (days === undefined || hour > 23 || minute > 59 || words.length > at + 2)
    throw new UsageError(`${looksLike}, got "${text}"`);
  const zone = words[at + 1] ?? 'UTC';
  wallClockAt(zone, 0);
  return { days, hour, minute, zone };
}

const looksLike = 'a schedule looks like "daily 03:00", "Mon,Thu 06:00 Europe/Berlin", "every 15 min" or "off"';
const shortestMinutes = 5;

function intervalOf(text: string, [, count = '', unit = '', ...rest]: readonly string[]): Interval {
  const everyMinutes = /^\d+$/.test(count) ? Number(count) : Number.NaN;
  if (!/^min(utes)?$/i.test(unit) || rest.length > 0 || Number.isNaN(everyMinutes))
    throw new UsageError(`${looksLike}, got "${text}"`);
  if (everyMinutes < shortestMinutes || (24 * 60) % everyMinutes !== 0)
    throw new UsageError(
      `every so many minutes needs ${shortestMinutes} or more that divide a day, got ${everyMinutes}`,
    );
  return { everyMinutes };
}

/**
 * Every instant after one and up to another at which a schedule is due, in order.
 *
 * Each day of a time of days has exactly one, whatever daylight saving does to the clocks.
 *
 * @example dueTimes({ days: [1], hour: 6, minute: 0, zone: 'UTC' }, 0, 7 * 86400000); // => [367200000]
 */
export function dueTimes(schedule: Schedule, after: number, until: number): number[] {
  if ('everyMinutes' in schedule) {
    const times: number[] = [];
    for (let at = nextDue(schedule, after); at <= until; at = nextDue(schedule, at)) times.push(at);
    return times;
  }
  const found = new Set<number>();
  const last = dayOf(wallClockAt(schedule.zone, until));
  for (let day = dayOf(wallClockAt(schedule.zone, after)); day <= last; day += dayMs) {
    const due = dueOn(schedule, day);
    if (due !== null && due > after && due <= until) found.add(due);
  }
  return [...found];
}

/**
 * The first instant after another at which a schedule is due.
 *
 * @example new Date(nextDue({ days: [1], hour: 6, minute: 0, zone: 'UTC' }, 0)).toISOString(); // => '1970-01-05T06:00:00.000Z'
 */
export function nextDue(schedule: Schedule, after: number): number {
  if ('everyMinutes' in schedule) return lastDue(schedule, after) + schedule.everyMinutes * minuteMs;
  let day = dayOf(wallClockAt(schedule.zone, after));
  for (;;) {
    const due = dueOn(schedule, day);
    if (due !== null && due > after) return due;
    day += dayMs;
  }
}

/** The last instant up to another at which a schedule was due. */
export function lastDue(schedule: Schedule, until: number): number {
  if ('everyMinutes' in schedule) {
    const step = schedule.everyMinutes * minuteMs;
    return Math.floor(until / step) * step;
  }
  let day = dayOf(wallClockAt(schedule.zone, until));
  for (;;) {
    const due = dueOn(schedule, day);
    if (due !== null && due <= until) return due;
    day -= dayMs;
  }
}

function dueOn({ days, hour, minute, zone }: TimeOfDays, day: number): number | null {
  if (!days.includes(new Date(day).getUTCDay())) return null;
  return reachesWallClock(zone, day + (hour * 60 + minute) * 60_000);
}

function dayOf(wall: number): number {
  return Math.floor(wall / dayMs) * dayMs;
}

function daysOf(text: string): readonly number[] | undefined {
  const named = text.toLowerCase();
  if (groups[named] !== undefined) return groups[named];
  const days = named.split(',').map((name) => dayNames.indexOf(name.slice(0, 3)));
  return days.includes(-1) ? undefined : [...new Set(days)].sort();
}
