import type { BinMatch } from '../model.ts';
import type { FeatureValue } from '../types.ts';

/** One thing that is true of an account or a deal: the value of a feature lies in a bin. */
export interface Condition {
  /** The feature's key, or `deal.NAME` for a field of a deal. */
  key: string;
  /** The field that it is read from, where that is another name: one field may give several features. */
  field?: string;
  /** In words, e.g. `Industry is logistics`. */
  label: string;
  match: BinMatch;
}

/**
 * Whether a condition holds for a value; `null` where the value is not known.
 *
 * @example holdsFor({ key: 'employees', label: 'Employees 50 or more', match: { kind: 'range', from: 50, to: null } }, 49); // => false
 */
export function holdsFor({ match }: Condition, value: FeatureValue): boolean | null {
  if (match.kind === 'unknown') return value === null;
  if (value === null) return null;
  if (match.kind === 'is') return match.values.includes(String(value));
  if (match.kind === 'other') return false;
  if (typeof value !== 'number') return null;
  return (match.from === null || value >= match.from) && (match.to === null || value < match.to);
}

/**
 * Whether all conditions are known to hold: a red flag is shown for nothing less.
 *
 * @param read the value of a feature, by key; `null` is unknown
 * @example matchesPattern({ conditions: [] }, () => null); // => false
 */
export function matchesPattern(
  { conditions }: { conditions: readonly Condition[] },
  read: (key: string) => FeatureValue,
): boolean {
  return conditions.length > 0 && conditions.every((condition) => holdsFor(condition, read(condition.key)) === true);
}
