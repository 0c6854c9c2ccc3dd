import type { AnalysisSet } from '../analysis-set.ts';
import { pickFitRows } from '../impact/pick-fit-rows.ts';
import { type Correlation, measureCorrelations } from '../importance/measure-correlations.ts';

const mostTraits = 3;
const fewest = 20;
/** More accounts than this would change the cost, not the traits. */
const mostRows = 8000;

/**
 * What accounts have in common that are turned down for a reason, against all others that were decided on.
 *
 * Reasons given fewer than twenty times tell nothing. A trait is named where it stays clear with every trait and every
 * reason counted as a try; most telling first.
 *
 * @param decided accounts whose first lead was decided, with the reason that it was turned down for, `null` for the taken ones
 */
export function traitsOfReasons(
  { training }: Pick<AnalysisSet, 'training'>,
  decided: ReadonlyMap<string, string | null>,
): Map<string, Correlation[]> {
  const counts = new Map<string, number>();
  for (const reason of decided.values()) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const asked = [...counts].filter(([, count]) => count >= fewest).map(([reason]) => reason);
  const all = [...training.fit.table.accountIds.keys()].filter((row) =>
    decided.has(training.fit.table.accountIds[row]!),
  );
  const stride = Math.max(1, Math.ceil(all.length / mostRows));
  const { fit } = pickFitRows(
    training,
    all.filter((_, nth) => nth % stride === 0),
  );
  const { accountIds } = fit.table;
  return new Map(
    asked.map((reason) => {
      // Being turned down for the reason stands where acceptance would: the pairs are the same, only the outcome is another.
      const accepted = accountIds.map((id) => {
        const given = decided.get(id);
        return given === undefined ? null : given === reason ? 1 : 0;
      });
      const reached = { ...fit.reached, accepted };
      const { pairs } = measureCorrelations(
        { training: { ...training, fit: { ...fit, reached } } },
        { among: ['accepted'] },
      );
      return [reason, pairs.filter(({ q }) => q * asked.length <= 0.05).slice(0, mostTraits)];
    }),
  );
}
