import type { SubgroupPart } from '../../stats/patterns/subgroup.ts';
import type { ConditionTable } from '../patterns/search-columns.ts';

/** Conditions in the order in which people say them: what it is, what it uses, how large, what it lacks. */
export function readableParts(table: ConditionTable, parts: readonly SubgroupPart[]): SubgroupPart[] {
  const rank = ({ column, from }: SubgroupPart): number => {
    const { type } = table.features[column]!;
    if (type === 'category') return 0;
    if (type === 'number') return 2;
    return table.levels[column]![from] === 'present' ? 1 : 3;
  };
  return parts.toSorted((a, b) => rank(a) - rank(b) || a.column - b.column);
}
