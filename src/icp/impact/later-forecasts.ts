import type { AnalysisSet } from '../analysis-set.ts';
import { usualHorizons } from '../build-training-set.ts';
import { dayMs } from '../features/calendar.ts';
import { learnTable } from '../fit-learn.ts';
import { pickTable } from '../fit-learnt.ts';
import type { ScoringTable } from '../fit-predict.ts';
import { usualValues } from '../outcome-values.ts';
import type { TrainingSet } from '../training-set.ts';
import type { Instant, Stage } from '../types.ts';
import { cheapChoices } from './cheap-choices.ts';
import { knownAt } from './known-at.ts';
import { scoreRows } from './score-rows.ts';

/** When a table was learnt, and from what. */
export interface ForecastOrigin {
  /** `null` where the source has only an order. */
  at: Instant | null;
  /** Accounts whose winning was told by then, and how many of them had won. */
  learntOn: number;
  won: number;
  /** Accounts that this table forecasts: touched from then until the next one. */
  forecast: number;
}

/** What tables learnt earlier say of accounts touched later. Entry `i` of every list belongs to row `rows[i]` of `fit`. */
export interface LaterForecasts {
  rows: Int32Array;
  origin: Uint8Array;
  score: Float64Array;
  tier: Uint8Array;
  probability: Readonly<Record<Stage, Float64Array>>;
  /** Share of accounts won as it was known at the origin: the forecast to beat. */
  baseRate: Float64Array;
  origins: readonly ForecastOrigin[];
  tables: readonly ScoringTable[];
  /** `then`: learnt only on what had happened by the origin. `now`: earlier accounts, with what became of them since. */
  labels: 'then' | 'now';
}

const blocks = 3;
/** Told wins that the first table needs, and the share of all told wins that it waits for. */
const fewestWon = 50;
const fewestTested = 20;
const firstShare = 0.3;
const shares = { primary: 0.15, nurture: 0.5 };

/**
 * Forecasts every account touched after the first origin with a table learnt before it: rolling origin, forward in time.
 *
 * An account is forecast from its facts as of the day before its first touch, by the last table learnt until then, and that
 * table knew only what had happened by its own day. So no account takes part in a table that judges it, and none is judged
 * with hindsight. Where that leaves too little to learn from, or the source has only an order, earlier accounts are taken with
 * what became of them since (`labels: 'now'`).
 *
 * `null` when there are too few wins for either.
 */
export function forecastLater(set: AnalysisSet): LaterForecasts | null {
  const isDated = set.training.timeKind === 'dates' && set.training.unit !== 'deals';
  return (isDated ? forecast(set, 'then') : null) ?? forecast(set, 'now');
}

function forecast(set: AnalysisSet, labels: 'then' | 'now'): LaterForecasts | null {
  const { fit } = set.training;
  const n = fit.touchedAt.length;
  const first = firstOrigin(set.training, labels);
  if (first === null) return null;
  const origins: ForecastOrigin[] = [];
  const tables: ScoringTable[] = [];
  const scored: ReturnType<typeof scoreRows>[] = [];
  const baseRate: number[] = [];
  const origin: number[] = [];
  for (let block = 0; block < blocks; block++) {
    const from = Math.round(first + ((n - first) * block) / blocks);
    const to = Math.round(first + ((n - first) * (block + 1)) / blocks);
    if (to <= from) continue;
    const at = fit.touchedAt[from] ?? null;
    const known = knownAt(set, { row: from, at: labels === 'then' ? at : null });
    const told = known.fit.reached.won.filter((value) => value !== null);
    const won = told.filter((value) => value === 1).length;
    const { table } = learnTable(known, {
      stageValues: set.model.stageValues,
      shares,
      cuts: set.model.cuts,
      k: set.model.detractor?.k ?? usualValues.k,
      known: cheapChoices(known),
    });
    scored.push(scoreRows({ ...table, cuts: set.model.cuts }, pickTable(fit.table, range(from, to))));
    for (let row = from; row < to; row++) {
      origin.push(origins.length);
      baseRate.push(won / told.length);
    }
    tables.push(table);
    origins.push({
      at: set.training.timeKind === 'dates' ? at : null,
      learntOn: told.length,
      won,
      forecast: to - from,
    });
  }
  const join = (pick: (part: ReturnType<typeof scoreRows>) => Float64Array): Float64Array =>
    Float64Array.from(scored.flatMap((part) => Array.from(pick(part))));
  return {
    rows: range(n - origin.length, n),
    origin: Uint8Array.from(origin),
    score: join(({ score }) => score),
    tier: Uint8Array.from(scored.flatMap(({ tier }) => Array.from(tier))),
    probability: {
      accepted: join(({ probability }) => probability.accepted),
      qualified: join(({ probability }) => probability.qualified),
      won: join(({ probability }) => probability.won),
      expanded: join(({ probability }) => probability.expanded),
    },
    baseRate: Float64Array.from(baseRate),
    origins,
    tables,
    labels,
  };
}

/** The first row by whose touch enough wins are told, with enough told wins after it; `null` when there is none. */
function firstOrigin({ fit }: TrainingSet, labels: 'then' | 'now'): number | null {
  const { won } = fit.reached;
  const told = [...won.keys()].filter((row) => won[row] !== null);
  const allWon = told.filter((row) => won[row] === 1).length;
  const enough = Math.max(fewestWon, Math.round(firstShare * allWon));
  let [won1, won0] = [0, 0];
  for (const row of told) {
    if (won[row] === 1) won1++;
    else won0++;
    if (won1 < enough || won0 < fewestWon) continue;
    const toldAt = fit.touchedAt[row]! + usualHorizons.won * dayMs;
    const first = labels === 'now' ? row + 1 : fit.touchedAt.findIndex((at) => at >= toldAt);
    if (first < 0) return null;
    const left = told.filter((each) => each >= first);
    const leftWon = left.filter((each) => won[each] === 1).length;
    return leftWon >= fewestTested && left.length - leftWon >= fewestTested ? first : null;
  }
  return null;
}

function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, at) => from + at);
}
