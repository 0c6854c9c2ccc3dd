import { productsOf, type ValueWeights, valueWeights } from '../stats/models/value-weights.ts';
import { createRandom } from '../stats/random.ts';
import { roundToSum } from '../stats/round-to-sum.ts';
import { accountWorth } from './account-worth.ts';
import type { AnalysisSet } from './analysis-set.ts';
import { usualValues } from './outcome-values.ts';
import { round } from './round.ts';
import { type Stage, stages } from './types.ts';
import { type ValueRows, valueRows } from './value-rows.ts';

/** One number that a company's own outcomes move away from the usual one, as far as they can tell. */
export interface Calibrated {
  usual: number;
  /** What is to be used: the usual one and the company's own, each by its evidence. */
  value: number;
  low: number;
  high: number;
  /** What the company's outcomes alone say; `null` where they say nothing. */
  own: number | null;
  /** How much of the value stands on the usual one, 0 to 1. */
  borrowed: number;
  /** Accounts that reached the stage, or customers that churned after use. */
  n: number;
}

export interface CalibratedValues {
  kind: 'calibrated' | 'cannot tell';
  /** For a person: what it rests on, or what is missing. */
  sentence: string;
  accounts: number;
  /** Accounts that paid something in the last twelve months. */
  paying: number;
  stages: (Calibrated & { stage: Stage })[];
  /** How hard the detractor bites; `null` where it is not estimable. */
  k: Calibrated | null;
  /** Pairs of neighbouring stages, and in which share of the resamples the earlier is worth more than the later. */
  order: { earlier: Stage; later: Stage; share: number; violated: boolean }[];
}

const { stageValues: usualStages, k: usualK } = usualValues;
const sumOfStages = stages.reduce((sum, stage) => sum + usualStages[stage], 0);
/** The usual values are taken to be known to within so much, one standard deviation. */
const stageSpread = 15;
const kSpread = 0.25;
const fewestPaying = 50;
const resamples = 200;
const agreed = 0.9;

/**
 * What reaching each stage is worth to this company, and how hard the detractor bites, learnt from what accounts pay.
 *
 * Worth (the logarithm of what an account pays in a year, held within its outer hundredths) is regressed on the points that each stage alone
 * would give, as tables learnt on other accounts forecast them. The usual 22, 38, 58, 100 and 0.75 are
 * drawn towards that in proportion to how sure it is, by resampling accounts. An order of stages that is turned round is said where nine in ten
 * resamples agree; it is never put right.
 *
 * @param rows the rows of `valueRows(set)`, where they are at hand
 */
export function calibrateStageValues(set: AnalysisSet, rows: ValueRows = valueRows(set)): CalibratedValues {
  const { worth, paying } = accountWorth(rows, usualStages);
  const told = stages.filter((stage) => rows.estimable[stage]);
  const counts = countReached(rows);
  const enough = paying >= fewestPaying && told.length > 1 && set.model.kind === 'learned';
  const found = enough ? resample(rows, told, worth, set.seed) : null;
  const own = found?.whole ?? null;
  const raw = stages.map((stage) => {
    const at = told.indexOf(stage);
    const alone = own === null || at < 0 ? null : sumOfStages * own.shares[at]!;
    const again = found?.again.map(({ shares }) => sumOfStages * (shares[at] ?? 0)) ?? [];
    return { stage, ...draw(usualStages[stage], stageSpread, alone, at < 0 ? [] : again), n: counts[stage] };
  });
  const whole = roundToSum(
    raw.map(({ value }) => value),
    sumOfStages,
  );
  const brakes = found?.again.flatMap(({ brake }) => (brake === null ? [] : [brake])) ?? [];
  return {
    kind: found === null ? 'cannot tell' : 'calibrated',
    sentence: sentenceOf(set, rows, paying, enough),
    accounts: rows.n,
    paying,
    stages: raw.map((stage, at) => ({ ...stage, value: whole[at]! })),
    k: rows.hasDetractor
      ? { ...draw(usualK, kSpread, own?.brake ?? null, brakes), n: set.model.detractor?.events ?? 0 }
      : null,
    order: stages.slice(1).map((later, at) => {
      const earlier = stages[at]!;
      const [first, second] = [told.indexOf(earlier), told.indexOf(later)];
      const turned =
        first < 0 || second < 0 ? [] : (found?.again.filter(({ shares }) => shares[first]! > shares[second]!) ?? []);
      const share = turned.length / resamples;
      return { earlier, later, share: round(share, 3), violated: share >= agreed };
    }),
  };
}

/** The regression on all accounts, and on as many again as often as chance draws them. */
function resample(rows: ValueRows, told: readonly Stage[], worth: Float64Array, seed: number) {
  const parts = told.map((stage) => rows.points[stage]);
  const matched = rows.hasDetractor ? parts.map((part) => part.map((value, row) => value * rows.match[row]!)) : [];
  const columns = [worth, ...parts, ...matched];
  const solve = (weights?: Uint16Array): ValueWeights =>
    valueWeights(productsOf(columns, weights), told.length, usualK);
  const random = createRandom(seed).fork('values of stages');
  const again = Array.from({ length: resamples }, () => {
    const weights = new Uint16Array(rows.n);
    for (let draw = 0; draw < rows.n; draw++) weights[random.integer(0, rows.n - 1)]! += 1;
    return solve(weights);
  });
  const whole = solve();
  return whole.shares.some((share) => share > 0) ? { whole, again } : null;
}

/** The usual value and the company's own, each by the inverse of its variance. */
function draw(usual: number, spread: number, own: number | null, again: readonly number[]): Omit<Calibrated, 'n'> {
  if (own === null || again.length < 2) {
    const [low, high] = [Math.max(0, usual - 2 * spread), usual + 2 * spread];
    return { usual, value: usual, low, high, own: null, borrowed: 1 };
  }
  const mean = again.reduce((sum, value) => sum + value, 0) / again.length;
  // An estimate that sits on its bound in every resample is no surer than the step to it.
  const variance = Math.max(
    again.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (again.length - 1),
    (spread / 5) ** 2,
  );
  const borrowed = variance / (variance + spread ** 2);
  const value = borrowed * usual + (1 - borrowed) * own;
  const half = 1.96 * Math.sqrt(borrowed) * spread;
  return {
    usual,
    value: round(value, 3),
    low: round(Math.max(0, value - half), 3),
    high: round(value + half, 3),
    own: round(own, 3),
    borrowed: round(borrowed, 3),
  };
}

function countReached({ reached }: ValueRows): Record<Stage, number> {
  const counts = { accepted: 0, qualified: 0, won: 0, expanded: 0 };
  for (const last of reached) {
    if (last === null) continue;
    for (const stage of stages.slice(0, stages.indexOf(last) + 1)) counts[stage] += 1;
  }
  return counts;
}

function sentenceOf({ model }: AnalysisSet, rows: ValueRows, paying: number, enough: boolean): string {
  if (enough) return `from ${rows.n} touched accounts, ${paying} of which paid something in the last twelve months`;
  if (model.kind !== 'learned')
    return 'the usual values stand: there is no learned model yet whose levers could be weighed';
  const missing = fewestPaying - paying;
  if (missing > 0)
    return `the usual values stand: it takes ${fewestPaying} accounts that paid in the last twelve months, there are ${paying}; contract prices or won amounts of ${missing} more would do`;
  return 'the usual values stand: only one stage can be forecast, so there is nothing to weigh it against';
}
