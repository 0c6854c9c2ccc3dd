import { logit } from '../../stats/models/logistic.ts';
import { createRandom } from '../../stats/random.ts';
import type { DriftReach } from './drift-findings.ts';
import { type RateFindings, watchedFall } from './watch-win-rates.ts';
import { type WatchedBook, weekMs } from './watched-book.ts';

const fourInFive = 0.8;
const quarterWeeks = 13;
/** What has gathered by chance before the fall counts too. */
const calmWeeks = 26;
const runs = 400;

/**
 * The smallest fall that the watch would notice within a quarter, for all deals and for the largest group of each kind, and how likely
 * it would notice a win rate that falls by a third.
 *
 * "Nothing has moved" is worth as much as this: with few deals, a win rate may halve before anybody can tell. Worked out by
 * going through so many quarters by chance, with as many deals as were closed in the last year.
 */
export function driftReach(book: WatchedBook, { watched, line }: RateFindings): DriftReach[] {
  const yearAgo = book.until - 4 * quarterWeeks * weekMs;
  const recent = book.deals.filter(({ closedAt }) => closedAt >= yearAgo);
  const sized = watched.map((one) => ({
    ...one,
    dealsAQuarter: recent.filter(({ groups }) => groups.includes(one.place)).length / 4,
  }));
  const random = createRandom(book.seed).fork('drift reach');
  const luck = Float64Array.from({ length: runs * (calmWeeks + quarterWeeks) }, () => random.normal());
  return (['all', 'segment', 'tier', 'criterion'] as const).flatMap((kind) => {
    const [largest] = sized
      .filter(({ group }) => group.kind === kind)
      .sort((a, b) => b.dealsAQuarter - a.dealsAQuarter || (a.group.id < b.group.id ? -1 : 1));
    if (largest === undefined) return [];
    const { group, dealsAQuarter, winRate, head } = largest;
    const seen = (fall: number) => shareNoticed({ dealsAQuarter, winRate, fall, line: line - head }, luck);
    return [{ group, dealsAQuarter, winRate, fall: smallestFall(seen), chanceOfThird: seen(watchedFall) }];
  });
}

/** The fall, to a hundredth, that four quarters in five notice; a larger one is noticed as often or more often. */
function smallestFall(seen: (fall: number) => number): number | null {
  if (seen(1) < fourInFive) return null;
  let [low, high] = [0, 100];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (seen(middle / 100) >= fourInFive) high = middle;
    else low = middle;
  }
  return high / 100;
}

/** Share of the runs in which the evidence of a group passes its line within a quarter of the fall. */
function shareNoticed(
  of: { dealsAQuarter: number; winRate: number; fall: number; line: number },
  luck: Float64Array,
): number {
  const { winRate, fall, line } = of;
  const deals = of.dealsAQuarter / quarterWeeks;
  const move = logit(winRate * (1 - watchedFall)) - logit(winRate);
  const loss = deals * Math.log1p(winRate * Math.expm1(move));
  const evidence = (rate: number, drawn: number): number =>
    move * (deals * rate + Math.sqrt(deals * rate * (1 - rate)) * drawn) - loss;
  let noticed = 0;
  for (let at = 0; at < luck.length; ) {
    let sum = 0;
    let isSeen = false;
    for (let week = 0; week < calmWeeks; week++) sum = Math.max(0, sum + evidence(winRate, luck[at++]!));
    for (let week = 0; week < quarterWeeks; week++) {
      sum = Math.max(0, sum + evidence(winRate * (1 - fall), luck[at++]!));
      if (sum > line) isSeen = true;
    }
    if (isSeen) noticed++;
  }
  return noticed / runs;
}
