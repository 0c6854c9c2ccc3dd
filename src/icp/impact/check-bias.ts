import type { AnalysisSet } from '../analysis-set.ts';
import { dayMs } from '../features/calendar.ts';
import { learnTable } from '../fit-learn.ts';
import { pickTable } from '../fit-learnt.ts';
import { criteriaBins, type ScoringTable } from '../fit-predict.ts';
import { usualValues } from '../outcome-values.ts';
import { round } from '../round.ts';
import type { TrainingSet } from '../training-set.ts';
import type { FeatureTable, Instant, Layer } from '../types.ts';
import { cheapChoices } from './cheap-choices.ts';
import { knownAt } from './known-at.ts';
import { type ChangedCriterion, newerAccounts } from './newer-accounts.ts';
import { pickFitRows } from './pick-fit-rows.ts';
import { type Survivorship, survivorshipOf } from './survivorship.ts';

/** A criterion in the table with everything, and in the two without. */
export interface BiasedCriterion {
  key: string;
  label: string;
  layer: Layer;
  weight: number;
  withoutQuarter: number;
  withoutLargest: number;
  /** Where it says the opposite of what it says with everything. */
  flips: readonly ('quarter' | 'largest')[];
}

export interface BiasFindings {
  /** Up to when the table without the last quarter knew anything; `null` where the source has no dates. */
  before: Instant | null;
  criteria: readonly BiasedCriterion[];
  /** Share of the weight that moves when the last quarter, or the largest deals, are left out. */
  moved: { quarter: number | null; largest: number };
  /** Criteria that counted otherwise in what the last quarter told, beyond chance (Holm over all). */
  changed: readonly ChangedCriterion[];
  /** How many criteria and stages were asked about. */
  tests: number;
  largest: readonly { name: string; amount: number }[];
  survivorship: Survivorship;
  recency: 'biased' | 'not biased' | 'cannot tell';
  fewDeals: 'biased' | 'not biased' | 'cannot tell';
  /** What is missing where nothing could be learnt, as a sentence without its full stop. */
  missing: string | null;
}

const quarterDays = 91;
const largestDeals = 5;
/** A criterion below this weight may turn round without anybody noticing. */
const noticed = 0.05;
const fewestWon = 50;
const mostOthers = 10_000;
const mostCompared = 4000;
const shares = { primary: 0.15, nurture: 0.5 };

/**
 * Whether the table leans on the last quarter, on a few large deals, or on those who bought.
 *
 * The table is learnt three times in the same way: with everything, as it would have been a quarter ago, and without the
 * five accounts of the largest deals. *Biased* by recency means more than that weights moved, which they always do: what
 * the last quarter told must contradict the table of before beyond chance. By few deals: a criterion of some weight flips.
 */
export function checkBias(all: AnalysisSet): BiasFindings {
  const survivorship = survivorshipOf(all);
  const largest = largestOf(all);
  const set = { ...all, training: thinned(all.training) };
  const { training } = set;
  const told = training.fit.reached.won;
  const won = told.filter((value) => value === 1).length;
  const nothing: BiasFindings = {
    ...{ before: null, criteria: [], moved: { quarter: null, largest: 0 }, changed: [], tests: 0 },
    largest: largest.map(({ name, amount }) => ({ name, amount })),
    ...{ survivorship, recency: 'cannot tell', fewDeals: 'cannot tell' },
    missing: `only ${won} won accounts are old enough to tell, and ${fewestWon} are needed to learn with and without some of them`,
  };
  if (won < fewestWon || told.filter((value) => value === 0).length < fewestWon) return nothing;
  const everything = knownAt(set, { row: training.fit.touchedAt.length, at: null });
  const choices = cheapChoices(everything);
  const learn = (rows: TrainingSet): ScoringTable =>
    learnTable(withoutChurn(rows), {
      ...{ stageValues: set.model.stageValues, shares, cuts: set.model.cuts },
      ...{ k: set.model.detractor?.k ?? usualValues.k, known: choices },
    }).table;
  const whole = learn(everything);
  const before =
    training.timeKind === 'dates' && training.unit !== 'deals' ? training.asOf - quarterDays * dayMs : null;
  const earlier = before === null ? null : earlierRows(set, before);
  const older = earlier === null ? null : learn(earlier);
  const gone = new Set(largest.map(({ id }) => id));
  const fewer = learn(withoutAccounts(everything, gone));
  const compared = pickTable(training.fit.table, everyNth(training.fit.touchedAt.length, mostCompared));
  const criteria = compare(compared, whole, older, fewer);
  const newer =
    earlier === null || older === null ? { changed: [], tests: 0 } : newerAccounts(set, { table: older, earlier });
  const moved = (read: (one: BiasedCriterion) => number) =>
    round(criteria.reduce((sum, one) => sum + Math.abs(one.weight - read(one)), 0) / 2, 4);
  const flipped = criteria.some(({ flips, weight }) => flips.includes('largest') && weight >= noticed);
  return {
    ...nothing,
    ...{ before: older === null ? null : before, criteria },
    moved: {
      quarter: older === null ? null : moved((one) => one.withoutQuarter),
      largest: moved((one) => one.withoutLargest),
    },
    ...newer,
    recency: newer.tests === 0 ? 'cannot tell' : newer.changed.length > 0 ? 'biased' : 'not biased',
    fewDeals: largest.length === 0 ? 'cannot tell' : flipped ? 'biased' : 'not biased',
    missing: null,
  };
}

function earlierRows(set: AnalysisSet, before: Instant): TrainingSet | null {
  const { touchedAt } = set.training.fit;
  const first = touchedAt.findIndex((at) => at >= before);
  const known = knownAt(set, { row: first < 0 ? touchedAt.length : first, at: before });
  const won = known.fit.reached.won.filter((value) => value === 1).length;
  return won < fewestWon ? null : known;
}

/** Churn moves no weight, and learning it takes as long as all the rest. */
function withoutChurn(set: TrainingSet): TrainingSet {
  return { ...set, fit: { ...set.fit, churned: set.fit.churned.map(() => null) } };
}

function largestOf({ accounts }: AnalysisSet): { id: string; name: string; amount: number }[] {
  return accounts
    .flatMap(({ id, name, deals }) =>
      deals.flatMap(({ outcome, amount }) => (outcome === 'won' && amount !== null ? [{ id, name, amount }] : [])),
    )
    .sort((a, b) => b.amount - a.amount || (a.id < b.id ? -1 : 1))
    .slice(0, largestDeals);
}

function withoutAccounts(set: TrainingSet, gone: ReadonlySet<string>): TrainingSet {
  const { accountIds } = set.fit.table;
  return pickFitRows(
    set,
    [...accountIds.keys()].filter((row) => !gone.has(accountIds[row]!)),
  );
}

/** All who were won and as many of the others as are needed: a level that is wrong for all alike moves no weight. */
function thinned(set: TrainingSet): TrainingSet {
  const { won } = set.fit.reached;
  const others = [...won.keys()].filter((row) => won[row] !== 1);
  if (others.length <= mostOthers) return set;
  const kept = new Set(everyNth(others.length, mostOthers).map((nth) => others[nth]!));
  return pickFitRows(
    set,
    [...won.keys()].filter((row) => won[row] === 1 || kept.has(row)),
  );
}

function everyNth(length: number, most: number): number[] {
  const stride = Math.max(1, Math.ceil(length / most));
  return Array.from({ length: Math.ceil(length / stride) }, (_, at) => at * stride);
}

function compare(
  rows: FeatureTable,
  whole: ScoringTable,
  older: ScoringTable | null,
  fewer: ScoringTable,
): BiasedCriterion[] {
  const points = { whole: pointsOf(whole, rows), older: older && pointsOf(older, rows), fewer: pointsOf(fewer, rows) };
  const weightIn = (table: ScoringTable | null, key: string) =>
    table?.criteria.find((one) => one.key === key)?.weight ?? 0;
  const keys = [...new Set([whole, older, fewer].flatMap((table) => table?.criteria ?? []).map(({ key }) => key))];
  const known = new Map([fewer, older, whole].flatMap((table) => (table?.criteria ?? []).map((one) => [one.key, one])));
  return keys
    .map((key): BiasedCriterion => {
      const { label, layer } = known.get(key)!;
      const flips = [
        ...(isOpposite(points.whole.get(key), points.older?.get(key)) ? (['quarter'] as const) : []),
        ...(isOpposite(points.whole.get(key), points.fewer.get(key)) ? (['largest'] as const) : []),
      ];
      return {
        ...{ key, label, layer, weight: weightIn(whole, key) },
        ...{ withoutQuarter: older === null ? weightIn(whole, key) : weightIn(older, key) },
        ...{ withoutLargest: weightIn(fewer, key), flips },
      };
    })
    .sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
}

function pointsOf(table: ScoringTable, rows: FeatureTable): Map<string, Float64Array> {
  const bins = criteriaBins(table.criteria, rows);
  return new Map(
    table.criteria.map(({ key, bins: said }, nth) => [
      key,
      Float64Array.from(bins[nth]!, (bin) => (bin < 0 ? 0 : said[bin]!.points)),
    ]),
  );
}

/** Whether two tables send the accounts the opposite way. */
function isOpposite(left: Float64Array | undefined, right: Float64Array | null | undefined): boolean {
  if (left === undefined || right === undefined || right === null) return false;
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(left), mean(right)];
  return left.reduce((sum, value, row) => sum + (value - a) * (right[row]! - b), 0) < 0;
}
