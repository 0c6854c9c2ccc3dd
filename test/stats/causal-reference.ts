import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type SparseRows, sparseRows } from '../../src/stats/models/sparse-rows.ts';

interface Effect {
  effect: number;
  se: number;
}

/** Figures from numpy, scipy, statsmodels and scikit-learn; `test/reference/causal.py` writes them. */
export const causalFigures: {
  rows: Record<'first' | 'flag' | 'rare' | 'treated' | 'outcome' | 'won' | 'fold', number[]>;
  line: Record<'coefficients' | 'classic' | 'HC0' | 'HC1' | 'HC2' | 'HC3', number[]>;
  logit: Record<'coefficients' | 'classic' | 'HC0', number[]>;
  propensity: number[];
  without: number[];
  aipw: { all: Effect; treated: Effect };
  cholesky: { matrix: number[][]; factor: number[][]; inverse: number[][] };
  tests: { p: number[]; bh: number[]; holm: number[] };
  normal: Record<'z' | 'below' | 'two_sided' | 'shares' | 'quantile', number[]>;
} = JSON.parse(readFileSync(resolve(import.meta.dirname, '../reference/causal.json'), 'utf8'));

const { first, flag, rare } = causalFigures.rows;

/** The table that the figures were made on: ones, a number, two flags. */
export const referenceTable: SparseRows = sparseRows([first.map(() => 1), first, flag, rare]);

/** Whether all numbers agree, relative to their size. */
export function agree(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): boolean {
  return (
    actual.length === expected.length &&
    Array.from(actual).every(
      (value, at) => Math.abs(value - expected[at]!) <= tolerance * (1 + Math.abs(expected[at]!)),
    )
  );
}
