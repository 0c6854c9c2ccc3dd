/** Time in the market is days since 1970, UTC, with the hour as a fraction: sums and comparisons need nothing else. */
export type Day = number;

export const daysPerYear = 365.25;

/**
 * The day that a date names.
 *
 * @throws {RangeError} when the text is no ISO 8601 date
 * @example dayOf('1970-01-03'); // => 2
 */
export function dayOf(date: string): Day {
  const time = Date.parse(date);
  if (Number.isNaN(time)) throw new RangeError(`dayOf requires an ISO 8601 date such as 2026-09-30, got '${date}'`);
  return time / 86_400_000;
}

/**
 * A day as a date.
 *
 * @example isoDate(2.75); // => '1970-01-03'
 */
export function isoDate(day: Day): string {
  return new Date(Math.floor(day) * 86_400_000).toISOString().slice(0, 10);
}

/**
 * A day as a moment, to the minute.
 *
 * @example isoMoment(2.75); // => '1970-01-03T18:00:00Z'
 */
export function isoMoment(day: Day): string {
  return `${new Date(Math.round(day * 1440) * 60_000).toISOString().slice(0, 19)}Z`;
}

/**
 * A day as a moment at which people are at work, to the minute.
 *
 * The week is pressed together into the office hours of its five working days, so that nothing in a CRM happens on a
 * Sunday night and what came first still comes first.
 *
 * @example officeMoment(dayOf('2026-09-06T12:00:00Z')); // => '2026-09-04T14:10:00Z'
 */
export function officeMoment(day: Day): string {
  return isoMoment(officeDay(day));
}

/**
 * The working day and hour that a day is written down as.
 *
 * @example isoDate(officeDay(dayOf('2026-09-06T12:00:00Z'))); // => '2026-09-04'
 */
export function officeDay(day: Day): Day {
  const monday = 7 * Math.floor((day - firstMonday) / 7) + firstMonday;
  const worked = ((day - monday) / 7) * 5;
  return monday + Math.floor(worked) + 1 / 3 + 0.4 * (worked % 1);
}

/** 1970-01-05. */
const firstMonday = 4;

/**
 * The first day of the month, some months on.
 *
 * @example isoDate(monthStart(dayOf('2026-11-20'), 2)); // => '2027-01-01'
 */
export function monthStart(day: Day, monthsOn = 0): Day {
  const date = new Date(day * 86_400_000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsOn, 1) / 86_400_000;
}

/**
 * The first day of the calendar quarter, some quarters on.
 *
 * @example isoDate(quarterStart(dayOf('2026-11-20'), -1)); // => '2026-07-01'
 */
export function quarterStart(day: Day, quartersOn = 0): Day {
  const month = new Date(day * 86_400_000).getUTCMonth();
  return monthStart(day, 3 * quartersOn - (month % 3));
}
