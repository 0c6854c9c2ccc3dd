import { officeDay } from './calendar.ts';
import { highest, luck } from './choose.ts';
import { isLongEvaluation, longEvaluations } from './evaluation.ts';
import type { Market } from './market.ts';
import type { PlannedDeal } from './plan.ts';
import { within } from './quarters.ts';
import { driftingSegment } from './shifts.ts';
import { isStartUp } from './start-ups.ts';
import { logOdds } from './world.ts';

/** A first deal that will close, before it is known how. */
export type ClosingDeal = Pick<PlannedDeal, 'createdAt' | 'closesAt' | 'evaluation'> & { account: number };

/** How deals end: places in the list that was given. */
interface Endings {
  won: ReadonlySet<number>;
  /** Lost without another word. */
  dark: ReadonlySet<number>;
}

/**
 * Decides which of the closing deals are won, so many in all.
 *
 * Mostly the best of log-odds plus luck. Three kinds have a share of their own, so that it comes out exactly: long
 * evaluations, in the last full quarter the start-ups, and once the market has drifted its segment, which wins two of the three
 * deals that it would have won.
 */
export function chooseWinners(market: Market, deals: readonly ClosingDeal[], count: number): Endings {
  const { world, turns, size } = market;
  const liking = deals.map(
    ({ account, closesAt }) =>
      logOdds(world, 'won', market.traits(account), officeDay(closesAt)) + luck(market.random(account, 'win')),
  );
  const long = deals.map(({ evaluation }) => world.plants.has('losses') && isLongEvaluation(evaluation));
  const fresh = deals.map(
    ({ account, closesAt }, place) =>
      world.plants.has('emerging') &&
      !long[place] &&
      within(turns.lastQuarter, officeDay(closesAt)) &&
      isStartUp(market.traits(account)),
  );
  const best = (among: (place: number) => boolean, most: number): number[] =>
    highest(
      liking.map((value, place) => (among(place) ? value : Number.NaN)),
      most,
    );
  const longs = long.filter(Boolean).length;
  const { dark, closed } = longEvaluations;
  const wonLate = best((place) => long[place]!, Math.round(longs * (1 - dark) * closed));
  const wonFresh = best((place) => fresh[place]!, size.startUpWins);
  const left = count - wonLate.length - wonFresh.length;
  const isUsual = (place: number): boolean => !long[place] && !fresh[place];
  const isDrifting = deals.map(
    ({ account, closesAt }) =>
      world.plants.has('drift') &&
      officeDay(closesAt) >= turns.drifts &&
      driftingSegment.member(market.traits(account)),
  );
  const steady = best(isUsual, left).filter((place) => isDrifting[place]).length;
  const drifted = best((place) => isUsual(place) && isDrifting[place]!, Math.round(driftingSegment.keeps * steady));
  const rest = best((place) => isUsual(place) && !isDrifting[place], left - drifted.length);
  const won = new Set([...wonLate, ...wonFresh, ...drifted, ...rest]);
  const fading = deals.map(({ account }, place) =>
    long[place] && !won.has(place) ? market.random(account, 'dark').next() : Number.NaN,
  );
  return { won, dark: new Set(highest(fading, Math.round(longs * dark))) };
}
