import { chiSquareTail } from '../../stats/drift/chi-square-tail.ts';
import { sigmoid } from '../../stats/models/logistic.ts';
import type { DriftAlert, EarlierFall } from './drift-findings.ts';
import { ownRatio, relative, wonAgainstForetold } from './rate-alerts.ts';
import { type WatchedBook, weekMs } from './watched-book.ts';

const windowWeeks = 26;
/** The chance that any fall is told by chance, once there are churn alerts. */
const chanceOfFall = 0.05;
const fewestDeals = 10;

/**
 * Where customers leave: whether their kind had been won less often in the half year before.
 *
 * A segment of a hundred deals a quarter may lose a third of its wins before a watch of everything can be sure of it. Once
 * its customers leave, only the groups that leave have to be looked at, and less is enough. It costs nothing of the budget for
 * false alarms: it is looked at only after an alert, and the groups share one chance of error.
 *
 * @see https://doi.org/10.1016/j.jspi.2004.02.018 the fallback procedure, which shares it out
 */
export function earlierFalls(book: WatchedBook, alerts: readonly DriftAlert[]): EarlierFall[] {
  // Where customers leave the most, relative to before, is where a fall is most likely: it gets half of the chance of error, the
  // next half of the rest. Whatever a fall does not use up after all goes to the next.
  const leaving = alerts
    .filter(({ monitor }) => monitor === 'churn')
    .toSorted((a, b) => b.change.v - a.change.v || (a.id < b.id ? -1 : 1));
  const falls: EarlierFall[] = [];
  let allowed = 0;
  for (const [nth, alert] of leaving.entries()) {
    allowed += chanceOfFall / 2 ** (nth + 1);
    const fall = fallOf(book, alert);
    if (fall !== null && fall.chance <= allowed) falls.push(fall);
    else allowed = 0;
  }
  return falls;
}

/** How much less often than foretold a group was won in the half year before an alert; `null` with too few deals to say. */
function fallOf(book: WatchedBook, { id, group, detectedAt }: DriftAlert): EarlierFall | null {
  const place = book.groups.findIndex((one) => one.id === group.id);
  const from = detectedAt - windowWeeks * weekMs;
  const deals = book.deals.filter(
    ({ closedAt, groups }) => closedAt >= from && closedAt < detectedAt && groups.includes(place),
  );
  if (deals.length < fewestDeals) return null;
  const own = ownRatio(book, place, from);
  const { expected, observed } = wonAgainstForetold(deals, own);
  const variance = deals.reduce((sum, { logOdds }) => {
    const p = Math.min(1, own * sigmoid(logOdds));
    return sum + p * (1 - p);
  }, 0);
  const short = (expected - observed.v) * deals.length;
  const chance = short <= 0 || variance === 0 ? 1 : chiSquareTail(short ** 2 / variance, 1) / 2;
  return { alert: id, group, from, to: detectedAt, expected, observed, change: relative(observed, expected), chance };
}
