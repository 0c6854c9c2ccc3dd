import { logit } from '../../stats/models/logistic.ts';
import { permutationImportance } from '../../stats/models/permutation-importance.ts';
import { createRandom } from '../../stats/random.ts';
import { benjaminiHochberg } from '../../stats/tests/benjamini-hochberg.ts';
import { normalBelow } from '../../stats/tests/normal-distribution.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { pickTable } from '../fit-learnt.ts';
import { criteriaBins } from '../fit-predict.ts';
import { forecastLater, type LaterForecasts } from '../impact/later-forecasts.ts';
import { toldForecasts } from '../impact/told-forecasts.ts';
import { round, roundP } from '../round.ts';
import type { Instant, Layer, Rate } from '../types.ts';

export interface CriterionImportance {
  key: string;
  label: string;
  layer: Layer;
  rank: number;
  /** How much log loss rises, in thousandths of a nat a forecast, when its values are dealt out anew. */
  rise: Rate;
  /** Share of the rises that are clear of chance; 0 for one that is not. */
  share: number;
  /** Benjamini-Hochberg over all criteria. */
  q: number;
  /** Whether it is clear of chance: q at most 0.05. */
  clear: boolean;
  /** Its weight in the table in force; `null` where that has no such criterion. */
  weight: number | null;
}

export interface ImportanceFindings {
  method: string;
  /** Touched from and to; `null` where the source has only an order. */
  from: Instant | null;
  to: Instant | null;
  /** Accounts forecast whose outcome is told, and those of them that were won. */
  n: number;
  events: number;
  /** The largest clear rise over the smallest; `null` with fewer than two. */
  ratio: number | null;
  criteria: readonly CriterionImportance[];
}

const method =
  'each criterion was shuffled among accounts that came later than those its points were learnt from, and the rise in log loss was measured';

/**
 * What matters most for winning, in order: permutation importance on accounts that came later.
 *
 * Nothing is measured on rows that a table was learnt from. A criterion that another can stand in for looks smaller than it
 * is. Without enough wins to forecast later accounts the list is empty.
 */
export function measureImportance(
  set: AnalysisSet,
  forecasts: LaterForecasts | null = forecastLater(set),
): ImportanceFindings {
  const told = forecasts === null ? null : toldForecasts(set, forecasts);
  if (forecasts === null || told === null || told.at.length === 0) {
    return { method, from: null, to: null, n: 0, events: 0, ratio: null, criteria: [] };
  }
  const { won } = set.training.fit.reached;
  const sums = new Map<string, { label: string; layer: Layer; sum: number; squares: number }>();
  const random = createRandom(set.seed).fork('importance');
  for (const [origin, table] of forecasts.tables.entries()) {
    const own = told.at.filter((at) => forecasts.origin[at] === origin);
    const rows = own.map((at) => forecasts.rows[at]!);
    const outcome = Uint8Array.from(rows, (row) => won[row] ?? 0);
    const logOdds = Float64Array.from(own, (at) => logit(forecasts.probability.won[at]!));
    const bins = criteriaBins(table.criteria, pickTable(set.training.fit.table, rows));
    for (const [nth, { key, label, layer, bins: said }] of table.criteria.entries()) {
      const part = Float64Array.from(bins[nth]!, (bin) => (bin < 0 ? 0 : said[bin]!.levers.won));
      const { rise } = permutationImportance(outcome, logOdds, part, random.fork(`${origin} ${key}`));
      const known = sums.get(key) ?? { label, layer, sum: 0, squares: 0 };
      for (const value of rise) {
        known.sum += value;
        known.squares += value * value;
      }
      sums.set(key, known);
    }
  }
  const n = told.at.length;
  const drafts = [...sums].map(([key, { label, layer, sum, squares }]) => {
    const v = sum / n;
    const error = Math.sqrt(Math.max(squares / n - v * v, 0) / n);
    return { key, label, layer, v, error, p: error > 0 ? normalBelow(-v / error) : 1 };
  });
  const q = benjaminiHochberg(drafts.map(({ p }) => p));
  const clear = drafts.filter((_, nth) => q[nth]! <= 0.05).map(({ v }) => v);
  const all = clear.reduce((sum, v) => sum + v, 0);
  const weights = new Map(set.model.criteria.map(({ key, weight }) => [key, weight]));
  const criteria = drafts
    .map(({ key, label, layer, v, error }, nth) => ({
      ...{ key, label, layer },
      rise: {
        v: round(1000 * v, 3),
        low: round(1000 * (v - 1.959964 * error), 3),
        high: round(1000 * (v + 1.959964 * error), 3),
        n,
      },
      share: q[nth]! <= 0.05 ? round(v / all, 4) : 0,
      q: roundP(q[nth]!),
      clear: q[nth]! <= 0.05,
      weight: weights.get(key) ?? null,
    }))
    .sort((a, b) => Number(b.clear) - Number(a.clear) || b.rise.v - a.rise.v || (a.key < b.key ? -1 : 1))
    .map((entry, nth): CriterionImportance => ({ ...entry, rank: nth + 1 }));
  return {
    method,
    from: told.from,
    to: told.to,
    n,
    events: told.events,
    ratio: clear.length < 2 ? null : round(Math.max(...clear) / Math.min(...clear), 1),
    criteria,
  };
}
