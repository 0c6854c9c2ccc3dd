import type { AnalysisSet } from '../analysis-set.ts';
import type { Instant, Stage } from '../types.ts';
import type { LaterForecasts } from './later-forecasts.ts';

/** Forecasts whose outcome is told, side by side with it. */
export interface ToldForecasts {
  /** Entries of the forecasts. */
  at: readonly number[];
  /** Rows of `fit`. */
  rows: readonly number[];
  outcome: Uint8Array;
  probability: Float64Array;
  score: Float64Array;
  tier: Uint8Array;
  origin: Uint8Array;
  baseRate: Float64Array;
  events: number;
  /** First touch of the first and the last of them; `null` where the source has only an order. */
  from: Instant | null;
  to: Instant | null;
}

/** Forecasts of the accounts that are old enough to say whether they reached a stage. */
export function toldForecasts(
  { training }: Pick<AnalysisSet, 'training'>,
  forecasts: LaterForecasts,
  stage: Stage = 'won',
): ToldForecasts {
  const reached = training.fit.reached[stage];
  const at = [...forecasts.rows.keys()].filter((entry) => (reached[forecasts.rows[entry]!] ?? null) !== null);
  const rows = at.map((entry) => forecasts.rows[entry]!);
  const outcome = Uint8Array.from(rows, (row) => reached[row] ?? 0);
  const touched = (row: number | undefined): Instant | null =>
    row === undefined || training.timeKind !== 'dates' ? null : (training.fit.touchedAt[row] ?? null);
  return {
    ...{ at, rows, outcome },
    probability: Float64Array.from(at, (entry) => forecasts.probability[stage][entry]!),
    score: Float64Array.from(at, (entry) => forecasts.score[entry]!),
    tier: Uint8Array.from(at, (entry) => forecasts.tier[entry]!),
    origin: Uint8Array.from(at, (entry) => forecasts.origin[entry]!),
    baseRate: Float64Array.from(at, (entry) => forecasts.baseRate[entry]!),
    events: outcome.reduce((sum, value) => sum + value, 0),
    from: touched(rows[0]),
    to: touched(rows.at(-1)),
  };
}
