import { interceptFor, sigmoid } from './choose.ts';
import { causeTool } from './effects.ts';
import type { Market } from './market.ts';
import type { Story } from './plan.ts';
import { mayHaveGrown } from './plan-customers.ts';
import type { Traits } from './traits.ts';
import { logOdds } from './world.ts';

const matureDays = 180;

/**
 * How much likelier to expand a warehouse makes a customer, in percentage points, averaged over the mature ones, customers
 * still or no longer: what each of them would do with one, less what it would do without, all else as it is.
 *
 * Whoever left, or has not had the time it takes, has bought no more either way.
 *
 * `null` where there are fewer than ten such customers.
 */
export function effectOfCause(market: Market, stories: readonly Story[]): number | null {
  const mature: { traits: Traits; expanded: boolean }[] = [];
  let unmoved = 0;
  for (const [account, { customer, deals }] of stories.entries()) {
    if (customer === null || customer.startedAt + matureDays >= market.until) continue;
    if (!mayHaveGrown(market, customer, account)) {
      unmoved += 1;
      continue;
    }
    const expanded = deals.some(({ type, outcome }) => type === 'expansion' && outcome === 'won');
    mature.push({ traits: market.traits(account), expanded });
  }
  if (mature.length < 10) return null;
  const expanded = mature.filter((each) => each.expanded).length;
  const odds = mature.map(({ traits }) => logOdds(market.world, 'expanded', traits));
  const intercept = interceptFor(odds, expanded);
  let sum = 0;
  for (const { traits } of mature) {
    const without = traits.technologies.filter((name) => name !== causeTool);
    const chance = (technologies: readonly string[]): number =>
      sigmoid(intercept + logOdds(market.world, 'expanded', { ...traits, technologies }));
    sum += chance([...without, causeTool]) - chance(without);
  }
  return Math.round((1000 * sum) / (mature.length + unmoved)) / 10;
}
