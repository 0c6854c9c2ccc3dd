import type { IcpModel, ModelBin } from '../model.ts';
import { findBin } from '../score-account.ts';
import type { FeatureTable, FeatureValue } from '../types.ts';

/**
 * The points of every row of a table, in whole tenths: a score's, to the last digit.
 *
 * Adds a model up over all rows of a table at once, column by column: some thirty times as fast as scoring them one by one.
 *
 * Only for models without layer caps and derived flags, which are read row by row.
 */
export function tablePoints(model: Pick<IcpModel, 'criteria'>, table: FeatureTable): Float64Array {
  const rows = table.accountIds.length;
  const points = new Float64Array(rows);
  const columns = new Map(table.features.map(({ key }, at) => [key, table.columns[at]]));
  for (const criterion of model.criteria) {
    const column = columns.get(criterion.key);
    const bins = new Map<FeatureValue, ModelBin | null>();
    for (let row = 0; row < rows; row++) {
      const value = column?.[row] ?? null;
      let bin = bins.get(value);
      if (bin === undefined) {
        bin = findBin(criterion, value);
        bins.set(value, bin);
      }
      if (bin !== null) points[row]! += bin.points;
    }
  }
  return points;
}
