import type { Random } from '../random.ts';
import { alarmLine } from './alarm-line.ts';
import { cusum } from './cusum.ts';
import { settlesAfter } from './watch-rates.ts';

/** Events of people at risk, by week and by pattern: the set of monitors that look at a person. */
export interface ForetoldArrivals {
  patterns: readonly (readonly number[])[];
  /** Watched weeks; one more period stands before them, the reference. */
  weeks: number;
  /** Of period t and pattern p at `t * patterns.length + p`, the reference being period 0: how many are expected. */
  expected: Float64Array;
  /** How many came. */
  came: Float64Array;
}

export interface ArrivalWatch {
  /** Head start of each monitor, the log of its share in the budget. */
  heads: readonly number[];
  /** So many times as often is the change to look out for. */
  ratio: number;
  falseAlarms: number;
  runs: number;
  random: Random;
}

/** Events that hold a group's own rate at the expected one: with four of its own it counts half. */
const caution = 4;

/**
 * Watches how often something happens in many overlapping groups at once, against how often it is expected.
 *
 * The same watch as `watchRates`, for events that are rare and come one by one, such as customers who leave: every
 * monitor sums the Poisson log likelihood ratio of "`ratio` times as often" against "as before", and the line comes from
 * simulated runs in which all goes on as expected. `own`, by week and monitor, is how many times as often as expected events
 * came in a group until half a year before.
 *
 * @see https://doi.org/10.1080/07474946.2011.539924
 */
export function watchArrivals(
  arrivals: ForetoldArrivals,
  watch: ArrivalWatch,
): { line: number; own: Float64Array; monitors: { values: number[]; since: number[] }[] } {
  const count = watch.heads.length;
  const due = byMonitor(arrivals, arrivals.expected, count);
  const came = byMonitor(arrivals, arrivals.came, count);
  const own = ownRates(came, due, count, arrivals.weeks);
  const monitors = watch.heads.map((head, monitor) => {
    const steps = Float64Array.from({ length: arrivals.weeks }, (_, week) => {
      const cell = (week + 1) * count + monitor;
      return came[cell]! * Math.log(watch.ratio) - (watch.ratio - 1) * own[week * count + monitor]! * due[cell]!;
    });
    const { values, since } = cusum(steps);
    return { values: values.map((value) => value + head), since };
  });
  const draw = drawing(arrivals, count, watch.random);
  const highest = Float64Array.from({ length: watch.runs }, () => highestOf(draw(), due, arrivals.weeks, watch));
  return { line: alarmLine(highest, watch.falseAlarms), own, monitors };
}

function byMonitor({ patterns, weeks }: ForetoldArrivals, cells: Float64Array, count: number): Float64Array {
  const sums = new Float64Array((weeks + 1) * count);
  for (let cell = 0; cell < cells.length; cell++) {
    if (cells[cell] === 0) continue;
    const period = Math.floor(cell / patterns.length);
    for (const monitor of patterns[cell % patterns.length]!) sums[period * count + monitor]! += cells[cell]!;
  }
  return sums;
}

/** By week and monitor: how many times as often as expected events came, until half a year before. */
function ownRates(came: Float64Array, due: Float64Array, count: number, weeks: number): Float64Array {
  const own = new Float64Array(weeks * count);
  for (let monitor = 0; monitor < count; monitor++) {
    let events = caution + (came[monitor] ?? 0);
    let expected = caution + (due[monitor] ?? 0);
    for (let week = 0; week < weeks; week++) {
      const settled = week - settlesAfter;
      if (settled >= 1) {
        events += came[settled * count + monitor]!;
        expected += due[settled * count + monitor]!;
      }
      own[week * count + monitor] = events / expected;
    }
  }
  return own;
}

/** Draws anew, by period and monitor: a Poisson process that runs through all the cells, each as long as its expectation. */
function drawing({ patterns, expected, weeks }: ForetoldArrivals, count: number, random: Random): () => Float64Array {
  const ends = new Float64Array(expected.length);
  let all = 0;
  expected.forEach((due, cell) => {
    all += due;
    ends[cell] = all;
  });
  const drawn = new Float64Array((weeks + 1) * count);
  return () => {
    drawn.fill(0);
    for (let at = gap(random); at < all; at += gap(random)) {
      const cell = firstAbove(ends, at);
      const period = Math.floor(cell / patterns.length);
      for (const monitor of patterns[cell % patterns.length]!) drawn[period * count + monitor]! += 1;
    }
    return drawn;
  };
}

function gap(random: Random): number {
  return -Math.log(1 - random.next());
}

/** The first place whose value is above, in ascending values. */
function firstAbove(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function highestOf(came: Float64Array, due: Float64Array, weeks: number, { heads, ratio }: ArrivalWatch): number {
  const count = heads.length;
  const own = ownRates(came, due, count, weeks);
  const gain = Math.log(ratio);
  let highest = Number.NEGATIVE_INFINITY;
  for (let monitor = 0; monitor < count; monitor++) {
    let sum = 0;
    for (let week = 1; week <= weeks; week++) {
      const cell = week * count + monitor;
      sum = Math.max(0, sum + came[cell]! * gain - (ratio - 1) * own[cell - count]! * due[cell]!);
      if (sum > 0 && sum + heads[monitor]! > highest) highest = sum + heads[monitor]!;
    }
  }
  return highest;
}
