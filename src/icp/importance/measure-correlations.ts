import { aucInterval } from '../../stats/intervals/auc-interval.ts';
import { benjaminiHochberg } from '../../stats/tests/benjamini-hochberg.ts';
import { mannWhitney } from '../../stats/tests/mann-whitney.ts';
import { twoRates } from '../../stats/tests/two-rates.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { binLabel } from '../fit-labels.ts';
import { roundedRate } from '../rates.ts';
import { round, roundP } from '../round.ts';
import type { Feature, FeatureValue, Layer, Rate } from '../types.ts';

export const correlatedOutcomes = ['won', 'expanded', 'churned'] as const;
export type CorrelatedOutcome = (typeof correlatedOutcomes)[number] | 'accepted';

/** One thing that was known of accounts before the first touch, and one that became of them. */
export interface Correlation {
  outcome: CorrelatedOutcome;
  key: string;
  /** In words: `Industry is logistics`, `Employees`. */
  label: string;
  layer: Layer;
  /** Accounts of which both are known. */
  n: number;
  /** How often it happened with the trait and without; `null` for numbers. */
  with: Rate | null;
  without: Rate | null;
  difference: { v: number; low: number; high: number } | null;
  /** For numbers: how often an account to which it happened has the higher one; 0.5 is nothing. `null` for traits. */
  chance: Rate | null;
  /** More of it, more of the outcome. */
  direction: 'up' | 'down';
  /** Benjamini-Hochberg over every pair of its outcome, times the number of outcomes. */
  q: number;
  /** On its own, as if no other pair had been looked at: for whoever asked about this very pair beforehand. */
  p: number;
  clear: boolean;
}

export interface CorrelationFindings {
  /** Accounts, and how many of them it happened to, by outcome. */
  outcomes: readonly { outcome: CorrelatedOutcome; of: string; n: number; events: number }[];
  /** Pairs that were looked at. */
  tests: number;
  /** Clear ones first, then by how surprising they are: at most forty an outcome. */
  pairs: readonly Correlation[];
}

/** Fewer than this on any side of a pair cannot be told from chance: it is not looked at. */
const fewest = 5;
const mostShown = 40;
const population: Readonly<Record<CorrelatedOutcome, string>> = {
  accepted: 'touched accounts old enough to tell',
  won: 'touched accounts old enough to tell',
  expanded: 'won accounts old enough to tell',
  churned: 'customers old enough to tell, after meaningful use',
};

type Draft = Omit<Correlation, 'q' | 'clear'> & { rows: readonly number[] | null; column: number };

/**
 * What goes together with winning, expanding and churning: every trait with every outcome, pair by pair.
 *
 * Traits are those of the day before the first touch, so none was written by its outcome. Numbers are compared by their order
 * (Mann-Whitney), everything else by rates. To go together is not to cause: that is asked elsewhere.
 */
export function measureCorrelations(
  set: Pick<AnalysisSet, 'training'>,
  { among = correlatedOutcomes, most = mostShown }: { among?: readonly CorrelatedOutcome[]; most?: number } = {},
): CorrelationFindings {
  const { fit } = set.training;
  const labels: Record<CorrelatedOutcome, readonly (0 | 1 | null)[]> = {
    accepted: fit.reached.accepted,
    won: fit.reached.won,
    expanded: fit.reached.expanded.map((value, row) => (fit.reached.won[row] === 1 ? value : null)),
    churned: fit.churned,
  };
  const outcomes = among.map((outcome) => {
    const told = [...labels[outcome].keys()].filter((row) => labels[outcome][row] !== null);
    const events = told.filter((row) => labels[outcome][row] === 1).length;
    return { outcome, of: population[outcome], n: told.length, events, told };
  });
  const drafts = outcomes.flatMap(({ outcome, told }) =>
    fit.table.features.flatMap((feature, nth) => {
      const column = fit.table.columns[nth] ?? [];
      const happened = labels[outcome];
      return feature.type === 'number'
        ? ofNumber(outcome, feature, column, happened, told, nth)
        : ofLevels(outcome, feature, column, happened, told, nth);
    }),
  );
  // Winning has many clear pairs. Judged together with them, a chance find among the few who expanded would look clear too.
  const pairs = among.flatMap((outcome) => {
    const own = drafts.filter((draft) => draft.outcome === outcome);
    const q = benjaminiHochberg(own.map(({ p }) => p)).map((value) => Math.min(1, value * among.length));
    return own
      .map((draft, nth) => ({ draft, q: q[nth]!, nth }))
      .sort((a, b) => a.draft.p - b.draft.p || a.nth - b.nth)
      .slice(0, most)
      .map(({ draft: { rows, column, p, ...draft }, q: own }): Correlation => {
        const clear = own <= 0.05;
        const chance = rows === null ? null : chanceOf(rows, fit.table.columns[column]!, labels[outcome]);
        return { ...draft, chance, q: roundP(own), p, clear };
      });
  });
  return { outcomes: outcomes.map(({ told: _, ...rest }) => rest), tests: drafts.length, pairs };
}

function ofNumber(
  outcome: CorrelatedOutcome,
  { key, label, layer }: Feature,
  column: readonly FeatureValue[],
  happened: readonly (0 | 1 | null)[],
  told: readonly number[],
  nth: number,
): Draft[] {
  const rows = told.filter((row) => typeof column[row] === 'number');
  const numbers = (wanted: 0 | 1) => rows.filter((row) => happened[row] === wanted).map((row) => Number(column[row]));
  const [yes, no] = [numbers(1), numbers(0)];
  if (yes.length < fewest || no.length < fewest) return [];
  const { chance, p } = mannWhitney(yes, no);
  return [
    {
      ...{ outcome, key, label, layer, n: rows.length, p, rows, column: nth },
      ...{ with: null, without: null, difference: null, chance: null },
      direction: chance >= 0.5 ? 'up' : 'down',
    },
  ];
}

function ofLevels(
  outcome: CorrelatedOutcome,
  feature: Feature,
  column: readonly FeatureValue[],
  happened: readonly (0 | 1 | null)[],
  told: readonly number[],
  nth: number,
): Draft[] {
  const counts = new Map<string, { n: number; events: number }>();
  let [n, events] = [0, 0];
  for (const row of told) {
    const value = column[row] ?? null;
    if (value === null) continue;
    const count = counts.get(String(value)) ?? { n: 0, events: 0 };
    counts.set(String(value), { n: count.n + 1, events: count.events + (happened[row] ?? 0) });
    n++;
    events += happened[row] ?? 0;
  }
  const asked = feature.type === 'flag' ? ['present'] : [...counts.keys()].sort();
  return asked.flatMap((level): Draft[] => {
    const own = counts.get(level) ?? { n: 0, events: 0 };
    const others = n - own.n;
    const rarest = (Math.min(own.n, others) * Math.min(events, n - events)) / Math.max(n, 1);
    if (rarest < fewest) return [];
    const { p, ...difference } = twoRates(own.events, own.n, events - own.events, others);
    return [
      {
        ...{ outcome, key: feature.key, layer: feature.layer, n, p, rows: null, column: nth, chance: null },
        label: binLabel(feature, { kind: 'is', values: [level] }, false),
        with: roundedRate(own.events, own.n),
        without: roundedRate(events - own.events, others),
        difference: { v: round(difference.v, 4), low: round(difference.low, 4), high: round(difference.high, 4) },
        direction: difference.v >= 0 ? 'up' : 'down',
      },
    ];
  });
}

function chanceOf(rows: readonly number[], column: readonly FeatureValue[], happened: readonly (0 | 1 | null)[]): Rate {
  const { v, low, high } = aucInterval(
    rows.map((row) => happened[row] ?? 0),
    rows.map((row) => Number(column[row])),
  );
  return { v: round(v, 4), low: round(low, 4), high: round(high, 4), n: rows.length };
}
