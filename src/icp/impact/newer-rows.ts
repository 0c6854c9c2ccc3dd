import type { AnalysisSet } from '../analysis-set.ts';
import type { Instant } from '../types.ts';
import type { ToldForecasts } from './told-forecasts.ts';

/** Of either outcome: with fewer no two scorings are set side by side. */
export const fewestOfEither = 10;

/** Forecasts of accounts that were first touched at an instant or later; all of them where the source has only an order. */
export function touchedSince(
  { training }: Pick<AnalysisSet, 'training'>,
  told: ToldForecasts,
  since: Instant,
): ToldForecasts {
  if (training.timeKind !== 'dates') return told;
  const first = told.rows.findIndex((row) => training.fit.touchedAt[row]! >= since);
  const kept = first < 0 ? told.rows.length : first;
  const outcome = told.outcome.slice(kept);
  const rows = told.rows.slice(kept);
  return {
    ...{ at: told.at.slice(kept), rows, outcome, probability: told.probability.slice(kept) },
    ...{ score: told.score.slice(kept), tier: told.tier.slice(kept), origin: told.origin.slice(kept) },
    baseRate: told.baseRate.slice(kept),
    events: outcome.reduce((sum, value) => sum + value, 0),
    from: rows[0] === undefined ? null : training.fit.touchedAt[rows[0]]!,
    to: rows.length === 0 ? null : told.to,
  };
}

/** Whether there are enough of either outcome to tell two scorings apart. */
export function isEnough({ outcome, events }: Pick<ToldForecasts, 'outcome' | 'events'>): boolean {
  return events >= fewestOfEither && outcome.length - events >= fewestOfEither;
}

/**
 * The accounts that are newer than what as many learnt scorings as possible were learnt from, the oldest of them first.
 *
 * `newest` are those newer than every one of them, `null` where that cannot be told. `rows` is `null` where not even the
 * oldest has enough.
 *
 * @param learntAt when each was learnt
 */
export function newerThanMost(
  set: Pick<AnalysisSet, 'training'>,
  told: ToldForecasts,
  learntAt: readonly Instant[],
): { rows: ToldForecasts | null; newest: ToldForecasts | null } {
  if (set.training.timeKind !== 'dates') return { rows: null, newest: null };
  // An account that was touched at that very moment is in doubt, so it is left out.
  const windows = [...new Set(learntAt)].sort((a, b) => b - a).map((at) => touchedSince(set, told, at + 1));
  return { rows: windows.find(isEnough) ?? null, newest: windows[0] ?? null };
}
