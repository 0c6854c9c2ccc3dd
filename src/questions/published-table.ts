import { exportColumns } from '../icp/features/export-columns.ts';
import type { Criterion, ModelBin } from '../icp/model.ts';
import type { Pin } from './pin.ts';

/**
 * The table that anybody can score with: `export features` has the columns that the bins name.
 *
 * The first bin that holds an account counts, save that `other` waits for all the rest. A bin of a category holds it when one
 * of its `columns` is 1, `other` when its columns are known and no bin took it, `unknown` when they are blank. A flag's column
 * is 1 for `present` and 0 for `absent`; a key of `derived` is the flag that its rule makes of the columns of `of`.
 */
export function publishedTable({
  book,
  model: { model, version, verdict, catalogue },
}: {
  book: Pick<Pin['book'], 'name'>;
  model: Pick<Pin['model'], 'model' | 'version' | 'verdict' | 'catalogue'>;
}) {
  const columns = exportColumns(catalogue);
  const columnsOf = ({ key, type }: Criterion, { match }: ModelBin) => {
    const made = model.derived?.find((derived) => derived.key === key);
    if (made !== undefined) return made.of;
    if (type !== 'category') return [key];
    return columns
      .filter(({ feature, level }) => feature === key && (match.kind !== 'is' || match.values.includes(level ?? '')))
      .map(({ name }) => name);
  };
  const { detractor } = model;
  return {
    book: book.name,
    modelVersion: version,
    kind: model.kind,
    standing: model.standing,
    verdict,
    base: model.base / 10,
    cuts: model.cuts,
    layerCaps:
      model.layerCaps === null
        ? null
        : Object.fromEntries(Object.entries(model.layerCaps).map(([layer, cap]) => [layer, cap / 10])),
    derived: model.derived ?? [],
    detractor: detractor === null ? null : { ...detractor, intercept: detractor.intercept / 1000 },
    levers: model.levers,
    stageValues: model.stageValues,
    counts: model.counts,
    historyDays: model.historyDays,
    outOfTime: model.outOfTime,
    suspects: model.suspects,
    warnings: model.warnings,
    criteria: model.criteria.map((criterion) => ({
      ...criterion,
      bins: criterion.bins.map((bin) => ({
        ...bin,
        columns: columnsOf(criterion, bin),
        points: bin.points / 10,
        churn: bin.churn / 1000,
      })),
    })),
  };
}
