import { countTail } from '../../stats/tests/count-tail.ts';
import { holm } from '../../stats/tests/holm.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { dayMs, dayOf } from '../features/calendar.ts';
import { weekOf } from '../impact/quarters.ts';
import { round, roundP } from '../round.ts';
import type { Instant } from '../types.ts';
import { type WeeklyEvent, type WeeklyKind, weeklyEvents, weeklyKinds } from './weekly-events.ts';

export interface Anomaly {
  kind: WeeklyKind;
  /** The Monday of the week. */
  week: Instant;
  count: number;
  /** What a week brought in the half year before, extremes cut off. */
  expected: number;
  direction: 'many' | 'few';
  /** Holm-adjusted over every week and kind that was looked at. */
  p: number;
  /** What there was more or less of than in the half year before, most striking first: data, and no explanation. */
  behind: readonly { what: string; value: string; count: number; expected: number }[];
}

/** What words for an odd week are kept under: the week and what there was too much or too little of. */
export function anomalyId({ kind, week }: Pick<Anomaly, 'kind' | 'week'>): string {
  return `${kind} ${dayOf(week)}`;
}

export interface AnomalyFindings {
  /** Weeks looked at, of each kind. */
  weeks: number;
  from: Instant | null;
  to: Instant | null;
  kinds: readonly { kind: WeeklyKind; events: number; perWeek: number }[];
  anomalies: readonly Anomaly[];
}

const weekMs = 7 * dayMs;
const lookedAt = 52;
const before = 26;
const fewestEvents = 20;
const mostBehind = 3;

/**
 * Weeks that were unlike the half year before them: first touches, acceptances, rejections, wins, losses, expansions, churn.
 *
 * Each full week of the last year is set against the 26 weeks before it, with outlying weeks cut back so that one freak does not
 * hide the next, and with as much scatter as the series really has. All weeks and kinds together raise a false alarm in one
 * analysis of twenty. What is behind a week is counted; why it happened is for a person to say.
 */
export function findAnomalies(set: AnalysisSet): AnomalyFindings {
  const events = weeklyEvents(set);
  const end = weekOf(set.training.asOf);
  const starts = Array.from(
    { length: lookedAt + 2 * before },
    (_, nth) => end - (lookedAt + 2 * before - nth) * weekMs,
  );
  const first = starts[0] ?? end;
  const series = weeklyKinds.flatMap((kind) => {
    const own = events.filter((event) => event.kind === kind && event.at >= first && event.at < end);
    const counts = new Float64Array(starts.length);
    for (const { at } of own) counts[Math.floor((at - first) / weekMs)]! += 1;
    return own.length < fewestEvents ? [] : [{ kind, own, counts }];
  });
  const candidates = series.flatMap(({ kind, own, counts }) => {
    const started = counts.findIndex((count) => count > 0);
    const dispersion = dispersionOf(counts, started);
    return Array.from({ length: lookedAt }, (_, nth) => counts.length - lookedAt + nth)
      .filter((at) => at - before >= started)
      .map((at) => {
        const window = cutBack(counts.subarray(at - before, at));
        const total = window.reduce((sum, value) => sum + value, 0);
        const tail = countTail(counts[at]!, { total, periods: before, dispersion });
        const p = Math.min(1, 2 * Math.min(tail.high, tail.low));
        const direction = tail.high < tail.low ? ('many' as const) : ('few' as const);
        return { kind, own, at, count: counts[at]!, expected: total / before, direction, p };
      });
  });
  const adjusted = holm(candidates.map(({ p }) => p));
  const anomalies = candidates
    .flatMap(({ kind, own, at, count, expected, direction }, nth): Anomaly[] => {
      const p = adjusted[nth]!;
      if (p > 0.05) return [];
      const week = starts[at]!;
      const behind = behindOf(own, week, direction);
      return [{ kind, week, count, expected: round(expected, 1), direction, p: roundP(p), behind }];
    })
    .sort((a, b) => b.week - a.week || a.p - b.p);
  const isDated = series.length > 0;
  return {
    weeks: candidates.length,
    from: isDated ? end - lookedAt * weekMs : null,
    to: isDated ? end : null,
    kinds: series.map(({ kind, counts }) => {
      const year = counts.slice(-lookedAt).reduce((sum, value) => sum + value, 0);
      return { kind, events: year, perWeek: round(year / lookedAt, 1) };
    }),
    anomalies,
  };
}

/** Counts with outlying ones cut back to three robust standard deviations from the median. */
function cutBack(counts: Float64Array): Float64Array {
  const middle = medianOf(counts);
  const spread = Math.max(1.4826 * medianOf(counts.map((count) => Math.abs(count - middle))), Math.sqrt(middle), 1);
  return counts.map((count) => Math.min(Math.max(count, middle - 3 * spread), middle + 3 * spread));
}

/** How many times more the weeks scatter around what the weeks before them led to expect than pure chance would. */
function dispersionOf(counts: Float64Array, started: number): number {
  const squares: number[] = [];
  for (let at = Math.max(started, 0) + before; at < counts.length; at++) {
    const window = cutBack(counts.subarray(at - before, at));
    const expected = window.reduce((sum, value) => sum + value, 0) / before;
    const spread = Math.max(expected, 0.5) * (1 + 1 / before);
    squares.push(Math.min((counts[at]! - expected) ** 2 / spread, 16));
  }
  if (squares.length === 0) return 1;
  return Math.max(1, squares.reduce((sum, value) => sum + value, 0) / squares.length);
}

/** What the week had most too many of, or too few of, against the weeks before it. */
function behindOf(events: readonly WeeklyEvent[], week: Instant, direction: Anomaly['direction']): Anomaly['behind'] {
  const counts = new Map<string, { what: string; value: string; count: number; earlier: number }>();
  for (const { at, traits } of events) {
    const isNow = at >= week && at < week + weekMs;
    if (!isNow && (at >= week || at < week - before * weekMs)) continue;
    for (const [what, value] of Object.entries(traits)) {
      const key = `${what}\n${value}`;
      const known = counts.get(key) ?? { what, value, count: 0, earlier: 0 };
      if (isNow) known.count++;
      else known.earlier++;
      counts.set(key, known);
    }
  }
  const sign = direction === 'many' ? 1 : -1;
  return [...counts.values()]
    .map(({ what, value, count, earlier }) => ({ what, value, count, expected: round(earlier / before, 1) }))
    .map((entry) => ({ entry, excess: (sign * (entry.count - entry.expected)) / Math.sqrt(entry.expected + 0.5) }))
    .filter(({ excess }) => excess > 1)
    .sort((a, b) => b.excess - a.excess || (a.entry.value < b.entry.value ? -1 : 1))
    .slice(0, mostBehind)
    .map(({ entry }) => entry);
}

function medianOf(values: Float64Array): number {
  const sorted = values.toSorted();
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
