import { UsageError } from '../errors.ts';

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * What the wall clocks of a time zone show at an instant, written as if it were UTC.
 *
 * @throws {UsageError} when there is no such time zone
 * @example new Date(wallClockAt('Europe/Berlin', Date.UTC(2026, 6, 1, 12))).getUTCHours(); // => 14
 */
export function wallClockAt(zone: string, instant: number): number {
  const second = Math.floor(instant / 1000) * 1000;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(second)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, seconds) + (instant - second);
}

/**
 * The instant at which the wall clocks of a time zone first reach a time.
 *
 * A time that daylight saving leaves out is reached when the clocks go forward; of a time that comes twice, the first is
 * meant. So every wall-clock time happens exactly once. Runs in constant time.
 *
 * @param wall the time on the clock, written as if it were UTC
 * @example new Date(reachesWallClock('America/New_York', Date.UTC(2027, 2, 14, 2, 30))).toISOString(); // => '2027-03-14T07:00:00.000Z'
 * @example new Date(reachesWallClock('America/New_York', Date.UTC(2027, 10, 7, 1, 30))).toISOString(); // => '2027-11-07T05:30:00.000Z'
 */
export function reachesWallClock(zone: string, wall: number): number {
  // No zone is a day or more from UTC twice over, so these two instants lie on either side of any change of the clocks.
  const around = [wall - dayMs, wall + dayMs].map((instant) => wallClockAt(zone, instant) - instant);
  const exact = around.map((offset) => wall - offset).filter((instant) => wallClockAt(zone, instant) === wall);
  return exact.length > 0 ? Math.min(...exact) : changeBetween(zone, wall - dayMs, wall + dayMs);
}

/** The first instant after a change of the clocks, to the second: zones have changed them at odd times. */
function changeBetween(zone: string, from: number, to: number): number {
  const before = wallClockAt(zone, from) - from;
  let low = Math.floor(from / 1000);
  let high = Math.ceil(to / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (wallClockAt(zone, middle * 1000) - middle * 1000 === before) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  try {
    const format = new Intl.DateTimeFormat('en-u-ca-iso8601', {
      ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
    formats.set(zone, format);
    return format;
  } catch (error) {
    throw new UsageError(`a schedule needs a time zone such as Europe/Berlin, got ${zone}`, { cause: error });
  }
}
