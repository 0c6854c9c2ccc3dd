import type { Observation } from '../history.ts';
import type { Feature, FeatureValue, FieldValue, Instant } from '../types.ts';
import { parseInstant, yearsBetween } from './calendar.ts';
import { foldText } from './clean-text.ts';
import type { FeatureRule } from './feature-rule.ts';
import { listMembers } from './field-profile.ts';
import { growthVelocity, techComplexity } from './formulas.ts';
import { parseNumber } from './parse-number.ts';
import { type SizeBucket, sizeBucketOf } from './size-buckets.ts';
import { isUnknown, type StandingValues } from './standing-values.ts';

/** Reads the value of one feature off the values that stand, and says which observation it rests on. */
export type AttributeReader = (asOf: Instant) => FeatureValue;

const yes = new Set(['yes', 'true', 'present', 'y', '1']);
const no = new Set(['no', 'false', 'absent', 'n', '0']);
const mostRemembered = 20_000;

/**
 * `present` or `absent` by a yes or no of any spelling; `null` for anything else, which is unknown.
 *
 * @example flagOf('Yes'); // => 'present'
 * @example flagOf(false); // => 'absent'
 * @example flagOf('maybe'); // => null
 */
export function flagOf(value: FieldValue): 'present' | 'absent' | null {
  if (value === null || Array.isArray(value)) return null;
  const folded = foldText(String(value));
  if (yes.has(folded)) return 'present';
  return no.has(folded) ? 'absent' : null;
}

/** Matches values to the levels of a category, whatever their spelling; what is no level is `other`. */
function levelMatcher(levels: readonly string[]): (value: FieldValue) => string | null {
  const byFold = new Map(levels.map((level) => [foldText(level), level]));
  const remembered = new Map<FieldValue, string>();
  return (value) => {
    const before = remembered.get(value);
    if (before !== undefined) return before;
    if (isUnknown(value)) return null;
    const level = byFold.get(foldText(String(value))) ?? 'other';
    if (remembered.size < mostRemembered) remembered.set(value, level);
    return level;
  };
}

/** The observation that a field's value stands on; `null` where nothing is known. */
export function holderOf(standing: StandingValues, field: string): Observation | null {
  const index = standing.indexOf(field);
  const holder = index === undefined ? null : (standing.holders[index] ?? null);
  return holder === null || isUnknown(holder.values[field] ?? null) ? null : holder;
}

/** How to read an attribute feature; `null` for a rule that reads signals or members of lists. */
export function attributeReader(
  feature: Feature,
  rule: FeatureRule,
  standing: StandingValues,
  sizes: readonly SizeBucket[],
): AttributeReader | null {
  const standingValue = (field: string): FieldValue => holderOf(standing, field)?.values[field] ?? null;
  const numberOf = (field: string): number | null => parseNumber(standingValue(field));
  switch (rule.how) {
    case 'value': {
      if (feature.type === 'number') return () => numberOf(feature.field);
      if (feature.type === 'flag') return () => flagOf(standingValue(feature.field));
      const match = levelMatcher(feature.levels ?? []);
      return () => match(standingValue(feature.field));
    }
    case 'years since':
      return (asOf) => {
        const since = parseInstant(standingValue(feature.field));
        return since === null || since > asOf ? null : Math.round(yearsBetween(since, asOf) * 10) / 10;
      };
    case 'growth':
      return () => growthVelocity(numberOf(feature.field), numberOf(rule.before));
    case 'tools for size':
      return () => {
        const tools = listMembers(standingValue(feature.field), true);
        return techComplexity(tools?.length ?? null, sizeBucketOf(numberOf(rule.size), sizes));
      };
    default:
      return null;
  }
}
