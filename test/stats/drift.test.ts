import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { alarmLine } from '../../src/stats/drift/alarm-line.ts';
import { chiSquareTail } from '../../src/stats/drift/chi-square-tail.ts';
import { cusum } from '../../src/stats/drift/cusum.ts';
import { rateBet } from '../../src/stats/drift/rate-bet.ts';
import { riseStart } from '../../src/stats/drift/rise-start.ts';
import { stabilityTest } from '../../src/stats/drift/stability-test.ts';
import { watchArrivals } from '../../src/stats/drift/watch-arrivals.ts';
import { type ForetoldRows, watchRates } from '../../src/stats/drift/watch-rates.ts';
import { countInterval } from '../../src/stats/intervals/count-interval.ts';
import { logit, sigmoid } from '../../src/stats/models/logistic.ts';
import { createRandom, type Random } from '../../src/stats/random.ts';
import { isNear } from './reference.ts';

const reference: {
  chiSquareTail: { value: number; degrees: number; tail: number }[];
  stability: { n: number; m: number; index: number; byDrawing: number; byChiSquare: number };
  runLength: { slack: number; line: number; steps: number }[];
  bet: { events: number[]; expected: number[]; capital: number[] };
  count: { events: number; low: number; high: number }[];
} = JSON.parse(readFileSync(resolve(import.meta.dirname, '../reference/drift.json'), 'utf8'));

describe('chi-square tail and count interval', () => {
  it('give the tails of scipy, far out and close by', () => {
    for (const { value, degrees, tail } of reference.chiSquareTail) {
      assert.ok(isNear(chiSquareTail(value, degrees) / tail, 1, 1e-10), `${value} with ${degrees}`);
    }
    assert.equal(chiSquareTail(0, 3), 1);
  });

  it('come within a hundredth of the exact Poisson interval from five events on', () => {
    for (const { events, low, high } of reference.count) {
      const found = countInterval(events);
      const near = events >= 5 ? 0.02 : 0.15;
      assert.ok(isNear(found.low, low, near) && isNear(found.high, high, near), `${events}: ${JSON.stringify(found)}`);
    }
  });
});

describe('the stability test', () => {
  it('draws the line where samples of one population really are', () => {
    const { n, m, index, byDrawing, byChiSquare } = reference.stability;
    assert.ok(isNear(byDrawing, byChiSquare, 0.004));
    assert.ok(isNear(chiSquareTail(index / (1 / n + 1 / m), 3), byDrawing, 0.004));
  });

  it('does not take an index for certain that few rows give by chance, and takes a small one of many rows', () => {
    assert.ok(stabilityTest([30, 20], [18, 22]).chance > 0.05);
    assert.ok(stabilityTest([30_000, 20_000], [29_000, 21_000]).chance < 1e-6);
  });

  it('puts bins together that expect too few rows, and has nothing to say of one bin', () => {
    assert.equal(stabilityTest([500, 500, 1, 2], [50, 50, 0, 0]).bins, 2);
    assert.deepEqual(stabilityTest([10], [10]), { index: 0, chance: 1, bins: 1 });
    assert.deepEqual(stabilityTest([1, 1], [0, 0]), { index: 0, chance: 1, bins: 0 });
  });
});

describe('the cumulative sum', () => {
  it('passes the line at the 29th sample of the worked example in Montgomery, out of control since the 23rd', () => {
    // Introduction to Statistical Quality Control, the CUSUM chapter: target 10, slack 0.5, line 5, C+ of 5.28 at 29.
    const samples = [
      ...[9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08],
      ...[9.37, 10.62, 10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52],
    ];
    const { values, since } = cusum(samples.map((sample) => sample - 10.5));
    const alarm = values.findIndex((value) => value > 5);
    assert.equal(alarm + 1, 29);
    assert.ok(isNear(values[alarm]!, 5.28, 0.005));
    assert.equal(since[alarm]! + 1, 23);
  });

  it('runs as long between false alarms as its Markov chain says', () => {
    const random = createRandom(4);
    for (const { slack, line, steps } of reference.runLength) {
      const draws = Array.from({ length: 300_000 }, () => random.normal() - slack);
      let runs = 0;
      for (let from = 0; from < draws.length; ) {
        let sum = 0;
        let at = from;
        for (; at < draws.length && sum < line; at++) sum = Math.max(0, sum + draws[at]!);
        assert.equal(cusum(draws.slice(from, at)).values.findIndex((value) => value >= line) >= 0, sum >= line);
        runs += sum >= line ? 1 : 0;
        from = at;
      }
      assert.ok(isNear(300_000 / runs / steps, 1, 0.1), `${300_000 / runs} against ${steps}`);
    }
  });

  it('has nothing to show for nothing', () => {
    assert.deepEqual(cusum([]), { values: [], since: [] });
  });
});

describe('the bet on more events', () => {
  it('is worth the mixture of likelihood ratios that scipy gives', () => {
    const { events, expected, capital } = reference.bet;
    const found = rateBet(events, expected);
    for (const [step, value] of capital.entries()) assert.ok(isNear(found[step]! / value, 1, 1e-9), `step ${step}`);
  });

  it('reaches 20 in less than one run in twenty while events come as expected, however long it is watched', () => {
    const random = createRandom(8);
    let rich = 0;
    for (let run = 0; run < 2000; run++) {
      const events = Array.from({ length: 100 }, () => poisson(random, 0.5));
      if (rateBet(events, new Array<number>(100).fill(0.5)).some((capital) => capital >= 20)) rich++;
    }
    assert.ok(rich <= 0.05 * 2000, `${rich} of 2000`);
  });
});

describe('the start of a rise', () => {
  it('is found within three steps, and is the first step where nothing rose', () => {
    const random = createRandom(12);
    const near = countTo(200, () => {
      const events = Array.from({ length: 30 }, (_, step) => poisson(random, step < 20 ? 1 : 4));
      return Math.abs(riseStart(events, new Array<number>(30).fill(1)) - 20) <= 3;
    });
    assert.ok(near >= 180, `${near} of 200`);
    assert.equal(riseStart([0, 0], [1, 1]), 0);
    assert.equal(riseStart([], []), 0);
  });
});

describe('a watch of rates', () => {
  it('gives an alarm by chance as often as its budget says, with overlapping groups and a biased reference', () => {
    const alarms = countTo(150, (seed) => {
      const { line, monitors } = watchRates(...ratesOf(seed, 0));
      return monitors.some(({ values }) => values.some((value) => value > line));
    });
    assert.ok(alarms <= 30, `${alarms} of 150 at a budget of 10 %`);
    assert.ok(alarms >= 3, `${alarms} of 150: the budget is not used`);
  });

  it('finds the group that fell, soon after it fell, and says since when', () => {
    const found = countTo(20, (seed) => {
      const { line, monitors } = watchRates(...ratesOf(seed, -1));
      const week = monitors[1]!.values.findIndex((value) => value > line);
      return week >= 20 && Math.abs(monitors[1]!.since[week]! - 20) <= 6;
    });
    assert.ok(found >= 16, `${found} of 20`);
  });

  it('is the same twice, and its first weeks do not depend on later ones', () => {
    const [rows, watch] = ratesOf(3, -1);
    const again = watchRates(...ratesOf(3, -1));
    assert.deepEqual(watchRates(rows, watch), again);
  });
});

describe('a watch of arrivals', () => {
  it('gives an alarm by chance as often as its budget says', () => {
    const alarms = countTo(200, (seed) => {
      const { line, monitors } = arrivalsWatched(seed, 1);
      return monitors.some(({ values }) => values.some((value) => value > line));
    });
    assert.ok(alarms <= 36 && alarms >= 6, `${alarms} of 200 at a budget of 10 %`);
  });

  it('finds the group where events come three times as often', () => {
    const found = countTo(20, (seed) => {
      const { line, monitors } = arrivalsWatched(seed, 3);
      return monitors[1]!.values.some((value, week) => week >= 26 && value > line);
    });
    assert.ok(found >= 17, `${found} of 20`);
  });
});

describe('the alarm line', () => {
  it('leaves at most the share of runs above it', () => {
    const highest = [5, 1, 4, 2, 3, 9, 8, 6, 7, 10];
    assert.equal(highest.filter((value) => value > alarmLine(highest, 0.2)).length, 2);
    assert.equal(highest.filter((value) => value > alarmLine(highest, 0.05)).length, 0);
    assert.equal(alarmLine([], 0.05), Number.POSITIVE_INFINITY);
  });
});

function countTo(seeds: number, holds: (seed: number) => boolean): number {
  return Array.from({ length: seeds }, (_, seed) => holds(seed + 1)).filter(Boolean).length;
}

/** Two groups and everybody: 40 rows a week for a year, as many before; group 1 moves by so much from week 20 on. */
function ratesOf(seed: number, move: number): Parameters<typeof watchRates> {
  const random = createRandom(seed);
  const rows = 40 * 104;
  const week = Int32Array.from({ length: rows }, (_, row) => Math.max(-1, Math.floor(row / 40) - 52));
  const member = Array.from({ length: rows }, () => random.next() < 0.4);
  const logOdds = Float64Array.from({ length: rows }, () => logit(0.3) + 0.5 * random.normal());
  const monitorOf = member.flatMap((inside) => (inside ? [0, 1] : [0, 2]));
  const table: ForetoldRows = {
    ...{ week, logOdds },
    // Group 2 always does better than foretold: its own level must be learnt from the reference.
    happened: Uint8Array.from(logOdds, (x, row) => {
      const own = member[row] ? (week[row]! >= 20 ? move : 0) : 0.3;
      return random.next() < sigmoid(x + own) ? 1 : 0;
    }),
    from: Uint32Array.from({ length: rows + 1 }, (_, row) => 2 * row),
    monitorOf: Uint16Array.from(monitorOf),
    moveOf: new Float64Array(2 * rows).fill(-0.5),
  };
  return [table, { weeks: 52, heads: [0, 0, 0], falseAlarms: 0.1, runs: 200, random: random.fork('line') }];
}

/** Two groups of people over a reference and a year, some 100 events in each; those of monitor 1 grow from week 26 on. */
function arrivalsWatched(seed: number, ratio: number): ReturnType<typeof watchArrivals> {
  const random = createRandom(seed);
  const expected = Float64Array.from({ length: 2 * 53 }, (_, cell) => (cell < 2 ? 100 : 1));
  const came = expected.map((due, cell) => {
    const grown = cell % 2 === 0 && cell >= 2 * 27 ? ratio : 1;
    return poisson(random, due * grown);
  });
  return watchArrivals(
    {
      patterns: [
        [0, 1],
        [0, 2],
      ],
      weeks: 52,
      expected,
      came,
    },
    { heads: [0, 0, 0], ratio: 2, falseAlarms: 0.1, runs: 300, random: random.fork('line') },
  );
}

function poisson(random: Random, mean: number): number {
  let count = -1;
  for (let passed = 0; passed < mean; count++) passed -= Math.log(1 - random.next());
  return Math.max(0, count);
}
