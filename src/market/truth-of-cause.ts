import type { Market } from './market.ts';
import type { Story } from './plan.ts';
import type { Traits } from './traits.ts';
import { logOdds } from './world.ts';

const tool = 'Snowflake';
const matureDays = 180;

/**
 * How much likelier to expand a warehouse makes a customer, in percentage points, averaged over the mature ones, customers
 * still or no longer: what each of them would do with one, less what it would do without, all else as it is.
 *
 * Whoever left buys no more either way.
 *
 * `null` where there are fewer than ten such customers.
 */
export function effectOfCause(market: Market, stories: readonly Story[]): number | null {
  const mature: { traits: Traits; expanded: boolean }[] = [];
  let left = 0;
  for (const [account, { customer, deals }] of stories.entries()) {
    if (customer === null || customer.startedAt + matureDays >= market.until) continue;
    if (customer.churn !== null) {
      left += 1;
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
    const without = traits.technologies.filter((name) => name !== tool);
    const chance = (technologies: readonly string[]): number =>
      sigmoid(intercept + logOdds(market.world, 'expanded', { ...traits, technologies }));
    sum += chance([...without, tool]) - chance(without);
  }
  return Math.round((1000 * sum) / (mature.length + left)) / 10;
}

/** What must be added to all log-odds for them to promise so many. */
function interceptFor(odds: readonly number[], wanted: number): number {
  let [low, high] = [-30, 30];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    let promised = 0;
    for (const each of odds) promised += sigmoid(each + middle);
    if (promised > wanted) high = middle;
    else low = middle;
  }
  return low;
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
