import { foldText } from '../features/clean-text.ts';
import type { OutreachFacts } from './outreach-facts.ts';

/** Accounts that are read together, under the name that people know them by. */
export interface OutreachGroup {
  label: string;
  facts: readonly OutreachFacts[];
}

const mostGroups = 8;

/**
 * Parts accounts by segment where an analysis found any, else by industry. An account of two segments is in the first; those in
 * none, and industries beyond the eight that most accounts are of, are everybody else.
 */
export function groupFacts(
  facts: readonly OutreachFacts[],
  segments: readonly { name: string; members: readonly string[] }[],
): { by: 'segments' | 'industries'; groups: OutreachGroup[] } {
  const nameOf = new Map(
    segments.toReversed().flatMap(({ name, members }) => members.map((id) => [id, name] as const)),
  );
  if (segments.length > 0) return { by: 'segments', groups: grouped(facts, ({ id }) => nameOf.get(id) ?? null) };
  return { by: 'industries', groups: grouped(facts, ({ industry }) => industry) };
}

const elsewhere = 'everybody else';

/** Groups by a name, the largest first; names that differ in case only are one, under the spelling that is most frequent. */
export function grouped(
  facts: readonly OutreachFacts[],
  nameOf: (facts: OutreachFacts) => string | null,
  most = mostGroups,
): OutreachGroup[] {
  type Group = { spellings: Map<string, number>; facts: OutreachFacts[] };
  const found = new Map<string, Group>();
  const rest: OutreachFacts[] = [];
  for (const each of facts) {
    const name = nameOf(each);
    if (name === null) {
      rest.push(each);
      continue;
    }
    const group: Group = found.get(foldText(name)) ?? { spellings: new Map(), facts: [] };
    found.set(foldText(name), group);
    group.spellings.set(name, (group.spellings.get(name) ?? 0) + 1);
    group.facts.push(each);
  }
  const groups = [...found.values()]
    .map(({ spellings, facts: own }) => ({ label: mostFrequent(spellings), facts: own }))
    .sort((a, b) => b.facts.length - a.facts.length || (a.label < b.label ? -1 : 1));
  const others = [...groups.splice(most).flatMap(({ facts: own }) => own), ...rest];
  return others.length === 0 ? groups : [...groups, { label: elsewhere, facts: others }];
}

function mostFrequent(spellings: ReadonlyMap<string, number>): string {
  const [first] = [...spellings].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return first?.[0] ?? '';
}
