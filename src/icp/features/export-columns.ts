import type { FeatureValue } from '../types.ts';
import { distinctName, slugText } from './clean-text.ts';
import type { FeatureCatalogue } from './feature-rule.ts';
import type { FeatureReading } from './read-features.ts';

/** One column of an export: a whole feature, or one level of a category. */
export interface ExportColumn {
  name: string;
  /** Key of the feature. */
  feature: string;
  /** `null` for a number or a flag. */
  level: string | null;
}

/**
 * The columns that an export of features has, in order: `industry_saas` for a level of a category, the feature's own key for a
 * number or a flag. Two columns that would share a name are told apart by a number, always in the same way.
 */
export function exportColumns({ features }: Pick<FeatureCatalogue, 'features'>): readonly ExportColumn[] {
  const taken = new Set<string>();
  for (const { key, type } of features) if (type !== 'category') taken.add(key);
  return features.flatMap((feature): readonly ExportColumn[] => {
    if (feature.type !== 'category') return [{ name: feature.key, feature: feature.key, level: null }];
    return (feature.levels ?? []).map((level) => ({
      name: distinctName(`${feature.key}_${slugText(level)}`, taken),
      feature: feature.key,
      level,
    }));
  });
}

/**
 * An account's cells in the order of `exportColumns`: 1 for the level that it has and 0 for its siblings, 1 or 0 for a flag,
 * a number as it is, and `null` (a blank cell) for what is unknown.
 */
export function exportRow(
  reading: Pick<FeatureReading, 'values'>,
  { features }: Pick<FeatureCatalogue, 'features'>,
): readonly (number | null)[] {
  const cells: (number | null)[] = [];
  features.forEach((feature, index) => {
    const value: FeatureValue = reading.values[index] ?? null;
    if (feature.type === 'category') {
      for (const level of feature.levels ?? []) cells.push(value === null ? null : value === level ? 1 : 0);
    } else if (feature.type === 'flag') cells.push(value === null ? null : value === 'present' ? 1 : 0);
    else cells.push(typeof value === 'number' ? value : null);
  });
  return cells;
}
