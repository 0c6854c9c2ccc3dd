import { round } from '../round.ts';
import type { LifeLearnt } from './learn-life.ts';
import type { LifeFeature, LifeUnit } from './life-features.ts';
import { lifeContributions } from './life-model.ts';

/** A feature that moves a customer's forecast, with its value. */
export interface LifeReason {
  key: string;
  label: string;
  unit: LifeUnit;
  value: number | null;
  /** What it adds to the log-odds, against a customer whose every effect is 0. */
  logOdds: number;
}

/** The known features that raise one row's forecast most, strongest first: what nobody knows is no reason to give. */
export function raisingReasons(
  { features, model }: Pick<LifeLearnt, 'features' | 'model'>,
  columns: readonly Float64Array[],
  row: number,
  most = 3,
): LifeReason[] {
  return lifeContributions(model, columns, row)
    .map((logOdds, f) => reasonOf(features[f]!, columns[f]![row]!, logOdds))
    .filter(({ value, logOdds }) => value !== null && logOdds >= 0.15)
    .sort((a, b) => b.logOdds - a.logOdds || (a.key < b.key ? -1 : 1))
    .slice(0, most);
}

/** A feature's value and what it adds, as plain data. */
export function reasonOf({ key, label, unit }: LifeFeature, value: number, logOdds: number): LifeReason {
  const told = Number.isNaN(value) ? null : unit === 'log ratio' ? Math.expm1(value) : value;
  return { key, label, unit, value: told === null ? null : round(told, 3), logOdds: round(logOdds, 3) };
}
