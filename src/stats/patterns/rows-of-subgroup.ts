import type { SearchColumns, SubgroupPart } from './subgroup.ts';

/** The rows, of those given, for which every condition holds. */
export function rowsOfSubgroup(
  { columns }: Pick<SearchColumns, 'columns'>,
  parts: readonly SubgroupPart[],
  rows: Uint32Array,
): Uint32Array {
  let members = rows;
  for (const { column, from, to } of parts) {
    const bins = columns[column]!;
    members = members.filter((row) => bins[row]! >= from && bins[row]! <= to);
  }
  return members;
}
