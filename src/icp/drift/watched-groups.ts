import type { Criterion, ModelBin } from '../model.ts';
import type { WatchedGroup } from './watched-book.ts';

/** Criteria that are watched by their best and their worst bins, heaviest first. */
const watchedCriteria = 8;
/** Share of the touched accounts that an end of a criterion should hold: fewer close too few deals to watch. */
const endShare = 0.15;

/** A named set of accounts to watch, such as a segment that was found. */
export interface NamedGroup {
  id: string;
  label: string;
  members: ReadonlySet<string>;
}

/** A group and who is in it, by row. */
export interface GroupOfRows {
  group: Omit<WatchedGroup, 'tierOneShare'>;
  holds(row: number): boolean;
}

/** What is read of the touched accounts to put them into groups. */
export interface TouchedRows {
  ids: readonly string[];
  tier: Uint8Array;
  /** Of the criteria that are read at the first touch: the place of the bin that each row is in, -1 for none. */
  criteria: readonly { criterion: Criterion; bin: Int16Array }[];
}

/** Everybody, the tiers, the named groups, and both ends of the heaviest criteria. */
export function groupsOfRows(rows: TouchedRows, named: readonly NamedGroup[]): GroupOfRows[] {
  const heaviest = rows.criteria.toSorted(
    (a, b) => b.criterion.weight - a.criterion.weight || (a.criterion.key < b.criterion.key ? -1 : 1),
  );
  return [
    { group: { id: 'all', label: 'All deals', kind: 'all', criteria: [] }, holds: () => true },
    ...[1, 2, 3].map((tier) => ({
      group: { id: `tier ${tier}`, label: `Tier ${tier}`, kind: 'tier' as const, criteria: [] },
      holds: (row: number) => rows.tier[row] === tier,
    })),
    ...named.map(({ id, label, members }) => ({
      group: { id: `segment ${id}`, label, kind: 'segment' as const, criteria: [] },
      holds: (row: number) => members.has(rows.ids[row]!),
    })),
    ...heaviest.slice(0, watchedCriteria).flatMap((read) => [endOf(read, 'best'), endOf(read, 'worst')]),
  ];
}

/** The bins at one end of a criterion's points, as many as it takes to hold enough accounts. */
function endOf({ criterion, bin }: TouchedRows['criteria'][number], end: 'best' | 'worst'): GroupOfRows {
  const counts = new Float64Array(criterion.bins.length);
  for (const at of bin) if (at >= 0) counts[at]! += 1;
  const sign = end === 'best' ? 1 : -1;
  const ordered = criterion.bins
    .map((one, at) => ({ one, at }))
    .filter(({ one, at }) => one.match.kind !== 'unknown' && counts[at]! > 0)
    .sort((a, b) => sign * (b.one.points - a.one.points) || a.at - b.at);
  const taken = new Set<number>();
  const labels: ModelBin[] = [];
  let held = 0;
  for (const { one, at } of ordered) {
    if (held >= endShare * bin.length || sign * one.points <= 0) break;
    taken.add(at);
    labels.push(one);
    held += counts[at]!;
  }
  return {
    group: {
      id: `${criterion.key} ${end}`,
      label: inWords(labels),
      kind: 'criterion',
      criteria: [criterion.key],
    },
    holds: (row) => taken.has(bin[row]!),
  };
}

function inWords(bins: readonly ModelBin[]): string {
  const labels = bins.slice(0, 3).map(({ label }) => label);
  const more = bins.length - labels.length;
  return `${labels.join(' or ')}${more > 0 ? ` or ${more} more` : ''}`;
}
