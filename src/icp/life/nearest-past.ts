import { medianInterval } from '../../stats/intervals/median-interval.ts';
import { wilsonInterval } from '../../stats/intervals/wilson-interval.ts';
import { daysBetween } from '../features/calendar.ts';
import type { Rate } from '../types.ts';
import type { LifeLearnt } from './learn-life.ts';
import type { LifeEvent } from './life-rows.ts';

/** What became of past customers whose risk was nearest, each counted once and forecast from others. */
export interface NearestPast {
  /** Share to whom the event happened within its horizon. */
  happened: Rate;
  /** Days until it happened, for those to whom it did: the median with its interval; `null` for fewer than five. */
  daysUntil: Rate | null;
}

const nearest = 60;
const fewestDays = 5;

/**
 * Looks forecasts up among those of the past: what was promised there, and what came.
 *
 * The log-odds of the past are out of fold, so nobody's own end has told on it.
 */
export function createNearestPast(
  { rows, outcome, outOfFold }: Pick<LifeLearnt, 'rows' | 'outcome' | 'outOfFold'>,
  event: LifeEvent,
): (logOdds: number) => NearestPast | null {
  const order = Uint32Array.from(outcome.keys()).sort((a, b) => outOfFold[a]! - outOfFold[b]!);
  const sorted = Float64Array.from(order, (row) => outOfFold[row]!);
  return (logOdds) => {
    let [down, up] = [placeOf(sorted, logOdds) - 1, placeOf(sorted, logOdds)];
    const seen = new Set<number>();
    const days: number[] = [];
    while (seen.size < nearest && (down >= 0 || up < order.length)) {
      const isDown = up >= order.length || (down >= 0 && logOdds - sorted[down]! <= sorted[up]! - logOdds);
      const row = order[isDown ? down-- : up++]!;
      const life = rows.lives[row]!;
      if (seen.has(life.account)) continue;
      seen.add(life.account);
      const next = event.nextAt(life, rows.at[row]!);
      if (outcome[row] === 1 && next !== null) days.push(Math.round(daysBetween(rows.at[row]!, next)));
    }
    if (seen.size === 0) return null;
    const happened = { v: days.length / seen.size, ...wilsonInterval(days.length, seen.size), n: seen.size };
    return { happened, daysUntil: days.length < fewestDays ? null : medianInterval(days) };
  };
}

/** How many of the sorted numbers are smaller. */
function placeOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
