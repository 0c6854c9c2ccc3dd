import { dayMs, dayOf } from '../features/calendar.ts';
import type { CustomerLife } from './customer-lives.ts';
import type { LifeLearnt } from './learn-life.ts';
import { lifeContributions } from './life-model.ts';
import { type LifeRows, watchedFromDays } from './life-rows.ts';

/** A customer that left after use and stood, some weeks before, where another one stands now. */
export interface ChurnedTwin {
  id: string;
  name: string;
  leftOn: string;
  reason: string | null;
  /** Days before its end at which the two are compared. */
  daysBefore: number;
  /** Root of the sum of squared differences of what each feature adds to the log-odds: 0 is the same in all that counts. */
  distance: number;
  /** What raises the risk of both, strongest first, in words. */
  shared: readonly string[];
}

const comparedDaysBefore = 60;

/** Finds the nearest churned twin of a row, in the space of what each feature adds to the log-odds of churn. */
export function createTwinFinder(
  learnt: Pick<LifeLearnt, 'features' | 'model'>,
  lives: readonly CustomerLife[],
): (rows: Pick<LifeRows, 'lives' | 'columns'>, row: number) => ChurnedTwin | null {
  const { features, model } = learnt;
  const churned = lives.flatMap((life) => {
    if (life.endedAt === null || !life.churnedAfterUse) return [];
    const at = Math.max(life.endedAt - comparedDaysBefore * dayMs, life.startedAt + watchedFromDays * dayMs);
    if (at >= life.endedAt) return [];
    const columns = features.map(({ read }) => Float64Array.of(read(life, at)));
    return [{ life, endedAt: life.endedAt, at, adds: lifeContributions(model, columns, 0) }];
  });
  return (rows, row) => {
    const own = lifeContributions(model, rows.columns, row);
    let best: (typeof churned)[number] | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const candidate of churned) {
      if (candidate.life.account === rows.lives[row]!.account) continue;
      const distance = own.reduce((sum, adds, f) => sum + (adds - candidate.adds[f]!) ** 2, 0);
      if (distance < least) [best, least] = [candidate, distance];
    }
    if (best === null) return null;
    const twin = best;
    const shared = features
      .map(({ label }, f) => ({ label, f, both: Math.min(own[f]!, twin.adds[f]!) }))
      .filter(({ f, both }) => both >= 0.15 && !Number.isNaN(rows.columns[f]![row]!))
      .sort((a, b) => b.both - a.both || (a.label < b.label ? -1 : 1));
    return {
      id: twin.life.facts.id,
      name: twin.life.facts.name,
      leftOn: dayOf(twin.endedAt),
      reason: twin.life.reason,
      daysBefore: Math.round((twin.endedAt - twin.at) / dayMs),
      distance: Math.round(Math.sqrt(least) * 1000) / 1000,
      shared: shared.slice(0, 3).map(({ label }) => label),
    };
  };
}
