import { watchRates } from '../../stats/drift/watch-rates.ts';
import { logit, sigmoid } from '../../stats/models/logistic.ts';
import { createRandom } from '../../stats/random.ts';
import { falseAlarmBudget, headStarts, spendable } from './budget.ts';
import type { DriftAlert } from './drift-findings.ts';
import { calibrationAlert, winRateAlert } from './rate-alerts.ts';
import { type WatchedBook, type WatchedGroup, watchedWeeks, weekOf } from './watched-book.ts';

/** A fall by a third is what the watch is tuned to find soonest; it finds larger ones sooner and smaller ones later. */
export const watchedFall = 1 / 3;
/** The other change: the table orders deals half as well as it did. */
const lostSlope = 0.5;
/** Deals in the reference that a group needs to be watched. */
const fewestDeals = 30;

export interface RateFindings {
  alerts: readonly DriftAlert[];
  /** The evidence that an alarm needs, and what each watched group starts with. */
  line: number;
  watched: readonly { group: WatchedGroup; place: number; head: number; winRate: number; deals: number }[];
}

/**
 * Watches the win rate of every group, and whether the table still orders deals, against what it foretold at the opening.
 *
 * @param runs simulated watches that set the line
 */
export function watchWinRates(book: WatchedBook, runs: number): RateFindings {
  const weeks = watchedWeeks(book);
  const watched = watchedGroups(book);
  const places = new Map(watched.map(({ place }, monitor) => [place, monitor]));
  const heads = headStarts([...watched.map(({ group }) => group.kind), 'slope']);
  const deals = book.deals.filter(({ closedAt }) => weekOf(closedAt, book.since) < weeks);
  const moves = watched.map(({ winRate }) => logit(winRate * (1 - watchedFall)) - logit(winRate));
  const middle = deals.reduce((sum, { logOdds }) => sum + logOdds, 0) / Math.max(1, deals.length);

  const from = new Uint32Array(deals.length + 1);
  const monitorOf: number[] = [];
  const moveOf: number[] = [];
  deals.forEach(({ groups, logOdds }, row) => {
    for (const place of groups) {
      const monitor = places.get(place);
      if (monitor === undefined) continue;
      monitorOf.push(monitor);
      moveOf.push(moves[monitor]!);
    }
    monitorOf.push(watched.length);
    moveOf.push(-lostSlope * (logOdds - middle));
    from[row + 1] = monitorOf.length;
  });
  const { line, monitors } = watchRates(
    {
      week: Int32Array.from(deals, ({ closedAt }) => weekOf(closedAt, book.since)),
      happened: Uint8Array.from(deals, ({ won }) => (won ? 1 : 0)),
      logOdds: Float64Array.from(deals, ({ logOdds }) => logOdds),
      from,
      monitorOf: Uint16Array.from(monitorOf),
      moveOf: Float64Array.from(moveOf),
    },
    {
      ...{ weeks, heads, runs },
      falseAlarms: spendable(falseAlarmBudget.rates, weeks),
      random: createRandom(book.seed).fork('drift-rates'),
    },
  );

  const found: { alert: DriftAlert; evidence: number }[] = [];
  monitors.forEach(({ values, since }, monitor) => {
    const week = values.findIndex((value) => value > line);
    if (week < 0) return;
    const one = watched[monitor];
    const alarm = { week, since: since[week]! };
    // A head start alone is no evidence: where no deal was closed since, there is nothing to tell.
    const isTold = deals.some(
      ({ closedAt, groups }) =>
        weekOf(closedAt, book.since) >= alarm.since && (one === undefined || groups.includes(one.place)),
    );
    if (!isTold) return;
    const alert = one === undefined ? calibrationAlert(book, alarm) : winRateAlert(book, one, alarm);
    found.push({ alert, evidence: Math.max(...values) });
  });
  found.sort((a, b) => b.evidence - a.evidence || (a.alert.id < b.alert.id ? -1 : 1));
  const listed = watched.map((one, monitor) => ({ ...one, head: heads[monitor]! }));
  return { alerts: found.map(({ alert }) => alert), line, watched: listed };
}

/** The groups with enough deals before the watch, and how often these were foretold to be won. */
function watchedGroups(book: WatchedBook): Omit<RateFindings['watched'][number], 'head'>[] {
  const deals = new Float64Array(book.groups.length);
  const wins = new Float64Array(book.groups.length);
  for (const { closedAt, logOdds, groups } of book.deals) {
    if (closedAt >= book.since) continue;
    for (const place of groups) {
      deals[place]! += 1;
      wins[place]! += sigmoid(logOdds);
    }
  }
  return book.groups.flatMap((group, place) =>
    deals[place]! < fewestDeals
      ? []
      : [{ group, place, deals: deals[place]!, winRate: Math.min(0.98, Math.max(0.01, wins[place]! / deals[place]!)) }],
  );
}
