import { rateBet } from '../../stats/drift/rate-bet.ts';
import { riseStart } from '../../stats/drift/rise-start.ts';
import { countInterval } from '../../stats/intervals/count-interval.ts';
import { countChurn } from './churn-exposure.ts';
import type { ChurnLink, DriftAlert } from './drift-findings.ts';
import type { ChurnFindings } from './watch-churn-rates.ts';
import { type WatchedBook, weekMs, weekOf } from './watched-book.ts';

/** The chance of any link by chance, once there are alerts. */
const chanceOfLink = 0.05;

/**
 * Churn in a group whose win rate fell earlier: the same people who stopped to buy now leave.
 *
 * From an alert on, a bet is laid that the group's customers leave more often than before; it may be read any week. It
 * costs nothing of the budget for false alarms: it is laid only after an alert, and a watch that gave one by chance has
 * been counted already. An alert that tells of the same accounts as a stronger one lays no bet of its own.
 */
export function linkChurn(book: WatchedBook, alerts: readonly DriftAlert[], churn: ChurnFindings): ChurnLink[] {
  const fallen = alerts.filter(({ monitor, sameAs }) => monitor === 'win rate' && sameAs === null);
  return fallen.flatMap((alert) => {
    const place = book.groups.findIndex(({ id }) => id === alert.group.id);
    const first = weekOf(alert.detectedAt, book.since);
    const weeks = Array.from({ length: Math.max(0, churn.exposure.weeks - first) }, (_, nth) => {
      const { came, due } = countChurn(churn.exposure, place, first + nth, first + nth);
      return { came, due: due * churn.own(first, place) };
    });
    const events = weeks.map(({ came }) => came);
    const expected = weeks.map(({ due }) => due);
    const certain = rateBet(events, expected).findIndex((capital) => capital >= fallen.length / chanceOfLink);
    if (certain < 0) return [];
    const wave = riseStart(events, expected);
    const left = events.slice(wave).reduce((sum, came) => sum + came, 0);
    const due = Math.max(
      1e-9,
      expected.slice(wave).reduce((sum, one) => sum + one, 0),
    );
    const { low, high } = countInterval(left);
    const waveAt = book.since + (first + wave) * weekMs;
    return {
      ...{ alert: alert.id, group: alert.group, alertAt: alert.detectedAt, waveAt },
      detectedAt: book.since + (first + certain + 1) * weekMs,
      leadDays: Math.round((waveAt - alert.detectedAt) / 86_400_000),
      ...{ left, expected: due },
      ratio: { v: left / due, low: low / due, high: high / due },
    };
  });
}
