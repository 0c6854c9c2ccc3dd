import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { predictLogOdds } from '../../src/stats/models/additive-logistic.ts';
import { binPenalty } from '../../src/stats/models/bin-penalty.ts';
import { binCount, binnedRows, countBins } from '../../src/stats/models/binned-rows.ts';
import { sandwich } from '../../src/stats/models/linear-regression.ts';
import { solveLinear } from '../../src/stats/models/solve-linear.ts';
import { addOuter, addRow, columnVariances, dotRow, sparseRows } from '../../src/stats/models/sparse-rows.ts';
import { stepGrid } from '../../src/stats/models/step-grid.ts';
import { agree } from './causal-reference.ts';

/** What numpy makes of the same tables as dense matrices; `test/reference/tables.py` writes it. */
const figures: {
  sparse: Record<'weight' | 'coefficients' | 'dots' | 'sum' | 'outer' | 'variances', number[]> & {
    columns: number[][];
  };
  sandwich: Record<'inverse' | 'middle' | 'errors', number[]>;
  system: { matrix: number[][]; right: number[]; solution: number[] };
  bins: Record<'sizes' | 'ordered' | 'counts' | 'effects' | 'logOdds', number[]> & { columns: number[][] };
  steps: Record<'counts' | 'spread' | 'settled', number[]> & { overlap: number[][] };
  penalty: Record<'ridge' | 'smooth' | 'force' | 'curve' | 'wanted' | 'solution' | 'settled', number[]> & {
    cost: number;
    taken: number;
  };
} = JSON.parse(readFileSync(resolve(import.meta.dirname, '../reference/tables.json'), 'utf8'));

describe('sparse rows beside a dense matrix', () => {
  const { sparse } = figures;
  const table = sparseRows(sparse.columns);

  it('give the same products of rows with coefficients', () => {
    const dots = sparse.dots.map((_, row) => dotRow(table, row, sparse.coefficients));
    assert.ok(agree(dots, sparse.dots, 1e-12));
  });

  it('add up to the same weighted sums, of rows and of their outer products', () => {
    const sum = new Float64Array(table.columns);
    const outer = new Float64Array(table.columns ** 2);
    for (const [row, weight] of sparse.weight.entries()) {
      addRow(sum, table, row, weight);
      addOuter(outer, table, row, weight);
    }
    assert.ok(agree(sum, sparse.sum, 1e-12));
    assert.ok(agree(outer, sparse.outer, 1e-12));
  });

  it('have the same weighted variances', () => {
    assert.ok(agree(columnVariances(table, sparse.weight), sparse.variances, 1e-12));
  });
});

describe('a small system of equations', () => {
  const { matrix, right, solution } = figures.system;

  it('has the solution of numpy, of its first rows and columns only', () => {
    const wide = matrix.map((row) => Float64Array.from(row));
    assert.ok(agree(solveLinear(wide, Float64Array.from(right), 4), solution, 1e-6));
  });

  it('has the sandwich errors of numpy, from the lower half of what lies between', () => {
    const { inverse, middle, errors } = figures.sandwich;
    assert.ok(agree(sandwich(inverse, middle, errors.length), errors, 1e-9));
  });

  it('leaves a direction at 0 that nothing is known of', () => {
    const [known, unknown] = solveLinear([Float64Array.of(4, 0), Float64Array.of(0, 0)], Float64Array.of(2, 0), 2);
    assert.ok(agree([known!, unknown!], [0.5, 0], 1e-8));
  });
});

describe('bins beside one-hot columns', () => {
  const { columns, sizes, ordered, counts, effects, logOdds } = figures.bins;
  const x = binnedRows(columns, sizes, ordered);
  const grid = stepGrid(x);

  it('hold as many rows, and add up to the same log-odds', () => {
    assert.equal(binCount(x), counts.length);
    assert.deepEqual([...countBins(x)], counts);
    assert.ok(agree(predictLogOdds(x, { intercept: -0.7, effects: Float64Array.from(effects) }), logOdds, 1e-12));
  });

  it('make steps that hold and share as many rows as numpy counts, less what chance would put there', () => {
    const sums = Float64Array.from(counts);
    grid.gather(sums);
    assert.deepEqual([...sums], figures.steps.counts);
    assert.ok(agree(grid.spread, figures.steps.spread, 1e-12));
    for (const [step, overlap] of figures.steps.overlap.entries()) {
      assert.ok(agree(grid.overlapOf(step), overlap, 1e-5), `step ${step}`);
    }
  });

  it('move by all the steps that hold them', () => {
    const settled = new Float64Array(effects.length);
    grid.settle(Float64Array.from(effects), settled);
    assert.ok(agree(settled, figures.steps.settled, 1e-12));
  });
});

describe('the penalty of bins beside its matrix', () => {
  const { penalty, bins } = figures;
  const effects = () => Float64Array.from(bins.effects);
  const held = binPenalty(bins, Float64Array.from(penalty.ridge), Float64Array.from(penalty.smooth));

  it('costs and pulls as much', () => {
    assert.ok(agree([held.cost(effects())], [penalty.cost], 1e-12));
    const force = new Float64Array(bins.effects.length);
    held.addForce(effects(), force, 1);
    assert.ok(agree(force, penalty.force, 1e-12));
    held.addForce(effects(), force, -1);
    assert.ok(force.every((left) => Math.abs(left) < 1e-12));
  });

  it('settles each feature where its ridge costs least', () => {
    const settled = effects();
    assert.ok(agree([held.settle(settled)], [penalty.taken], 1e-12));
    assert.ok(agree(settled, penalty.settled, 1e-12));
  });

  it('is solved as numpy solves it with one multiplier a feature', () => {
    const solution = new Float64Array(bins.effects.length);
    held.solver(Float64Array.from(penalty.curve))(Float64Array.from(penalty.wanted), solution);
    assert.ok(agree(solution, penalty.solution, 1e-7));
  });

  it('is the same for one weight for all as for the same weight at every bin', () => {
    const each = (value: number) => new Float64Array(bins.effects.length).fill(value);
    assert.equal(binPenalty(bins, 2, 5).cost(effects()), binPenalty(bins, each(2), each(5)).cost(effects()));
  });
});
