import type { AnalysisSet } from '../analysis-set.ts';

/** A segment, or any other group of accounts, by name. */
export interface NamedAccounts {
  name: string;
  accountIds: readonly string[];
}

const fewestMembers = 30;
const mostGroups = 8;

/**
 * Parts rows of `fit` into groups: by segment where there are any, else by the levels of the heaviest category of the table.
 *
 * `members` are places in `rows`. Groups of fewer than thirty are left out, and no more than eight are made: a small group tells
 * nothing, and many make every test weaker.
 */
export function groupsOf(
  { training, model }: Pick<AnalysisSet, 'training' | 'model'>,
  rows: readonly number[],
  segments: readonly NamedAccounts[] = [],
): { by: string; groups: { name: string; members: number[] }[] } {
  const { table } = training.fit;
  const label = new Map<string, string>();
  for (const { name, accountIds } of segments) for (const id of accountIds) label.set(id, name);
  const categories = table.features.filter(({ type }) => type === 'category');
  const heaviest = model.criteria.find(({ key }) => categories.some((feature) => feature.key === key));
  const feature = categories.find(({ key }) => key === heaviest?.key) ?? categories[0];
  const bySegment = segments.length > 0;
  if (!bySegment && feature === undefined) return { by: '', groups: [] };
  const column = feature === undefined ? [] : (table.columns[table.features.indexOf(feature)] ?? []);
  const members = new Map<string, number[]>();
  for (const [at, row] of rows.entries()) {
    const value = bySegment ? (label.get(table.accountIds[row]!) ?? null) : (column[row] ?? null);
    if (value === null) continue;
    const known = members.get(String(value));
    if (known === undefined) members.set(String(value), [at]);
    else known.push(at);
  }
  const groups = [...members]
    .map(([name, own]) => ({ name, members: own }))
    .filter((group) => group.members.length >= fewestMembers)
    .sort((a, b) => b.members.length - a.members.length || (a.name < b.name ? -1 : 1))
    .slice(0, mostGroups);
  return { by: bySegment ? 'segments' : (feature?.label ?? ''), groups };
}
