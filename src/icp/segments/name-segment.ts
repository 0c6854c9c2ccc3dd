import type { Condition } from '../patterns/condition.ts';

/**
 * A short name made of what makes a member: `Fintech on Snowflake`, `Logistics, 250 or more employees`.
 *
 * @example nameSegment([{ key: 'industry', label: 'Industry is Fintech', match: { kind: 'is', values: ['Fintech'] } }, { key: 'tech_snowflake', label: 'Uses Snowflake', match: { kind: 'is', values: ['present'] } }]); // => 'Fintech on Snowflake'
 */
export function nameSegment(conditions: readonly Condition[]): string {
  const parts = conditions.map(shortOf);
  const head = parts[0] ?? 'Everybody';
  const tools = parts.slice(1).filter((part) => part.startsWith('on '));
  const rest = parts.slice(1).filter((part) => !part.startsWith('on '));
  const named = [[head, ...tools].join(' '), ...rest].join(', ');
  return named.charAt(0).toUpperCase() + named.slice(1);
}

/** One sentence that says who belongs, and whether a blank field is forgiven. */
export function describeSegment(conditions: readonly Condition[], mayBeUnknown = conditions.length > 2): string {
  const spoken = conditions.map(({ label }, at) => (at === 0 ? label : label.charAt(0).toLowerCase() + label.slice(1)));
  const last = spoken.at(-1) ?? '';
  const sentence = spoken.length < 2 ? last : `${spoken.slice(0, -1).join(', ')} and ${last}`;
  const forgiving = mayBeUnknown ? '; one field may be unknown' : '';
  return `${sentence}${forgiving}.`;
}

function shortOf({ label, match, key }: Condition): string {
  if (match.kind === 'is') {
    const used = /^Uses (?:an? )?(.+)$/.exec(label)?.[1];
    if (used !== undefined) return `on ${used}`;
    const lacking = /^No (.+) in the stack$/.exec(label)?.[1];
    if (lacking !== undefined) return `no ${lacking}`;
    const value = match.values.join(' or ');
    if (value !== 'present' && value !== 'absent') return /use_?case/i.test(key) ? `for ${value}` : value;
  }
  return label.replace(/^Employees (.+)$/, '$1 employees');
}
