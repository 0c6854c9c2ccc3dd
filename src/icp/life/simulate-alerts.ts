import { dayMs, daysBetween } from '../features/calendar.ts';
import type { Instant } from '../types.ts';
import type { LifeEvent, LifeRows } from './life-rows.ts';

/** When somebody is told of an account, and how often at most. */
export interface AlertPolicy {
  /** An account at or above this is told of, once an episode. */
  alertAt: number;
  /** An episode ends when an account falls below this. */
  calmAt: number;
  /** It also ends so many days after the alert, whatever the account does. */
  episodeDays: number;
  /** At most so many a week for each customer success manager. */
  perOwner: number;
}

export interface SimulatedAlert {
  row: number;
  at: Instant;
  /** Days from the alert until the account left, within the horizon; `null` for a false alarm. */
  leadDays: number | null;
}

/**
 * The alerts that a policy would have raised, week by week, had it been in force: the worst first, at most the budget for
 * each manager, one an episode.
 *
 * `rows` are customers at weekly dates, in order of the dates; `score` is what they are ranked by, row by row.
 */
export function simulateAlerts(
  rows: Pick<LifeRows, 'lives' | 'at'>,
  score: ArrayLike<number>,
  event: LifeEvent,
  policy: AlertPolicy,
): SimulatedAlert[] {
  const told = new Map<number, Instant>();
  const alerts: SimulatedAlert[] = [];
  for (let from = 0; from < rows.lives.length; ) {
    const at = rows.at[from]!;
    let to = from;
    while (to < rows.lives.length && rows.at[to] === at) to++;
    const waiting: number[] = [];
    for (let row = from; row < to; row++) {
      const { account } = rows.lives[row]!;
      const since = told.get(account);
      const isOver = since !== undefined && daysBetween(since, at) >= policy.episodeDays;
      if (isOver || score[row]! < policy.calmAt) told.delete(account);
      if (score[row]! >= policy.alertAt && !told.has(account)) waiting.push(row);
    }
    waiting.sort((a, b) => score[b]! - score[a]! || a - b);
    const used = new Map<string, number>();
    for (const row of waiting) {
      const life = rows.lives[row]!;
      const owner = life.csOwnerEmail ?? '';
      const spent = used.get(owner) ?? 0;
      if (spent >= policy.perOwner) continue;
      used.set(owner, spent + 1);
      told.set(life.account, at);
      const next = event.nextAt(life, at);
      const left = next !== null && next <= at + event.horizonDays * dayMs;
      alerts.push({ row, at, leadDays: left ? Math.round(daysBetween(at, next)) : null });
    }
    from = to;
  }
  return alerts;
}
