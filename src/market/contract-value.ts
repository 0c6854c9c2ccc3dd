import type { Market } from './market.ts';
import { isStartUp, startUpValue } from './start-ups.ts';
import { roundTo } from './traits.ts';

/** What a year of the product would cost an account, in dollars: some 17,000 at 150 employees, more for its segments and the start-ups. */
export function contractValue(market: Market, account: number): number {
  const traits = market.traits(account);
  const inSegment = market.world.segments.some((segment) => segment.membership(traits) > 0.5);
  const spread = 0.35 * market.random(account, 'contract').normal();
  const value = 17_000 * (traits.employees / 150) ** 0.42 * Math.exp(spread) * (inSegment ? 1.4 : 1);
  const fresh = market.world.plants.has('emerging') && isStartUp(traits);
  return Math.max(3_600, roundTo(value * (fresh ? startUpValue : 1), 3));
}
