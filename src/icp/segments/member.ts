import { type SubgroupPart, unknownBin } from '../../stats/patterns/subgroup.ts';
import { type Condition, holdsFor } from '../patterns/condition.ts';
import { type ConditionTable, fieldsOf } from '../patterns/search-columns.ts';
import type { FeatureValue } from '../types.ts';

/** From so many conditions on, one may be unknown. */
const manyConditions = 3;

/**
 * Whether an account belongs to a segment: no condition is known to fail.
 *
 * CRM fields are often blank. With three conditions or more, what one field does not tell is forgiven; the first condition
 * (the kind of company) is always known to hold.
 *
 * @param read the value of a feature, by key; `null` is unknown
 * @example isMember([], () => null); // => false
 */
export function isMember(conditions: readonly Condition[], read: (key: string) => FeatureValue): boolean {
  const unknown = new Set<string>();
  for (const [at, condition] of conditions.entries()) {
    const holds = holdsFor(condition, read(condition.key));
    if (holds === false || (holds === null && at === 0)) return false;
    if (holds === null) unknown.add(condition.field ?? condition.key);
  }
  return conditions.length > 0 && unknown.size <= (conditions.length >= manyConditions ? 1 : 0);
}

/** The segment of an account: the first whose member it is, in the order given; `null` for none. */
export function segmentOf<T extends { conditions: readonly Condition[] }>(
  segments: readonly T[],
  read: (key: string) => FeatureValue,
): T | null {
  return segments.find(({ conditions }) => isMember(conditions, read)) ?? null;
}

/** The members among the rows of a table, as `isMember` would say it of each. */
export function memberRows(table: ConditionTable, parts: readonly SubgroupPart[], rows: Uint32Array): Uint32Array {
  const fields = fieldsOf(table, parts);
  const allowed = parts.length >= manyConditions ? 1 : 0;
  return rows.filter((row) => {
    let unknown: string | null = null;
    let count = 0;
    for (const [at, { column, from, to }] of parts.entries()) {
      const bin = table.columns[column]![row]!;
      if (bin === unknownBin) {
        if (at === 0) return false;
        if (fields[at] !== unknown) count++;
        unknown = fields[at]!;
      } else if (bin < from || bin > to) return false;
    }
    return parts.length > 0 && count <= allowed;
  });
}
