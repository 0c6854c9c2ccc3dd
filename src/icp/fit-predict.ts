import { sigmoid } from '../stats/models/logistic.ts';
import { binRows } from './fit-bins.ts';
import { printedTenths } from './fit-scale.ts';
import type { Criterion, Detractor, Lever } from './model.ts';
import type { FeatureTable, Stage } from './types.ts';

/** The part of a model that scores: what a reader of the published table has in hand. */
export interface ScoringTable {
  base: number;
  criteria: readonly Criterion[];
  levers: Readonly<Record<Stage, Lever>>;
  detractor: Detractor | null;
}

/** The detractor's multiplier of every account, in thousandths; all 1000 without a detractor. */
export function multipliersOf(
  bins: readonly Int16Array[],
  churn: readonly Int32Array[],
  detractor: Detractor | null,
  rows: number,
): Int32Array {
  if (detractor === null) return new Int32Array(rows).fill(1000);
  return Int32Array.from(churnLogOdds(bins, churn, detractor, rows), (logOdds) => {
    const odds = Math.exp(logOdds / 1000);
    const match = Math.max(0, (odds - detractor.baseOdds) / (odds + detractor.baseOdds));
    return Math.round(1000 * (1 - detractor.k * match));
  });
}

/** What a published table says about each row: printed score, and the probability of each stage and of churning. */
export function predictTable(
  table: ScoringTable,
  rows: FeatureTable,
): { score: Float64Array; probability: Record<Stage, Float64Array>; churn: Float64Array | null } {
  const n = rows.accountIds.length;
  const bins = criteriaBins(table.criteria, rows);
  const sums = new Int32Array(n).fill(table.base);
  const logOdds = (stage: Stage): Float64Array => {
    const sum = new Float64Array(n).fill(table.levers[stage].intercept);
    for (const [c, column] of bins.entries()) {
      const effects = table.criteria[c]!.bins.map((bin) => bin.levers[stage]);
      for (let row = 0; row < n; row++) if (column[row]! >= 0) sum[row]! += effects[column[row]!]!;
    }
    return sum.map(sigmoid);
  };
  for (const [c, column] of bins.entries()) {
    const points = table.criteria[c]!.bins.map((bin) => bin.points);
    for (let row = 0; row < n; row++) if (column[row]! >= 0) sums[row]! += points[column[row]!]!;
  }
  const churn = table.criteria.map(({ bins: rowsOf }) => Int32Array.from(rowsOf, (bin) => bin.churn));
  const multipliers = multipliersOf(bins, churn, table.detractor, n);
  return {
    score: Float64Array.from(sums, (sum, row) => printedTenths(sum, multipliers[row]!) / 10),
    probability: {
      accepted: logOdds('accepted'),
      qualified: logOdds('qualified'),
      won: logOdds('won'),
      expanded: logOdds('expanded'),
    },
    churn:
      table.detractor === null
        ? null
        : churnLogOdds(bins, churn, table.detractor, n).map((logOdds) => sigmoid(logOdds / 1000)),
  };
}

/** The log-odds of churning of every row, in thousandths. */
function churnLogOdds(
  bins: readonly Int16Array[],
  churn: readonly Int32Array[],
  { intercept }: Detractor,
  rows: number,
): Float64Array {
  const logOdds = new Float64Array(rows).fill(intercept);
  for (const [f, column] of bins.entries()) {
    const own = churn[f]!;
    for (let row = 0; row < rows; row++) if (column[row]! >= 0) logOdds[row]! += own[column[row]!]!;
  }
  return logOdds;
}

/** The bin of every row for every criterion, -1 for none. */
export function criteriaBins(criteria: readonly Criterion[], rows: FeatureTable): Int16Array[] {
  return binRows(
    rows,
    criteria.map(({ key, bins }) => ({ feature: { key }, matches: bins.map(({ match }) => match) })),
  );
}
