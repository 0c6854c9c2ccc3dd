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
    const kept = new Uint32Array(members.length);
    let count = 0;
    for (let at = 0; at < members.length; at++) {
      const bin = bins[members[at]!]!;
      if (bin >= from && bin <= to) kept[count++] = members[at]!;
    }
    members = kept.slice(0, count);
  }
  return members;
}
