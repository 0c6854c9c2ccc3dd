import type { RowScores } from '../../stats/patterns/subgroup.ts';
import { createRandom } from '../../stats/random.ts';
import type { AccountFacts } from '../account-facts.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { dayMs } from '../features/calendar.ts';
import { binRows } from '../fit-bins.ts';
import type { IcpModel } from '../model.ts';
import { additiveDesign, expectedRates } from '../patterns/expected-rate.ts';
import type { FeatureTable } from '../types.ts';

/** How much further every touched account came than its traits, one by one, let expect. */
export interface StageExcess {
  scores: RowScores;
  /** Rows that chance had a say in. */
  rows: Uint32Array;
  /** The steps that were summed: rows at risk, what happened and the log-odds expected. */
  steps: readonly { rows: Uint32Array; outcome: Uint8Array; logOdds: Float64Array }[];
  /** Probability of being won that traits one by one give, per row. */
  expectedWin: Float64Array;
  won: Uint8Array;
  /** Rows that look like customers who leave after use: no segment is sought among them. */
  flagged: Uint8Array;
}

const quarterMs = 91.3125 * dayMs;
const mostQuarters = 40;

/**
 * Sums, for every touched account, how it did at each step after acceptance (deal, won, expanded) against an additive
 * table that never saw it; the quarter of the first touch is a trait like others, so that young accounts are no failures.
 *
 * Acceptance is left out: it says what reps like. Rows of deals have one step, the winning.
 */
export function stageExcess(set: AnalysisSet): StageExcess {
  const { table, touchedAt, reached } = set.training.fit;
  const n = table.accountIds.length;
  const random = createRandom(set.seed).fork('segments');
  const quarters = Uint16Array.from(touchedAt, (at) => quarterBefore(set.training.asOf, at));
  const design = additiveDesign(table, quarters);
  const scores: RowScores = { excess: new Float64Array(n), variance: new Float64Array(n) };
  const byDeals = set.training.unit === 'deals';
  const facts = byDeals ? [] : factsByRow(set);
  const won = Uint8Array.from(table.accountIds, (_, row) =>
    byDeals ? (reached.won[row] ?? 0) : facts[row]?.reachedAt.won == null ? 0 : 1,
  );
  const known = Uint32Array.from(won.keys()).filter((row) => !byDeals || reached.won[row] !== null);
  const expectedWin = new Float64Array(n);
  const wins = expectedRates(design, won, known, random.fork('win'));
  known.forEach((row, at) => {
    expectedWin[row] = wins[at]!;
  });
  const taken: { rows: Uint32Array; outcome: Uint8Array; logOdds: Float64Array }[] = [];
  const addUp = (rows: Uint32Array, outcome: Uint8Array, expected: Float64Array): void => {
    taken.push({
      rows,
      outcome: Uint8Array.from(rows, (row) => outcome[row]!),
      logOdds: expected.map((p) => Math.log(Math.max(p, 1e-6) / Math.max(1 - p, 1e-6))),
    });
    rows.forEach((row, at) => {
      scores.excess[row]! += outcome[row]! - expected[at]!;
      scores.variance[row]! += expected[at]! * (1 - expected[at]!);
    });
  };
  if (byDeals) addUp(known, won, wins);
  else {
    for (const [name, before, reached] of steps) {
      const outcome = Uint8Array.from(facts, (fact) => (fact !== undefined && reached(fact) ? 1 : 0));
      const rows = Uint32Array.from(facts.keys()).filter((row) => facts[row] !== undefined && before(facts[row]));
      addUp(rows, outcome, expectedRates(design, outcome, rows, random.fork(name)));
    }
  }
  const flagged = detractorLike(set.model, table);
  const rows = Uint32Array.from(won.keys()).filter((row) => scores.variance[row]! > 0 && flagged[row] === 0);
  return { scores, rows, steps: taken, expectedWin, won, flagged };
}

type Reached = (facts: AccountFacts) => boolean;

const isAccepted: Reached = ({ reachedAt }) => reachedAt.accepted !== null;
const isWon: Reached = ({ reachedAt }) => reachedAt.won !== null;
const isExpanded: Reached = ({ reachedAt }) => reachedAt.expanded !== null;
/** Not "qualified": that word leans on what sales wrote into the opportunity, and so on how it ended. */
const hasDeal: Reached = ({ deals, reachedAt }) => reachedAt.won !== null || deals.some(({ type }) => type === 'new');

const steps: readonly (readonly [name: string, before: Reached, reached: Reached])[] = [
  ['deal', isAccepted, hasDeal],
  ['won', hasDeal, isWon],
  ['expanded', isWon, isExpanded],
];

/** The account behind every row of the fit table. */
export function factsByRow({
  accounts,
  training,
}: Pick<AnalysisSet, 'accounts' | 'training'>): readonly (AccountFacts | undefined)[] {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return training.fit.table.accountIds.map((id) => byId.get(id));
}

/** How many quarters before `asOf` something was: 0 for the last 91 days. */
export function quarterBefore(asOf: number, at: number): number {
  return Math.min(mostQuarters, Math.max(0, Math.floor((asOf - at) / quarterMs)));
}

function detractorLike(model: IcpModel, table: FeatureTable): Uint8Array {
  const flagged = new Uint8Array(table.accountIds.length);
  const { detractor } = model;
  if (detractor === null) return flagged;
  const place = new Map(table.features.map((feature) => [feature.key, feature]));
  const criteria = model.criteria.filter(({ key, bins }) => place.has(key) && bins.some(({ churn }) => churn !== 0));
  const binned = criteria.map(({ key, bins }) => ({
    feature: place.get(key)!,
    matches: bins.map(({ match }) => match),
    ordered: 0,
  }));
  const columns = binRows(table, binned);
  for (let row = 0; row < flagged.length; row++) {
    let logit = detractor.intercept;
    for (const [at, column] of columns.entries()) logit += criteria[at]!.bins[column[row]!]?.churn ?? 0;
    const odds = Math.exp(logit / 1000);
    if ((odds - detractor.baseOdds) / (odds + detractor.baseOdds) >= detractor.flagAt) flagged[row] = 1;
  }
  return flagged;
}
