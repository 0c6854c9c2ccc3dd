import type { RowScores } from './subgroup.ts';

/** What happened in some rows against what was expected: the sums and the standard errors that they are apart. */
export function sumRows(rows: Uint32Array, scores: RowScores): { excess: number; variance: number; z: number } {
  let excess = 0;
  let variance = 0;
  for (const row of rows) {
    excess += scores.excess[row]!;
    variance += scores.variance[row]!;
  }
  return { excess, variance, z: variance > 0 ? excess / Math.sqrt(variance) : 0 };
}
