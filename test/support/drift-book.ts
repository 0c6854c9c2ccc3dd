import type { WatchedBook } from '../../src/icp/drift/watched-book.ts';
import { type DriftReplayOptions, driftReplay } from '../../src/market/drift-replay.ts';
import { logit } from '../../src/stats/models/logistic.ts';

const dayMs = 86_400_000;
/** A Monday. */
const start = Date.UTC(2025, 0, 6);

/** A replay as the watch reads it: day 0 is the start of the watch. */
export function driftBookOf(options: DriftReplayOptions): WatchedBook {
  const { groups, deals, customers } = driftReplay(options);
  const at = (day: number): number => start + Math.round(day * dayMs);
  const until = at(options.days ?? 730);
  const wins = (place: number): number =>
    deals.filter(({ closedOn, won, groups: own }) => closedOn < 0 && won && own.includes(place)).length;
  const tierOne = groups.findIndex(({ id }) => id === 'tier-1');
  const both = (place: number): number =>
    deals.filter(
      ({ closedOn, won, groups: own }) => closedOn < 0 && won && own.includes(place) && own.includes(tierOne),
    ).length;
  const all = { id: 'all', label: 'All deals', kind: 'all' as const, criteria: [], tierOneShare: 1 };
  return {
    ...{ seed: options.seed, since: start, until },
    groups: [
      all,
      ...groups.map((group, place) => ({
        ...group,
        criteria: group.kind === 'criterion' ? [group.id.replace(/-(best|worst)$/, '')] : [],
        tierOneShare: both(place) / Math.max(1, wins(tierOne)),
      })),
    ],
    deals: deals.map(({ closedOn, won, expected, groups: own }) => ({
      ...{ closedAt: at(closedOn), won, logOdds: logit(expected) },
      groups: [0, ...own.map((place) => place + 1)],
    })),
    customers: customers.map(({ startedOn, endedOn, groups: own }) => ({
      ...{ startedAt: at(startedOn), leftAt: endedOn === null ? null : at(endedOn), seenUntil: until },
      groups: [0, ...own.map((place) => place + 1)],
    })),
    traits: [],
  };
}
