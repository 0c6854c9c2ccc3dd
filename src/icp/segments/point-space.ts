import { binRows } from '../fit-bins.ts';
import type { IcpModel } from '../model.ts';
import type { FeatureTable } from '../types.ts';

/** Each row as the points of its criteria: near in it is what the model takes to be alike. */
export interface Space {
  columns: readonly Float64Array[];
}

/** Criteria that weigh less than this are left out: they would only blur. */
const leastWeight = 0.02;

/** The space of points: one axis a fit criterion of the model that weighs anything. */
export function pointSpace(model: IcpModel, table: FeatureTable): Space {
  const features = new Map(table.features.map((feature) => [feature.key, feature]));
  const criteria = model.criteria.filter(({ key, weight }) => weight >= leastWeight && features.has(key));
  const binned = criteria.map(({ key, bins }) => ({
    feature: features.get(key)!,
    matches: bins.map(({ match }) => match),
    ordered: 0,
  }));
  return {
    columns: binRows(table, binned).map((column, at) =>
      Float64Array.from(column, (bin) => (criteria[at]!.bins[bin]?.points ?? 0) / 10),
    ),
  };
}

/** Some rows as points, for grouping. */
export function space({ columns }: Space, rows: Uint32Array): number[][] {
  return Array.from(rows, (row) => columns.map((column) => column[row]!));
}
