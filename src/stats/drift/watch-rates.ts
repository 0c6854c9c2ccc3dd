import { sigmoid } from '../models/logistic.ts';
import type { Random } from '../random.ts';
import { alarmLine } from './alarm-line.ts';
import { cusum } from './cusum.ts';

/** Rows in order of time, each a yes or a no that was foretold, and the monitors that look at each. */
export interface ForetoldRows {
  /** Watched week of each row, -1 for the time before the watch: the reference. */
  week: Int32Array;
  happened: Uint8Array;
  /** Log-odds that were foretold. */
  logOdds: Float64Array;
  /** The monitors of row r are `monitorOf[from[r]]` to `monitorOf[from[r + 1] - 1]`. */
  from: Uint32Array;
  monitorOf: Uint16Array;
  /** What each of these monitors takes the row's log-odds to move by, once things have changed. */
  moveOf: Float64Array;
}

export interface RateWatch {
  weeks: number;
  /** Head start of each monitor, the log of its share in the budget. */
  heads: readonly number[];
  /** Share of runs without change in which any monitor may give an alarm. */
  falseAlarms: number;
  runs: number;
  random: Random;
}

export interface WatchedRates {
  /** The line that a monitor's value has to pass. */
  line: number;
  /** Of every monitor, week by week: evidence for a change, head start included, and the week since when. */
  monitors: { values: number[]; since: number[] }[];
}

/** Weeks after which what was seen counts as usual: a level that creeps is followed, a change is not taken for usual at once. */
export const settlesAfter = 26;

/** Pseudo-information that holds a monitor's own level at what was foretold: half a move is one standard deviation. */
const caution = 4;

/**
 * Watches the rates of many overlapping groups at once for a change of stated size, against what was foretold.
 *
 * Every monitor sums the log likelihood ratio of "moved" against "as before" (CUSUM, the quickest detector of a change at
 * an unknown time). What a group was off from its forecasts until half a year ago is taken as its level, with caution.
 * The line is set by simulation: outcomes are drawn anew as foretold, for the reference and the watch alike, and go
 * through the same steps, so the alarms of all monitors together keep to one budget however they overlap.
 *
 * @see https://doi.org/10.1214/aos/1176350164
 * @see https://doi.org/10.1080/07474946.2011.539924
 */
export function watchRates(rows: ForetoldRows, watch: RateWatch): WatchedRates {
  const count = watch.heads.length;
  const plain = tables(rows, watch, null);
  const gains = gainsOf(rows, watch);
  const known = knownUntil(plain, count);
  const own = new Float64Array(watch.weeks * count);
  const sums = new Float64Array(count);
  for (let week = 0; week < watch.weeks; week++) {
    settle(sums, gains, week, count);
    for (let monitor = 0; monitor < count; monitor++) own[week * count + monitor] = known(sums, week, monitor);
  }
  const { base } = tables(rows, watch, own);
  const monitors = watch.heads.map((head, monitor) => {
    const steps = Float64Array.from({ length: watch.weeks }, (_, week) => {
      return gains[(week + 1) * count + monitor]! - base[(week + 1) * count + monitor]!;
    });
    const { values, since } = cusum(steps);
    return { values: values.map((value) => value + head), since };
  });
  return { line: alarmLine(simulate(rows, watch, plain), watch.falseAlarms), monitors };
}

/** By period and monitor, the reference being period 0 and the first week period 1. */
interface Tables {
  /** What the ratio loses for being foretold, and how fast that changes with the own level. */
  base: Float64Array;
  slope: Float64Array;
  /** Moves foretold to happen, and the information in them. */
  foretold: Float64Array;
  information: Float64Array;
}

function tables(rows: ForetoldRows, { weeks, heads }: RateWatch, own: Float64Array | null): Tables {
  const count = heads.length;
  const empty = (): Float64Array => new Float64Array((weeks + 1) * count);
  const into = { base: empty(), slope: empty(), foretold: empty(), information: empty() };
  for (let row = 0; row < rows.week.length; row++) {
    const week = rows.week[row]!;
    for (let at = rows.from[row]!; at < rows.from[row + 1]!; at++) {
      const monitor = rows.monitorOf[at]!;
      const move = rows.moveOf[at]!;
      const level = own === null || week < 0 ? 0 : own[week * count + monitor]!;
      const p = sigmoid(rows.logOdds[row]! + level * move);
      const lift = Math.expm1(move);
      const cell = (week + 1) * count + monitor;
      into.base[cell]! += Math.log1p(p * lift);
      into.slope[cell]! += (move * p * (1 - p) * lift) / (1 + p * lift);
      into.foretold[cell]! += move * p;
      into.information[cell]! += move * move * p * (1 - p);
    }
  }
  return into;
}

/** The moves that happened, by period and monitor. */
function gainsOf(rows: ForetoldRows, { weeks, heads }: RateWatch): Float64Array {
  const gains = new Float64Array((weeks + 1) * heads.length);
  for (let row = 0; row < rows.week.length; row++) {
    if (rows.happened[row] !== 1) continue;
    for (let at = rows.from[row]!; at < rows.from[row + 1]!; at++) {
      gains[(rows.week[row]! + 1) * heads.length + rows.monitorOf[at]!]! += rows.moveOf[at]!;
    }
  }
  return gains;
}

/** Adds what counts as usual from this week on: the reference in the first, later the week of half a year ago. */
function settle(sums: Float64Array, gains: Float64Array, week: number, count: number): void {
  const period = week === 0 ? 0 : week - settlesAfter;
  if (week > 0 && period < 1) return;
  for (let monitor = 0; monitor < count; monitor++) sums[monitor]! += gains[period * count + monitor]!;
}

/** How far a group stands from its forecasts by what has settled, in moves: one step of Newton, held back by caution. */
function knownUntil(
  { foretold, information }: Tables,
  count: number,
): (gains: Float64Array, week: number, monitor: number) => number {
  const due = Float64Array.from(foretold);
  const held = Float64Array.from(information, (value, cell) => value + (cell < count ? caution : 0));
  for (let cell = count; cell < due.length; cell++) {
    due[cell]! += due[cell - count]!;
    held[cell]! += held[cell - count]!;
  }
  return (gains, week, monitor) => {
    const cell = Math.max(0, week - settlesAfter) * count + monitor;
    return (gains[monitor]! - due[cell]!) / held[cell]!;
  };
}

/** The highest value that any monitor reaches, in each of so many runs without change. */
function simulate(rows: ForetoldRows, watch: RateWatch, plain: Tables): Float64Array {
  const count = watch.heads.length;
  const { weeks, random } = watch;
  const chance = rows.logOdds.map(sigmoid);
  const ends = endsOf(rows.week, weeks);
  const heads = Float64Array.from(watch.heads);
  const known = knownUntil(plain, count);
  const gains = new Float64Array((weeks + 1) * count);
  const [settled, sums] = [new Float64Array(count), new Float64Array(count)];
  return Float64Array.from({ length: watch.runs }, () => {
    gains.fill(0);
    settled.fill(0);
    sums.fill(0);
    for (let period = 0, row = 0; period <= weeks; period++) {
      for (; row < ends[period]!; row++) {
        if (random.next() >= chance[row]!) continue;
        const to = rows.from[row + 1]!;
        for (let at = rows.from[row]!; at < to; at++) gains[period * count + rows.monitorOf[at]!]! += rows.moveOf[at]!;
      }
    }
    let highest = Number.NEGATIVE_INFINITY;
    for (let week = 0; week < weeks; week++) {
      settle(settled, gains, week, count);
      for (let monitor = 0; monitor < count; monitor++) {
        const cell = (week + 1) * count + monitor;
        const step = gains[cell]! - plain.base[cell]! - known(settled, week, monitor) * plain.slope[cell]!;
        const sum = Math.max(0, sums[monitor]! + step);
        sums[monitor] = sum;
        if (sum > 0 && sum + heads[monitor]! > highest) highest = sum + heads[monitor]!;
      }
    }
    return highest;
  });
}

/** Where each week's rows end: first those before the watch, then week by week. */
function endsOf(week: Int32Array, weeks: number): Uint32Array {
  const ends = new Uint32Array(weeks + 1);
  for (const at of week) ends[Math.max(0, at + 1)]! += 1;
  for (let at = 1; at <= weeks; at++) ends[at]! += ends[at - 1]!;
  return ends;
}
