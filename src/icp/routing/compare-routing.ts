import type { RoutingRule } from './routing-rules.ts';

/** A rule under two versions; `null` where a version has none of that kind. */
export interface RoutingChange {
  key: string;
  label: string;
  change: 'same' | 'changed' | 'added' | 'dropped';
  before: RoutingRule | null;
  now: RoutingRule | null;
}

/**
 * The rules of two versions side by side, in the order of the new ones; those that are gone follow.
 *
 * @param before none: there was no version before, and every rule is new
 */
export function compareRouting(before: readonly RoutingRule[], now: readonly RoutingRule[]): RoutingChange[] {
  const known = new Map(before.map((rule) => [rule.key, rule]));
  const kept = now.map((rule): RoutingChange => {
    const old = known.get(rule.key) ?? null;
    const { key, label } = rule;
    return {
      key,
      label,
      change: old === null ? 'added' : isSame(old, rule) ? 'same' : 'changed',
      before: old,
      now: rule,
    };
  });
  const left = new Set(now.map(({ key }) => key));
  const dropped = before
    .filter(({ key }) => !left.has(key))
    .map((rule): RoutingChange => ({ key: rule.key, label: rule.label, change: 'dropped', before: rule, now: null }));
  return [...kept, ...dropped];
}

function isSame(one: RoutingRule, other: RoutingRule): boolean {
  return one.when === other.when && one.queue === other.queue && one.label === other.label;
}
