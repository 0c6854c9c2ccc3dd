import { pickTable } from '../fit-learnt.ts';
import type { TrainingSet } from '../training-set.ts';

/** A training set with some of its fit rows, in the order given. */
export function pickFitRows(set: TrainingSet, kept: readonly number[]): TrainingSet {
  const { fit } = set;
  const pick = <T>(values: readonly T[]): T[] => kept.map((row) => values[row]!);
  const { accepted, qualified, won, expanded } = fit.reached;
  return {
    ...set,
    fit: {
      table: pickTable(fit.table, kept),
      touchedAt: pick(fit.touchedAt),
      reached: { accepted: pick(accepted), qualified: pick(qualified), won: pick(won), expanded: pick(expanded) },
      churned: pick(fit.churned),
    },
  };
}
