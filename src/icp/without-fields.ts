import type { Suspect, TrainingSet } from './training-set.ts';
import type { FeatureTable } from './types.ts';

/** The same training set as if the suspect columns had never been there; their names stay with it. */
export function withoutFields(set: TrainingSet, suspects: readonly Suspect[]): TrainingSet {
  if (suspects.length === 0) return set;
  const gone = new Set(suspects.map(({ field }) => field));
  const narrowed = (table: FeatureTable): FeatureTable => {
    const kept = table.features.flatMap((feature, nth) => (gone.has(feature.field) ? [] : [nth]));
    return {
      accountIds: table.accountIds,
      features: kept.flatMap((nth) => table.features[nth] ?? []),
      columns: kept.flatMap((nth) => (table.columns[nth] === undefined ? [] : [table.columns[nth]])),
    };
  };
  return {
    ...set,
    fit: { ...set.fit, table: narrowed(set.fit.table) },
    timing: { ...set.timing, table: narrowed(set.timing.table) },
    reference: narrowed(set.reference),
    suspects: [...set.suspects, ...suspects],
  };
}
