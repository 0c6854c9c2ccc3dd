import type { AnalysisSet } from '../analysis-set.ts';
import { gradeEvidence } from '../evidence.ts';
import { usualMinimums } from '../fit-verdict.ts';
import type { IcpModel } from '../model.ts';
import { scoreAccount } from '../score-account.ts';
import { scoreRange } from '../score-range.ts';
import type { ScoreSupport } from '../score-support.ts';
import type { LaterForecasts } from './later-forecasts.ts';

/**
 * What stood behind the score that an account was forecast with: the table of then, and what was known on the day before the
 * first touch.
 *
 * How old each value was is not known any more, so no score is held to be worse for it.
 */
export function createSupportOfForecast(
  { training, model }: Pick<AnalysisSet, 'training' | 'model'>,
  { rows, origin, origins, tables }: LaterForecasts,
): (at: number) => ScoreSupport {
  const { table, touchedAt } = training.fit;
  const place = new Map(table.features.map(({ key }, nth) => [key, nth]));
  const models = tables.map((learnt, nth): IcpModel => {
    const { won, learntOn } = origins[nth]!;
    const lost = learntOn - won;
    const isFull = won >= usualMinimums.fullWon && lost >= usualMinimums.fullLost;
    return {
      ...{ ...model, ...learnt, kind: 'learned', standing: isFull ? 'full' : 'provisional' },
      ...{ derived: [], layerCaps: null, counts: { ...model.counts, won, lost } },
    };
  });
  return (at) => {
    const then = models[origin[at]!]!;
    const row = rows[at]!;
    const scored = scoreAccount(then, (key) => table.columns[place.get(key) ?? -1]?.[row] ?? null);
    const { grade } = gradeEvidence(then, scored, null, touchedAt[row]!);
    return { evidence: grade, range: scoreRange(then, scored) };
  };
}
