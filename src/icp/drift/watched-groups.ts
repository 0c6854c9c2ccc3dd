import { binLabel } from '../fit-labels.ts';
import type { Criterion } from '../model.ts';
import type { WatchedGroup } from './watched-book.ts';

/** Criteria that are watched, heaviest first. */
const watchedCriteria = 8;
/** A numeric criterion is watched in three stretches; a level of another one, where it holds so many of the touched. */
const stretches = 3;
const levelShare = 0.08;
const mostLevels = 4;

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

/**
 * Everybody, the tiers, the named groups, and the heaviest criteria by stretches of their range or by level.
 *
 * No outcome decides what goes together. Were the luckiest bins put in one group, their luck would run out while they are
 * watched, and look like drift.
 */
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
    ...heaviest.slice(0, watchedCriteria).flatMap(groupsOfCriterion),
  ];
}

function groupsOfCriterion({ criterion, bin }: TouchedRows['criteria'][number]): GroupOfRows[] {
  const counts = new Float64Array(criterion.bins.length);
  for (const at of bin) if (at >= 0) counts[at]! += 1;
  const groups = criterion.type === 'number' ? stretchesOf(criterion, counts) : levelsOf(criterion, counts, bin.length);
  return groups.map(({ label, bins }, nth) => ({
    group: { id: `${criterion.key} ${nth + 1}`, label, kind: 'criterion', criteria: [criterion.key] },
    holds: (row) => bins.has(bin[row]!),
  }));
}

interface BinsTogether {
  label: string;
  bins: ReadonlySet<number>;
}

/** Neighbouring ranges, as many together as hold a third of the known values. */
function stretchesOf(criterion: Criterion, counts: Float64Array): BinsTogether[] {
  const ranges = criterion.bins.flatMap(({ match }, at) => (match.kind === 'range' ? [{ match, at }] : []));
  ranges.sort((a, b) => (a.match.from ?? Number.NEGATIVE_INFINITY) - (b.match.from ?? Number.NEGATIVE_INFINITY));
  const known = ranges.reduce((sum, { at }) => sum + counts[at]!, 0);
  const whole = ranges.every(({ match }) => Number.isInteger(match.from ?? 0) && Number.isInteger(match.to ?? 0));
  const parts: (typeof ranges)[] = Array.from({ length: stretches }, () => []);
  let passed = 0;
  for (const range of ranges) {
    const middle = passed + counts[range.at]! / 2;
    parts[Math.min(stretches - 1, Math.floor((stretches * middle) / Math.max(1, known)))]!.push(range);
    passed += counts[range.at]!;
  }
  return parts.flatMap((part) => {
    const [first, last] = [part[0], part.at(-1)];
    if (first === undefined || last === undefined) return [];
    const match = { kind: 'range' as const, from: first.match.from, to: last.match.to };
    return { label: binLabel(criterion, match, whole), bins: new Set(part.map(({ at }) => at)) };
  });
}

/** The levels that hold enough accounts to be watched on their own, most frequent first. */
function levelsOf({ bins }: Criterion, counts: Float64Array, rows: number): BinsTogether[] {
  return bins
    .map(({ match, label }, at) => ({ match, label, at }))
    .filter(({ match, at }) => match.kind === 'is' && counts[at]! >= levelShare * rows)
    .sort((a, b) => counts[b.at]! - counts[a.at]! || a.at - b.at)
    .slice(0, mostLevels)
    .map(({ label, at }) => ({ label, bins: new Set([at]) }));
}
