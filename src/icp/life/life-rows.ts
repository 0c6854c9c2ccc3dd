import { dayMs } from '../features/calendar.ts';
import type { Instant } from '../types.ts';
import { type CustomerLife, livesAt } from './customer-lives.ts';
import type { LifeFeature } from './life-features.ts';

/** What may happen to a customer within a horizon after a snapshot. */
export interface LifeEvent {
  horizonDays: number;
  /** When it happens next, after an instant; `null` where it never did. */
  nextAt: (life: CustomerLife, after: Instant) => Instant | null;
}

export const churnEvent: LifeEvent = { horizonDays: 120, nextAt: ({ endedAt }) => endedAt };

export const expansionEvent: LifeEvent = {
  horizonDays: 180,
  nextAt: ({ expandedAt }, after) => expandedAt.find((at) => at > after) ?? null,
};

/** Customers at snapshot dates, feature by feature. */
export interface LifeRows {
  lives: readonly CustomerLife[];
  at: Float64Array;
  /** One column a feature; `NaN` is unknown. */
  columns: readonly Float64Array[];
}

/** A customer is watched from here on: before, there is no use to compare with. */
export const watchedFromDays = 90;

/** First days of the months in `[from, to]`, ascending. */
export function monthStarts(from: Instant, to: Instant): Instant[] {
  const date = new Date(from);
  const starts: Instant[] = [];
  for (let month = date.getUTCMonth(); ; month++) {
    const start = Date.UTC(date.getUTCFullYear(), month, 1);
    if (start > to) return starts;
    if (start >= from) starts.push(start);
  }
}

/** Every customer of at least 90 days at each of the dates, as of that date. */
export function rowsAt(
  lives: readonly CustomerLife[],
  dates: readonly Instant[],
  features: readonly LifeFeature[],
): LifeRows {
  const rows: { life: CustomerLife; at: Instant }[] = [];
  for (const at of dates) {
    for (const life of lives) {
      if (livesAt(life, at) && at - life.startedAt >= watchedFromDays * dayMs) rows.push({ life, at });
    }
  }
  return {
    lives: rows.map(({ life }) => life),
    at: Float64Array.from(rows, ({ at }) => at),
    columns: features.map(({ read }) => Float64Array.from(rows, ({ life, at }) => read(life, at))),
  };
}

/** 1 where the event came within its horizon after the snapshot. Rows younger than the horizon must not be asked. */
export function outcomesOf({ lives, at }: Pick<LifeRows, 'lives' | 'at'>, event: LifeEvent): Uint8Array {
  return Uint8Array.from(lives, (life, row) => {
    const next = event.nextAt(life, at[row]!);
    return next !== null && next <= at[row]! + event.horizonDays * dayMs ? 1 : 0;
  });
}
