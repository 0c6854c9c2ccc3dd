import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { alarmLine } from '../../src/stats/drift/alarm-line.ts';
import { stabilityTest } from '../../src/stats/drift/stability-test.ts';
import { watchArrivals } from '../../src/stats/drift/watch-arrivals.ts';
import { watchRates } from '../../src/stats/drift/watch-rates.ts';
import { createRandom } from '../../src/stats/random.ts';
import { agree } from './causal-reference.ts';
import { isNear } from './reference.ts';

/** What the watches give by their definitions, in numpy and scipy; `test/reference/watches.py` writes it. */
const figures: {
  rates: Record<'week' | 'logOdds' | 'inside' | 'happened' | 'moves' | 'heads', number[]> & {
    weeks: number;
    values: number[][];
    line: number;
  };
  arrivals: Record<'expected' | 'came' | 'heads' | 'own', number[]> & {
    weeks: number;
    patterns: number[][];
    ratio: number;
    values: number[][];
    line: number;
  };
  stability: { before: number[]; after: number[]; index: number; bins: number; chance: number };
  alarmLine: { highest: number[]; lines: { share: number; line: number }[] };
} = JSON.parse(readFileSync(resolve(import.meta.dirname, '../reference/watches.json'), 'utf8'));

describe('a watch of rates beside its definition', () => {
  const { weeks, week, logOdds, inside, happened, moves, heads, values, line } = figures.rates;
  const monitorOf = inside.flatMap((is) => [is === 1 ? 0 : 1, 2]);
  const found = watchRates(
    {
      ...{ week: Int32Array.from(week), happened: Uint8Array.from(happened), logOdds: Float64Array.from(logOdds) },
      from: Uint32Array.from({ length: week.length + 1 }, (_, row) => 2 * row),
      monitorOf: Uint16Array.from(monitorOf),
      moveOf: Float64Array.from(monitorOf, (monitor) => moves[monitor]!),
    },
    { weeks, heads, falseAlarms: 0.1, runs: 3000, random: createRandom(1) },
  );

  it('has the best likelihood ratio over all starting weeks', () => {
    for (const [monitor, expected] of values.entries()) {
      assert.ok(agree(found.monitors[monitor]!.values, expected, 1e-9), `monitor ${monitor}`);
    }
  });

  it('draws its line where runs that numpy draws have theirs', () => {
    assert.ok(isNear(found.line, line, 0.25), `${found.line}, not ${line}`);
  });
});

describe('a watch of arrivals beside its definition', () => {
  const { weeks, patterns, expected, came, ratio, heads, own, values, line } = figures.arrivals;
  const found = watchArrivals(
    { patterns, weeks, expected: Float64Array.from(expected), came: Float64Array.from(came) },
    { heads, ratio, falseAlarms: 0.1, runs: 10_000, random: createRandom(2) },
  );

  it('has the best ratio of Poisson likelihoods over all starting weeks, at the own rate of each group', () => {
    // Until half a year has passed the own rate is that of before the watch.
    for (let week = 0; week < weeks; week += 1)
      assert.ok(agree(found.own.subarray(week * own.length, (week + 1) * own.length), own, 1e-12), `week ${week}`);
    for (const [monitor, expectation] of values.entries()) {
      assert.ok(agree(found.monitors[monitor]!.values, expectation, 1e-9), `monitor ${monitor}`);
    }
  });

  it('draws its line where runs that numpy draws have theirs', () => {
    assert.ok(isNear(found.line, line, 0.12), `${found.line}, not ${line}`);
  });
});

describe('lines and indices beside numpy', () => {
  it('put the alarm line at the quantile of numpy', () => {
    for (const { share, line } of figures.alarmLine.lines) {
      assert.equal(alarmLine(figures.alarmLine.highest, share), line, `share ${share}`);
    }
  });

  it('put thin bins together and give the index and chi-square tail of scipy', () => {
    const { before, after, ...expected } = figures.stability;
    const found = stabilityTest(before, after);
    assert.equal(found.bins, expected.bins);
    assert.ok(agree([found.index, found.chance], [expected.index, expected.chance], 1e-9), JSON.stringify(found));
  });
});
