import { judgeCauses } from '../../src/icp/causes/judge-causes.ts';
import { type CustomerTableOptions, customerTable } from '../../src/market/customer-table.ts';
import { wilsonInterval } from '../../src/stats/intervals/wilson-interval.ts';
import { customerSet } from '../support/customer-set.ts';

/** How often so many planted customer tables led to a verdict. */
export interface CausalSweep {
  seeds: number;
  /** The confounder was called a cause, on either outcome. */
  confounderCalled: number;
  /** Of the confounder: `only goes along` or `cannot tell`, on expansion. */
  confounderHeld: number;
  /** The real cause was found to drive expansion. */
  causeFound: number;
  /** Of the real cause: `cannot tell`, on expansion. */
  causeUntold: number;
  /** Seeds in which anything was said to drive expansion that does not, the two named aside. */
  invented: number;
  reasons: Map<string, number>;
}

/** Truly help expansion in the table, beside the cause. */
const helpful = new Set(['tech_crm', 'growth_velocity']);

export function causalSweep(world: NonNullable<CustomerTableOptions['world']>, seeds: number, from = 1): CausalSweep {
  const sweep: CausalSweep = {
    ...{ seeds, confounderCalled: 0, confounderHeld: 0, causeFound: 0, causeUntold: 0, invented: 0 },
    reasons: new Map(),
  };
  for (let seed = from; seed < from + seeds; seed += 1) {
    const table = customerTable({ seed, world });
    const { judged } = judgeCauses(customerSet(table, seed));
    const confounder = judged.find(({ key }) => key === table.confounder.key)!;
    const cause = judged.find(({ key }) => key === table.cause.key)!;
    if (confounder.verdict === 'likely drives') sweep.confounderCalled += 1;
    if (['only goes along', 'cannot tell'].includes(confounder.expansion.verdict)) sweep.confounderHeld += 1;
    if (cause.expansion.verdict === 'likely drives') sweep.causeFound += 1;
    if (cause.expansion.verdict === 'cannot tell') sweep.causeUntold += 1;
    const others = judged.filter(({ key }) => key !== confounder.key && key !== cause.key && !helpful.has(key));
    if (others.some(({ expansion }) => expansion.verdict === 'likely drives')) sweep.invented += 1;
    for (const { key, expansion } of [confounder, cause]) {
      const name = `${key}: ${expansion.verdict}, ${expansion.reason}`;
      sweep.reasons.set(name, (sweep.reasons.get(name) ?? 0) + 1);
    }
  }
  return sweep;
}

/** A count out of the seeds with its 95 % interval, as a table cell. */
export function outOf(count: number, seeds: number): string {
  const { low, high } = wilsonInterval(count, seeds);
  const percent = (share: number): string => (100 * share).toFixed(1);
  return `${percent(count / seeds)} % (${percent(low)} to ${percent(high)}, ${count} of ${seeds})`;
}
