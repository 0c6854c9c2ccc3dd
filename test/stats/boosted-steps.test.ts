import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitAdditiveLogistic, predictLogOdds } from '../../src/stats/models/additive-logistic.ts';
import { binnedRows, pickRows, sliceRows } from '../../src/stats/models/binned-rows.ts';
import { boostSteps } from '../../src/stats/models/boosted-steps.ts';
import { logLoss } from '../../src/stats/models/log-loss.ts';
import { sigmoid } from '../../src/stats/models/logistic.ts';
import { createRandom } from '../../src/stats/random.ts';

/** Two features that matter, the second a number, and three that do not. */
function plantedRows(rows: number, seed: number, base = -0.5) {
  const random = createRandom(seed);
  const sizes = [4, 10, 6, 6, 3];
  const columns = sizes.map((size) => Uint16Array.from({ length: rows }, () => random.integer(0, size - 1)));
  const truth = (row: number): number =>
    base + [1.2, 0, -0.8, 0][columns[0]![row]!]! + (columns[1]![row]! >= 6 ? 1 : 0);
  const outcome = Uint8Array.from({ length: rows }, (_, row) => (random.next() < sigmoid(truth(row)) ? 1 : 0));
  const logOdds = Float64Array.from({ length: rows }, (_, row) => truth(row));
  return { x: binnedRows(columns, sizes, [0, 10, 6, 0, 0]), outcome, truth: logOdds };
}

const { x, outcome, truth } = plantedRows(4000, 5);

function lossOf(logOdds: Float64Array, told: Uint8Array): number {
  return logLoss([...told], logOdds.map(sigmoid));
}

describe('rows of cells', () => {
  it('pick and slice the rows that columns would', () => {
    const rows = binnedRows([Uint16Array.of(0, 1, 1), Uint16Array.of(2, 0, 1)], [2, 3], [0, 3]);
    assert.deepEqual([...pickRows(rows, [2, 0]).cells], [1, 3, 0, 4]);
    assert.deepEqual([...sliceRows(rows, 1, 3).cells], [1, 2, 1, 3]);
    assert.equal(binnedRows([], [], [], 3).rows, 3);
  });
});

describe('boosted steps', () => {
  it('take no step for features that say nothing before those that do', () => {
    const [early] = boostSteps(x, outcome, { stops: [40] });
    assert.ok(early!.effects.subarray(14).every((effect) => effect === 0));
    assert.ok(early!.effects[0]! > early!.effects[1]! && early!.effects[1]! > early!.effects[2]!);
    assert.ok(early!.effects[13]! - early!.effects[4]! > 0.5);
  });

  it('lose less with every stop on the rows they learn from, and end near the best that any effects could do', () => {
    const losses = [...boostSteps(x, outcome, { stops: [0, 20, 100, 400, 3000] })].map((fit) =>
      lossOf(predictLogOdds(x, fit), outcome),
    );
    assert.deepEqual(
      losses,
      losses.toSorted((a, b) => b - a),
    );
    const best = fitAdditiveLogistic(x, outcome, { ridge: 1e-3, smooth: 0 });
    assert.ok(losses.at(-1)! - lossOf(predictLogOdds(x, best), outcome) < 1e-3);
  });

  it('forecast new rows better when they stop early', () => {
    const [small, large] = [plantedRows(300, 7), plantedRows(20_000, 8)];
    const [early, late] = [...boostSteps(small.x, small.outcome, { stops: [40, 2000] })].map((fit) =>
      lossOf(predictLogOdds(large.x, fit), large.outcome),
    );
    assert.ok(early! < late! - 0.01, `${early} against ${late}`);
  });

  it('stay calm where events are rare and one bin holds nearly all of them', () => {
    const rows = 5000;
    const column = Uint16Array.from({ length: rows }, (_, row) => (row % 50 === 0 ? 1 : 0));
    const rare = Uint8Array.from({ length: rows }, (_, row) =>
      row % 50 === 0 ? (row % 100 === 0 ? 1 : 0) : row % 1000 === 7 ? 1 : 0,
    );
    const design = binnedRows([column], [2], [0]);
    const apart = -Math.log(5 / 4895);
    let before = Number.POSITIVE_INFINITY;
    for (const { intercept, effects } of boostSteps(design, rare, { stops: [10, 20, 40, 80, 300] })) {
      const gap = Math.abs(effects[1]! - effects[0]! - apart);
      assert.ok(gap < before && Number.isFinite(intercept));
      before = gap;
    }
    assert.ok(before < 0.5, `${before}`);
  });

  it('start from what is known, leave out what they are told to, and heed weights and offsets', () => {
    const centre = Float64Array.from(
      x.sizes.flatMap((size, f) => Array.from({ length: size }, (_, bin) => (f === 4 ? bin : 0))),
    );
    const [fit] = boostSteps(x, outcome, { stops: [60], centre, leftOut: [true, false, false, false, false] });
    assert.deepEqual([...fit!.effects.subarray(0, 4)], [0, 0, 0, 0]);
    const [told] = boostSteps(x, outcome, { stops: [60], offset: truth });
    assert.ok(told!.effects.every((effect) => Math.abs(effect) < 0.2));
    const [half] = boostSteps(x, outcome, { stops: [30], weights: new Float64Array(x.rows).fill(2) });
    const [twice] = boostSteps(
      pickRows(
        x,
        [...Array(2 * x.rows).keys()].map((at) => at % x.rows),
      ),
      Uint8Array.from({ length: 2 * x.rows }, (_, at) => outcome[at % x.rows]!),
      { stops: [30] },
    );
    for (const [bin, effect] of half!.effects.entries()) assert.ok(Math.abs(effect - twice!.effects[bin]!) < 0.02);
  });

  it('end at the rate where there is nothing to learn from', () => {
    const alike = binnedRows([new Uint16Array(50)], [1], [0]);
    const [fit] = boostSteps(
      alike,
      Uint8Array.from({ length: 50 }, (_, row) => (row < 20 ? 1 : 0)),
      { stops: [100] },
    );
    assert.ok(Math.abs(sigmoid(fit!.intercept) - 0.4) < 1e-3);
    assert.deepEqual([...fit!.effects], [0]);
  });
});
