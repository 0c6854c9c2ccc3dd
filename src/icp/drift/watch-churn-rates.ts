import { watchArrivals } from '../../stats/drift/watch-arrivals.ts';
import { countInterval } from '../../stats/intervals/count-interval.ts';
import { createRandom } from '../../stats/random.ts';
import { falseAlarmBudget, headStarts, spendable } from './budget.ts';
import { type ChurnExposure, churnExposure, countChurn } from './churn-exposure.ts';
import type { DriftAlert } from './drift-findings.ts';
import { alertOf, relative } from './rate-alerts.ts';
import type { WatchedBook } from './watched-book.ts';

/** The change that the watch is tuned to: customers leave twice as often. */
const watchedRatio = 2;

export interface ChurnFindings {
  alerts: readonly DriftAlert[];
  exposure: ChurnExposure;
  /** What a group's rate was until half a year before a week, as a multiple of everybody's at the same tenure. */
  own(week: number, place: number): number;
}

/** Watches how often customers leave, in every group, against their tenure and what the group did before. */
export function watchChurnRates(book: WatchedBook, runs: number): ChurnFindings {
  const exposure = churnExposure(book);
  const { line, own, monitors } = watchArrivals(exposure, {
    heads: headStarts(book.groups.map(({ kind }) => kind)),
    ratio: watchedRatio,
    falseAlarms: spendable(falseAlarmBudget.churn, exposure.weeks),
    runs,
    random: createRandom(book.seed).fork('drift-churn'),
  });
  const ownOf = (week: number, place: number): number => own[week * book.groups.length + place] ?? 1;
  const found: { alert: DriftAlert; evidence: number }[] = [];
  monitors.forEach(({ values, since }, place) => {
    const week = values.findIndex((value) => value > line);
    if (week < 0) return;
    const counted = countChurn(exposure, place, since[week]!);
    const due = counted.due * ownOf(since[week]!, place);
    const perYear = 52.18 / Math.max(1e-9, counted.atRisk);
    const { low, high } = countInterval(counted.came);
    const observed = { v: counted.came * perYear, low: low * perYear, high: high * perYear, n: counted.came };
    const alert = {
      ...alertOf(book, 'churn', book.groups[place]!, { week, since: since[week]! }),
      ...{ expected: due * perYear, observed, change: relative(observed, due * perYear) },
    };
    found.push({ alert, evidence: Math.max(...values) });
  });
  found.sort((a, b) => b.evidence - a.evidence || (a.alert.id < b.alert.id ? -1 : 1));
  return { alerts: found.map(({ alert }) => alert), exposure, own: ownOf };
}
