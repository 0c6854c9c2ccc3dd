import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Additive {
  intercept: number;
  effects: number[];
}

/** Figures from scipy, statsmodels and scikit-learn; `test/reference/make.py` writes them. */
export const reference: {
  wilson: { successes: number; trials: number; interval: [number, number] }[];
  forecast: {
    outcome: number[];
    score: number[];
    auc: number;
    delong: number;
    logLoss: number;
    calibrationError: number;
    topLift: number;
    calibration: { intercept: number; slope: number };
  };
  additive: {
    first: number[];
    second: number[];
    won: number[];
    offset: number[];
    weight: number[];
    centre: number[];
    ridge: number;
    smooth: number;
    plain: Additive;
    smoothed: Additive;
  };
  nonnegative: { columns: number[][]; answer: number[]; coefficients: number[] };
  brake: { total: number[]; match: number[]; worth: number[]; brake: number };
  sfc32: { seed: number; drawn: number[] };
  populationStability: { before: number[]; after: number[]; index: number };
} = JSON.parse(readFileSync(resolve(import.meta.dirname, '../reference/stats.json'), 'utf8'));

export function isNear(actual: number, expected: number, tolerance: number): boolean {
  return Math.abs(actual - expected) <= tolerance;
}
