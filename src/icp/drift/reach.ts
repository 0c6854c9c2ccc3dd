import { logit } from '../../stats/models/logistic.ts';
import type { DriftReach } from './drift-findings.ts';
import { type RateFindings, watchedFall } from './watch-win-rates.ts';
import { type WatchedBook, weekMs } from './watched-book.ts';

/** Watches out of five that notice: 80 % of normal luck. */
const luck = 0.8416;
const quarterMs = 13 * weekMs;

/**
 * The smallest fall that the watch would notice within a quarter, for all deals and for the largest group of each kind.
 *
 * "Nothing has moved" is worth as much as this: with few deals, a win rate may halve before anybody can tell.
 */
export function driftReach(book: WatchedBook, { watched, line }: RateFindings): DriftReach[] {
  const yearAgo = book.until - 4 * quarterMs;
  const recent = book.deals.filter(({ closedAt }) => closedAt >= yearAgo);
  const sized = watched.map((one) => ({
    ...one,
    dealsAQuarter: recent.filter(({ groups }) => groups.includes(one.place)).length / 4,
  }));
  return (['all', 'segment', 'tier', 'criterion'] as const).flatMap((kind) => {
    const [largest] = sized
      .filter(({ group }) => group.kind === kind)
      .sort((a, b) => b.dealsAQuarter - a.dealsAQuarter || (a.group.id < b.group.id ? -1 : 1));
    if (largest === undefined) return [];
    const { group, dealsAQuarter, winRate, head } = largest;
    return [{ group, dealsAQuarter, winRate, fall: smallestFall(dealsAQuarter, winRate, line - head) }];
  });
}

/** The fall, to a hundredth, whose evidence passes the line within so many deals four times in five. */
function smallestFall(deals: number, winRate: number, line: number): number | null {
  const move = logit(winRate * (1 - watchedFall)) - logit(winRate);
  const loss = Math.log1p(winRate * Math.expm1(move));
  for (let hundredths = 1; hundredths <= 100; hundredths++) {
    const now = winRate * (1 - hundredths / 100);
    const mean = deals * (now * move - loss);
    const spread = Math.sqrt(deals * now * (1 - now)) * Math.abs(move);
    if (mean - luck * spread >= line) return hundredths / 100;
  }
  return null;
}
