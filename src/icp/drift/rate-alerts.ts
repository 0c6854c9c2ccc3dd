import { affineCalibration } from '../../stats/models/affine-calibration.ts';
import { sigmoid } from '../../stats/models/logistic.ts';
import { rateOf as knownRate } from '../rates.ts';
import type { Instant, Rate } from '../types.ts';
import type { DriftAlert } from './drift-findings.ts';
import { type WatchedBook, type WatchedDeal, type WatchedGroup, weekMs } from './watched-book.ts';

/** The week in which a monitor passed its line, and the week since when it climbed. */
export interface Alarm {
  week: number;
  since: number;
}

/** A rate and its interval; of nobody it may be anything. */
export function rateOf(happened: number, n: number): Rate {
  return knownRate(happened, n) ?? { v: 0, low: 0, high: 1, n: 0 };
}

/** What a win rate was and was foretold to be, among some deals. */
export function wonAgainstForetold(deals: readonly WatchedDeal[], own: number): { expected: number; observed: Rate } {
  const expected = deals.reduce((sum, { logOdds }) => sum + sigmoid(logOdds), 0) / Math.max(1, deals.length);
  return {
    expected: Math.min(1, expected * own),
    observed: rateOf(deals.filter(({ won }) => won).length, deals.length),
  };
}

/** How often a group won before a day, as a multiple of what was foretold; held at 1 by ten expected wins. */
export function ownRatio(book: WatchedBook, place: number, before: Instant): number {
  let won = 10;
  let foretold = 10;
  for (const deal of book.deals) {
    if (deal.closedAt >= before || !deal.groups.includes(place)) continue;
    won += deal.won ? 1 : 0;
    foretold += sigmoid(deal.logOdds);
  }
  return won / foretold;
}

/** A win rate that fell: how far, since when, and in which group. */
export function winRateAlert(
  book: WatchedBook,
  { group, place }: { group: WatchedGroup; place: number },
  alarm: Alarm,
): DriftAlert {
  const since = book.since + alarm.since * weekMs;
  const watched = book.deals.filter(({ closedAt, groups }) => closedAt >= book.since && groups.includes(place));
  const recent = watched.filter(({ closedAt }) => closedAt >= since);
  // A watch may begin to climb in a week after which nothing of the group has closed yet.
  const deals = recent.length > 0 ? recent : watched;
  const { expected, observed } = wonAgainstForetold(deals, ownRatio(book, place, since));
  return { ...alertOf(book, 'win rate', group, alarm), expected, observed, change: relative(observed, expected) };
}

/** A table that no longer orders deals as it did: the slope of its calibration since the monitor climbed. */
export function calibrationAlert(book: WatchedBook, alarm: Alarm): DriftAlert {
  const since = book.since + alarm.since * weekMs;
  const deals = book.deals.filter(({ closedAt }) => closedAt >= since);
  const logOdds = deals.map((deal) => deal.logOdds);
  const outcome = deals.map(({ won }) => (won ? 1 : 0));
  const { intercept, slope } = affineCalibration(outcome, logOdds, 1);
  const weight = logOdds.map((x) => sigmoid(intercept + slope * x) * (1 - sigmoid(intercept + slope * x)));
  const all = weight.reduce((sum, w) => sum + w, 0);
  const middle = weight.reduce((sum, w, row) => sum + w * logOdds[row]!, 0) / all;
  const information = weight.reduce((sum, w, row) => sum + w * (logOdds[row]! - middle) ** 2, 0);
  const half = 1.959963984540054 / Math.sqrt(information + 1e-9);
  const observed = { v: slope, low: slope - half, high: slope + half, n: deals.length };
  return {
    ...alertOf(book, 'calibration', book.groups[0]!, alarm),
    expected: 1,
    observed,
    change: relative(observed, 1),
  };
}

/** What all alerts have in common. */
export function alertOf(
  book: WatchedBook,
  monitor: DriftAlert['monitor'],
  group: WatchedGroup,
  alarm: Alarm,
): Pick<DriftAlert, 'id' | 'monitor' | 'group' | 'detectedAt' | 'since' | 'sameAs' | 'index'> {
  return {
    id: `${monitor}: ${group.id}`,
    ...{ monitor, group },
    detectedAt: book.since + (alarm.week + 1) * weekMs,
    since: book.since + alarm.since * weekMs,
    ...{ sameAs: null, index: null },
  };
}

/** Observed against expected, as a share of the expected. */
export function relative({ v, low, high }: Rate, expected: number): { v: number; low: number; high: number } {
  const of = (rate: number): number => rate / Math.max(expected, 1e-9) - 1;
  return { v: of(v), low: of(low), high: of(high) };
}
