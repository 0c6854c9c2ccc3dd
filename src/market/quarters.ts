import { type Day, quarterStart } from './calendar.ts';

/** A stretch of days; `to` is not part of it. */
export interface Stretch {
  from: Day;
  to: Day;
}

/** The days at which a market turns. All follow from its last day, so that the story is as new as the market. */
export interface Turns {
  /** The last quarter that is over. */
  lastQuarter: Stretch;
  /** The new kind of company turns up from here. */
  emerges: Day;
  /** One segment is won less often from here, and leaves from a quarter later. */
  drifts: Day;
  /** Reps turn one kind of lead down from here. */
  turnsDown: Day;
}

const turnedDownDays = 182;

/**
 * The days at which a market turns, for its last day.
 *
 * @param until the day after the last
 * @param drifts when it is to drift, where that is not the start of the last but one full quarter
 * @example turnsOf(dayOf('2026-10-01')).drifts === dayOf('2026-04-01'); // => true
 */
export function turnsOf(until: Day, drifts?: Day | undefined): Turns {
  const lastQuarter = { from: quarterStart(until, -1), to: quarterStart(until) };
  const before = quarterStart(lastQuarter.from, -1);
  return { lastQuarter, emerges: before, drifts: drifts ?? before, turnsDown: until - turnedDownDays };
}

/** @example within({ from: 1, to: 3 }, 3); // => false */
export function within({ from, to }: Stretch, day: Day): boolean {
  return day >= from && day < to;
}
