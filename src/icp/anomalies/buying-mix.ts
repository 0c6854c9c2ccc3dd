import { holm } from '../../stats/tests/holm.ts';
import { twoRates } from '../../stats/tests/two-rates.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { dayMs } from '../features/calendar.ts';
import { groupsOf, type NamedAccounts } from '../impact/segment-groups.ts';
import { roundedRate } from '../rates.ts';
import { roundP } from '../round.ts';
import type { Instant, Rate } from '../types.ts';

export interface BuyingMix {
  /** What the groups are: `segments`, or the name of a field. */
  by: string;
  from: Instant | null;
  /** Accounts that bought (new or more) in the last thirty days, and in the twelve months before. */
  now: number;
  year: number;
  groups: readonly {
    name: string;
    now: Rate | null;
    year: Rate | null;
    verdict: 'more than usual' | 'less than usual' | 'as usual' | 'cannot tell';
    p: number | null;
  }[];
}

const month = 30 * dayMs;
const twelveMonths = 365 * dayMs;
/** Fewer expected on any side than this cannot be told from chance. */
const fewest = 3;

/** Who is buying this month, new or more, against who bought in the twelve months before. */
export function measureBuyingMix(set: AnalysisSet, segments: readonly NamedAccounts[] = []): BuyingMix {
  const { training, accounts } = set;
  const isDated = training.timeKind === 'dates';
  const from = training.asOf - month;
  const boughtWithin = (start: Instant, end: Instant) =>
    new Set(
      accounts
        .filter(({ outcomes }) =>
          outcomes.some(
            ({ kind, occurredAt }) =>
              (kind === 'won' || kind === 'expanded') && occurredAt > start && occurredAt <= end,
          ),
        )
        .map(({ id }) => id),
    );
  const now = isDated ? boughtWithin(from, training.asOf) : new Set<string>();
  const year = isDated ? boughtWithin(from - twelveMonths, from) : new Set<string>();
  const ids = training.fit.table.accountIds;
  const { by, groups } = groupsOf(set, [...ids.keys()], segments);
  const known = new Set(groups.flatMap(({ members }) => members.map((row) => ids[row]!)));
  const [allNow, allYear] = [now, year].map((bought) => [...bought].filter((id) => known.has(id)).length);
  const counted = groups.map(({ name, members }) => {
    const own = [...new Set(members.map((row) => ids[row]!))];
    const [a, b] = [own.filter((id) => now.has(id)).length, own.filter((id) => year.has(id)).length];
    const canTell = allNow! > 0 && allYear! > 0 && Math.min(b, allYear! - b) * (allNow! / allYear!) >= fewest;
    const test = canTell ? twoRates(a, allNow!, b, allYear!) : null;
    return { name, now: roundedRate(a, allNow!), year: roundedRate(b, allYear!), test };
  });
  const adjusted = holm(counted.flatMap(({ test }) => (test === null ? [] : [test.p])));
  let next = 0;
  return {
    ...{ by, from: isDated ? from : null, now: now.size, year: year.size },
    groups: counted.map(({ test, ...rest }) => {
      if (test === null) return { ...rest, verdict: 'cannot tell', p: null };
      const p = adjusted[next++]!;
      const verdict = p > 0.05 ? 'as usual' : test.v > 0 ? 'more than usual' : 'less than usual';
      return { ...rest, verdict, p: roundP(p) };
    }),
  };
}
