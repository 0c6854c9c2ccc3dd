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

/** Pseudo-information that holds a monitor's own level at what was foretold: half a move is one standard deviation. */
const caution = 4;

/**
 * Watches the rates of many overlapping groups at once for a change of stated size, against what was foretold.
 *
 * Every monitor sums the log likelihood ratio of "moved" against "as before" (CUSUM, the quickest detector of a change at
 * an unknown time). What a group was off from its forecasts before the watch began is taken as its level, with caution.
 * The line is set by simulation: outcomes are drawn anew as foretold, for the reference and the watch alike, and go
 * through the same steps, so the alarms of all monitors together keep to one budget however they overlap.
 *
 * @see https://doi.org/10.1214/aos/1176350164
 * @see https://doi.org/10.1080/07474946.2011.539924
 */
export function watchRates(rows: ForetoldRows, watch: RateWatch): WatchedRates {
  const count = watch.heads.length;
  const plain = tables(rows, watch, new Float64Array(count));
  const own = ownLevels(rows, count, plain);
  const { base } = tables(rows, watch, own);
  const gains = new Float64Array(watch.weeks * count);
  for (let row = 0; row < rows.week.length; row++) {
    if (rows.happened[row] !== 1 || rows.week[row]! < 0) continue;
    for (let at = rows.from[row]!; at < rows.from[row + 1]!; at++) {
      gains[rows.week[row]! * count + rows.monitorOf[at]!]! += rows.moveOf[at]!;
    }
  }
  const monitors = watch.heads.map((head, monitor) => {
    const steps = Float64Array.from({ length: watch.weeks }, (_, week) => {
      return gains[week * count + monitor]! - base[week * count + monitor]!;
    });
    const { values, since } = cusum(steps);
    return { values: values.map((value) => value + head), since };
  });
  return { line: alarmLine(simulate(rows, watch, plain), watch.falseAlarms), monitors };
}

interface Tables {
  /** By week and monitor: what the ratio loses for being foretold, and how fast that changes with the own level. */
  base: Float64Array;
  slope: Float64Array;
  /** By monitor, over the reference: moves foretold to happen, and the information in them. */
  foretold: Float64Array;
  information: Float64Array;
}

function tables(rows: ForetoldRows, { weeks, heads }: RateWatch, own: Float64Array): Tables {
  const count = heads.length;
  const base = new Float64Array(weeks * count);
  const slope = new Float64Array(weeks * count);
  const foretold = new Float64Array(count);
  const information = new Float64Array(count);
  for (let row = 0; row < rows.week.length; row++) {
    const week = rows.week[row]!;
    for (let at = rows.from[row]!; at < rows.from[row + 1]!; at++) {
      const monitor = rows.monitorOf[at]!;
      const move = rows.moveOf[at]!;
      const p = sigmoid(rows.logOdds[row]! + own[monitor]! * move);
      if (week < 0) {
        foretold[monitor]! += move * p;
        information[monitor]! += move * move * p * (1 - p);
      } else {
        const lift = Math.expm1(move);
        base[week * count + monitor]! += Math.log1p(p * lift);
        slope[week * count + monitor]! += (move * p * (1 - p) * lift) / (1 + p * lift);
      }
    }
  }
  return { base, slope, foretold, information };
}

/** How far each group stood from its forecasts over the reference, in moves: one step of Newton, held back by caution. */
function ownLevels(rows: ForetoldRows, count: number, { foretold, information }: Tables): Float64Array {
  const own = Float64Array.from(foretold, (sum) => -sum);
  for (let row = 0; row < rows.week.length; row++) {
    if (rows.happened[row] !== 1 || rows.week[row]! >= 0) continue;
    for (let at = rows.from[row]!; at < rows.from[row + 1]!; at++) own[rows.monitorOf[at]!]! += rows.moveOf[at]!;
  }
  for (let monitor = 0; monitor < count; monitor++) own[monitor]! /= information[monitor]! + caution;
  return own;
}

/** The highest value that any monitor reaches, in each of so many runs without change. */
function simulate(rows: ForetoldRows, watch: RateWatch, plain: Tables): Float64Array {
  const count = watch.heads.length;
  const { weeks, random } = watch;
  const chance = rows.logOdds.map(sigmoid);
  const weekEnds = endsOf(rows.week, weeks);
  const heads = Float64Array.from(watch.heads);
  const [own, gains, sums] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  return Float64Array.from({ length: watch.runs }, () => {
    let highest = Number.NEGATIVE_INFINITY;
    let row = 0;
    const draw = (end: number): void => {
      for (; row < end; row++) {
        if (random.next() >= chance[row]!) continue;
        const to = rows.from[row + 1]!;
        for (let at = rows.from[row]!; at < to; at++) gains[rows.monitorOf[at]!]! += rows.moveOf[at]!;
      }
    };
    gains.fill(0);
    draw(weekEnds[0]!);
    for (let monitor = 0; monitor < count; monitor++) {
      own[monitor] = (gains[monitor]! - plain.foretold[monitor]!) / (plain.information[monitor]! + caution);
    }
    sums.fill(0);
    for (let week = 0; week < weeks; week++) {
      gains.fill(0);
      draw(weekEnds[week + 1]!);
      for (let monitor = 0; monitor < count; monitor++) {
        const cell = week * count + monitor;
        const step = gains[monitor]! - plain.base[cell]! - own[monitor]! * plain.slope[cell]!;
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
