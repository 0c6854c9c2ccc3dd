import type { FeatureTable, FeatureValue } from '../../icp/types.ts';

/** A table on its way to another thread: each value once, and for every row the place of its own. */
export interface PackedTable extends Omit<FeatureTable, 'columns'> {
  columns: readonly { values: readonly FeatureValue[]; places: Int32Array }[];
}

/** Packs a table. A copy that is made value by value would hold every word of every row anew. */
export function packTable({ features, accountIds, columns }: FeatureTable): PackedTable {
  return {
    features,
    accountIds,
    columns: columns.map((column) => {
      const known = new Map<FeatureValue, number>();
      const places = new Int32Array(column.length);
      for (let row = 0; row < column.length; row++) {
        const value = column[row]!;
        let place = known.get(value);
        if (place === undefined) {
          place = known.size;
          known.set(value, place);
        }
        places[row] = place;
      }
      return { values: [...known.keys()], places };
    }),
  };
}

/**
 * The same table again.
 *
 * @example unpackTable(packTable({ features: [], accountIds: ['a', 'b'], columns: [['x', null]] })).columns; // => [['x', null]]
 */
export function unpackTable({ features, accountIds, columns }: PackedTable): FeatureTable {
  return {
    features,
    accountIds,
    columns: columns.map(({ values, places }) => Array.from(places, (place) => values[place]!)),
  };
}
