import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { choleskyFactor, choleskyInverse, choleskySolve } from '../../src/stats/models/cholesky.ts';
import { linearRegression } from '../../src/stats/models/linear-regression.ts';
import { fitLogistic, logisticErrors } from '../../src/stats/models/logistic-regression.ts';
import { columnVariances, dotRow, sparseRows } from '../../src/stats/models/sparse-rows.ts';
import { causalFolder, lalonde } from '../bench/causal-data.ts';
import { agree, causalFigures, referenceTable } from './causal-reference.ts';

const { rows } = causalFigures;

describe('sparse rows', () => {
  it('give back every number of every row, zeros included', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }).chain((n) => {
          const column = fc.array(fc.constantFrom(0, 0, 1, -2.5), { minLength: n, maxLength: n });
          return fc.array(column, { minLength: 1, maxLength: 5 });
        }),
        (columns) => {
          const table = sparseRows(columns);
          return columns.every((column, place) =>
            column.every((value, row) => {
              const unit = columns.map((_, at) => (at === place ? 1 : 0));
              return dotRow(table, row, unit) === value;
            }),
          );
        },
      ),
    );
  });

  it('refuse what is no number, and columns of two lengths', () => {
    assert.throws(() => sparseRows([[1, Number.NaN]]), /got NaN in row 1 of column 0/);
    assert.throws(() => sparseRows([[1, 2], [1]]), /requires 2 numbers in each column, got 1 in 1/);
  });

  it('know the variance of their columns', () => {
    assert.ok(
      agree(
        columnVariances(
          sparseRows([
            [1, 1, 1, 1],
            [0, 2, 0, 2],
          ]),
          [1, 1, 1, 1],
        ),
        [0, 1],
        1e-12,
      ),
    );
  });
});

describe('the Cholesky factor', () => {
  const { matrix, factor, inverse } = causalFigures.cholesky;

  it('is that of numpy, and so is the inverse', () => {
    const found = choleskyFactor(matrix.flat(), matrix.length);
    assert.ok(agree(found, factor.flat(), 1e-10));
    assert.ok(agree(choleskyInverse(found, matrix.length), inverse.flat(), 1e-10));
  });

  it('solves what it was made of', () => {
    const solved = choleskySolve(choleskyFactor(matrix.flat(), matrix.length), [1, 2, 3, 4]);
    const back = matrix.map((row) => row.reduce((sum, value, at) => sum + value * solved[at]!, 0));
    assert.ok(agree(back, [1, 2, 3, 4], 1e-9));
  });

  it('says which column is a sum of others', () => {
    assert.throws(() => choleskyFactor([1, 0, 2, 4], 2), { code: 'rank_deficient', message: /place 1 of 2/ });
  });
});

describe('linear regression', () => {
  const table = sparseRows([rows.first.map(() => 1), rows.first, rows.flag, rows.rare, rows.treated]);

  for (const kind of ['classic', 'HC0', 'HC1', 'HC2', 'HC3'] as const) {
    it(`has the coefficients and ${kind} errors of statsmodels`, () => {
      const { coefficients, standardErrors } = linearRegression(table, rows.outcome, kind);
      assert.ok(agree(coefficients, causalFigures.line.coefficients, 1e-9));
      assert.ok(agree(standardErrors, causalFigures.line[kind], 1e-9));
    });
  }

  it('refuses as many columns as rows', () => {
    assert.throws(
      () =>
        linearRegression(
          sparseRows([
            [1, 1],
            [0, 1],
          ]),
          [1, 2],
        ),
      /needs more rows than that, got 2/,
    );
  });

  it('agrees with the stored figures on the LaLonde experiment', (t) => {
    const file = resolve(import.meta.dirname, '../../../shared/reference/parity.json');
    if (causalFolder === null || !existsSync(file)) return t.skip('shared/data/causal is not beside the checkout');
    const { ols_lalonde_exp_y_on_t_cov: stored } = JSON.parse(readFileSync(file, 'utf8'));
    const { table: covariates, treated, outcome } = lalonde(causalFolder, 'exp');
    const columns = Array.from({ length: covariates.columns }, (_, place) =>
      Array.from({ length: covariates.rows }, (_, row) =>
        dotRow(
          covariates,
          row,
          Array.from({ length: covariates.columns }, (_, at) => (at === place ? 1 : 0)),
        ),
      ),
    );
    const { coefficients, standardErrors } = linearRegression(sparseRows([...columns, treated]), outcome, 'HC2');
    assert.ok(agree([coefficients.at(-1)!], [stored.coef[1]], 1e-7));
    assert.ok(agree([standardErrors.at(-1)!], [stored.se_hc2[1]], 1e-7));
  });
});

describe('logistic regression', () => {
  it('has the coefficients of statsmodels, with its plain and its sandwich errors', () => {
    const found = fitLogistic(referenceTable, rows.won);
    assert.ok(agree(found, causalFigures.logit.coefficients, 1e-7));
    assert.ok(agree(logisticErrors(referenceTable, rows.won, found, 'classic'), causalFigures.logit.classic, 1e-6));
    assert.ok(agree(logisticErrors(referenceTable, rows.won, found, 'HC0'), causalFigures.logit.HC0, 1e-6));
  });

  it('says that there is no answer where a column parts the rows, and has one with a penalty', () => {
    const table = sparseRows([
      [1, 1, 1, 1],
      [-1, -1, 1, 1],
    ]);
    assert.throws(() => fitLogistic(table, [0, 0, 1, 1]), /leave some doubt|sum of the others/);
    const [intercept, slope] = fitLogistic(table, [0, 0, 1, 1], { penalty: [0, 1] });
    assert.ok(Math.abs(intercept!) < 1e-6 && slope! > 0.5 && slope! < 3);
  });

  it('counts a row of weight two as two rows', () => {
    const once = fitLogistic(
      sparseRows([
        [1, 1, 1, 1, 1],
        [0, 1, 1, 0, 0],
      ]),
      [1, 0, 1, 0, 0],
    );
    const weighted = fitLogistic(
      sparseRows([
        [1, 1, 1, 1],
        [0, 1, 1, 0],
      ]),
      [1, 0, 1, 0],
      { weight: [1, 1, 1, 2] },
    );
    assert.ok(agree(once, weighted, 1e-7));
  });
});
