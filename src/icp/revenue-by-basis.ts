import { createRandom } from '../stats/random.ts';
import type { AnalysisSet } from './analysis-set.ts';
import { round } from './round.ts';
import { type Stage, stages } from './types.ts';
import { type ValueRows, valueRows } from './value-rows.ts';

/** The best accounts by one way of judging them, and what became of them. */
export interface BasisOutcome {
  accounts: number;
  won: number;
  expanded: number;
  churned: number;
  /** Paid in all, an account of the list: who never bought counts as 0. */
  revenuePerAccount: number;
}

export interface RevenueByBasis {
  kind: 'compared' | 'cannot tell';
  sentence: string;
  /** Share of the accounts that each list holds. */
  share: number;
  accounts: number;
  /** By all stages at their values, less the detractor. */
  expansion: BasisOutcome;
  /** By the chance of winning alone. */
  conversion: BasisOutcome;
  /** Accounts on both lists. */
  both: number;
  /** Revenue per account of the first list over that of the second; `null` where the second paid nothing. */
  ratio: { v: number; low: number; high: number; n: number } | null;
}

const fewestPaying = 50;
const resamples = 1000;
const bestShare = 0.15;

/**
 * What it brings to aim at who expands and not only at who buys: the best 15 % of the same accounts by either ICP, and what
 * each list paid per account.
 *
 * Both are made of forecasts by tables learnt on other accounts. The interval of the ratio comes from resampling accounts.
 *
 * @param rows the rows of `valueRows(set)`, where they are at hand
 */
export function revenueByBasis(set: AnalysisSet, rows: ValueRows = valueRows(set)): RevenueByBasis {
  const priced = [...rows.paid.keys()].filter((row) => rows.paid[row] !== null);
  const paying = priced.filter((row) => (rows.paid[row] ?? 0) > 0).length;
  const size = Math.round(bestShare * priced.length);
  const expansion = bestOf(priced, weighed(rows, set), size);
  const conversion = bestOf(priced, rows.points.won, size);
  const enough = paying >= fewestPaying && rows.estimable.won && rows.estimable.expanded;
  const listed = new Set(conversion);
  return {
    kind: enough ? 'compared' : 'cannot tell',
    sentence: sentenceOf(rows, paying, enough),
    share: bestShare,
    accounts: priced.length,
    expansion: outcomeOf(rows, expansion),
    conversion: outcomeOf(rows, conversion),
    both: expansion.filter((row) => listed.has(row)).length,
    ratio: enough ? ratioOf(rows, expansion, conversion, set.seed) : null,
  };
}

/** The score of the fit part by the model's stage values: the points of all stages, less the detractor. */
function weighed(rows: ValueRows, { model }: AnalysisSet): Float64Array {
  const used = stages.filter((stage) => rows.estimable[stage]);
  const total = used.reduce((sum, stage) => sum + model.stageValues[stage], 0);
  const shareOf = (stage: Stage): number => model.stageValues[stage] / total;
  const k = model.detractor?.k ?? 0;
  return Float64Array.from({ length: rows.n }, (_, row) => {
    const points = used.reduce((sum, stage) => sum + shareOf(stage) * rows.points[stage][row]!, 0);
    // Held to 100 a crowd of the best would be alike; below 0 nobody can be on the list.
    return Math.max(0, points) * (1 - k * rows.match[row]!);
  });
}

/** The best rows, in their order; of two alike the account that comes first by its id. */
function bestOf(among: readonly number[], score: Float64Array, size: number): number[] {
  return [...among].sort((a, b) => score[b]! - score[a]! || a - b).slice(0, size);
}

function outcomeOf(rows: ValueRows, list: readonly number[]): BasisOutcome {
  const count = (holds: (row: number) => boolean): number => list.filter(holds).length;
  return {
    accounts: list.length,
    won: count((row) => rows.reached[row] === 'won' || rows.reached[row] === 'expanded'),
    expanded: count((row) => rows.reached[row] === 'expanded'),
    churned: count((row) => rows.everChurned[row] === true),
    revenuePerAccount: list.length === 0 ? 0 : Math.round(sumOf(rows, list) / list.length),
  };
}

function sumOf({ paid }: ValueRows, list: readonly number[]): number {
  return list.reduce((sum, row) => sum + (paid[row] ?? 0), 0);
}

function ratioOf(rows: ValueRows, first: readonly number[], second: readonly number[], seed: number) {
  const below = sumOf(rows, second);
  if (below === 0) return null;
  const random = createRandom(seed).fork('revenue by basis');
  const union = [...new Set([...first, ...second])].sort((a, b) => a - b);
  const inFirst = new Set(first);
  const inSecond = new Set(second);
  // Per account on either list: whether it is on each, and what it paid.
  const isFirst = Uint8Array.from(union, (row) => (inFirst.has(row) ? 1 : 0));
  const isSecond = Uint8Array.from(union, (row) => (inSecond.has(row) ? 1 : 0));
  const paid = Float64Array.from(union, (row) => rows.paid[row] ?? 0);
  const ratios = new Float64Array(resamples);
  for (let sample = 0; sample < resamples; sample++) {
    const sums = [0, 0, 0, 0];
    for (let draw = 0; draw < union.length; draw++) {
      const at = random.integer(0, union.length - 1);
      sums[0]! += isFirst[at]!;
      sums[1]! += isFirst[at]! * paid[at]!;
      sums[2]! += isSecond[at]!;
      sums[3]! += isSecond[at]! * paid[at]!;
    }
    ratios[sample] = sums[3] === 0 ? Number.POSITIVE_INFINITY : sums[1]! / sums[0]! / (sums[3]! / sums[2]!);
  }
  ratios.sort();
  const at = (place: number): number => round(Math.min(ratios[place]!, 1000), 3);
  return {
    v: round(sumOf(rows, first) / first.length / (below / second.length), 3),
    low: at(Math.floor(0.025 * resamples)),
    high: at(Math.ceil(0.975 * resamples) - 1),
    n: union.length,
  };
}

function sentenceOf(rows: ValueRows, paying: number, enough: boolean): string {
  if (enough) return `the same ${rows.n} touched accounts, judged by tables that had not seen them`;
  if (paying < fewestPaying)
    return `it takes ${fewestPaying} accounts that paid a known price, there are ${paying}: contract prices or won amounts would help`;
  return 'who expands cannot be forecast yet: expansions that can be told apart from first purchases would help';
}
