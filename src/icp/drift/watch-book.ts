import type { Instant } from '../types.ts';
import { falseAlarmBudget } from './budget.ts';
import type { DriftAlert, DriftFindings, QuarterOfDeals } from './drift-findings.ts';
import { linkChurn } from './link-churn.ts';
import { ownRatio, wonAgainstForetold } from './rate-alerts.ts';
import { driftReach } from './reach.ts';
import { watchChurnRates } from './watch-churn-rates.ts';
import { watchFeatures } from './watch-features.ts';
import { watchWinRates } from './watch-win-rates.ts';
import { type WatchedBook, type WatchedGroup, watchedWeeks, weekMs } from './watched-book.ts';

/** Closed deals, and won ones among them, that must lie before the watch for there to be anything to compare with. */
const fewestReference = { deals: 100, won: 20 };
const fewestWeeks = 4;
/** Groups tell of the same accounts when the smaller change is mostly inside the other: half of its deals or customers. */
const sameShare = 0.5;

export interface WatchOptions {
  /** Simulated watches that set the alarm lines; more make the budget more exact. 1,000 when absent. */
  runs?: number;
}

/**
 * What has moved in a book, week by week, with every monitor on one false-alarm budget.
 *
 * Nothing is remembered between runs: the state of every monitor is worked out from the rows, so the day of an alert is
 * the day on which a watch that ran every week would have given it.
 */
export function watchBook(book: WatchedBook, { runs = 1000 }: WatchOptions = {}): DriftFindings {
  const reason = whyNot(book);
  if (reason !== null) return cannotTell(book, reason);
  const rates = watchWinRates(book, runs);
  const churn = watchChurnRates(book, runs);
  const alerts = [
    ...sameAccounts(
      book,
      rates.alerts,
      (groups) => book.deals.filter((deal) => groups.every((at) => deal.groups.includes(at))).length,
    ),
    ...sameAccounts(
      book,
      churn.alerts,
      (groups) => book.customers.filter((one) => groups.every((at) => one.groups.includes(at))).length,
    ),
    ...watchFeatures(book),
  ];
  return {
    ...{ verdict: alerts.length > 0 ? 'moved' : 'nothing beyond chance', reason: null, watch: extentOf(book), alerts },
    links: linkChurn(book, alerts, churn),
    reach: driftReach(book, rates),
    course: courseOf(book, alerts[0]?.group ?? book.groups[0]!, alerts[0]?.since ?? book.until),
  };
}

/** Findings that say why there are none. */
export function cannotTell(book: WatchedBook, reason: string): DriftFindings {
  const watch = extentOf(book);
  return { verdict: 'cannot tell', reason, watch, alerts: [], links: [], reach: [], course: null };
}

function extentOf(book: WatchedBook): DriftFindings['watch'] {
  const before = book.deals.filter(({ closedAt }) => closedAt < book.since).length;
  return {
    ...{ since: book.since, until: book.until, weeks: watchedWeeks(book) },
    ...{ deals: book.deals.length - before, referenceDeals: before, customers: book.customers.length },
    left: book.customers.filter(({ leftAt }) => leftAt !== null && leftAt >= book.since).length,
    ...{ groups: book.groups.length, falseAlarms: falseAlarmBudget.all },
  };
}

function whyNot(book: WatchedBook): string | null {
  const reference = book.deals.filter(({ closedAt }) => closedAt < book.since);
  const won = reference.filter((deal) => deal.won).length;
  if (reference.length < fewestReference.deals || won < fewestReference.won) {
    const { deals, won: wins } = fewestReference;
    return `a watch needs ${deals} closed deals with ${wins} won from before it began, got ${reference.length} with ${won}; import more history`;
  }
  const weeks = watchedWeeks(book);
  return weeks < fewestWeeks
    ? `a watch needs ${fewestWeeks} weeks of closed deals, got ${weeks}; ask again later`
    : null;
}

/** Marks alerts that mostly repeat a stronger one of the same monitors. */
function sameAccounts(
  book: WatchedBook,
  alerts: readonly DriftAlert[],
  shared: (groups: readonly number[]) => number,
): DriftAlert[] {
  const placeOf = ({ group }: DriftAlert): number => book.groups.findIndex(({ id }) => id === group.id);
  const marked: DriftAlert[] = [];
  for (const alert of alerts) {
    const stronger = marked.find((other) => {
      if (other.sameAs !== null) return false;
      const [own, others] = [shared([placeOf(alert)]), shared([placeOf(other)])];
      return shared([placeOf(alert), placeOf(other)]) >= sameShare * Math.min(own, others);
    });
    marked.push({ ...alert, sameAs: stronger?.id ?? null });
  }
  return marked;
}

/** Win rate and what was foretold, by thirteen weeks, from four quarters before the watch. */
function courseOf(book: WatchedBook, group: WatchedGroup, before: Instant): DriftFindings['course'] {
  const found = book.groups.findIndex(({ id }) => id === group.id);
  const place = Math.max(0, found);
  const own = ownRatio(book, place, before);
  const quarters: QuarterOfDeals[] = [];
  for (let nth = -4; book.since + (nth + 1) * 13 * weekMs <= book.until; nth++) {
    const from = book.since + nth * 13 * weekMs;
    const deals = book.deals.filter(
      ({ closedAt, groups }) => closedAt >= from && closedAt < from + 13 * weekMs && groups.includes(place),
    );
    if (deals.length > 0) quarters.push({ from, ...wonAgainstForetold(deals, own) });
  }
  return { group: book.groups[place]!, quarters };
}
