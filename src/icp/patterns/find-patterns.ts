import { createRandom } from '../../stats/random.ts';
import type { UnlearntSet } from '../analysis-set.ts';
import { dealTable } from './deal-table.ts';
import { findAntiPatterns } from './find-anti-patterns.ts';
import { findChurnPatterns } from './find-churn-patterns.ts';
import { expectLosses, findLossPatterns } from './find-loss-patterns.ts';
import { findSlowPatterns } from './find-slow-patterns.ts';
import type { PatternFindings } from './types.ts';

/**
 * What deals are lost by, what customers leave by, and which kinds of company are not worth the while.
 *
 * Three families, each searched for in the earlier part of the book and held against the later part, so that each claims anything
 * by chance in fewer than one book of twenty:
 * - losses: closed deals lost more often than the account alone, trait by trait, lets expect, and long ones that mostly fail;
 * - churn: customers who left after use;
 * - anti: touched accounts that are hardly ever won, and deals that take longer than three in four others.
 */
export function findPatterns(set: UnlearntSet): PatternFindings {
  const random = createRandom(set.seed).fork('patterns');
  const deals = dealTable(set);
  const expected = expectLosses(deals, random.fork('expected'));
  const slow = findSlowPatterns(deals, expected, set.training.asOf, random.fork('cycle'));
  const losses = [...findLossPatterns(set, deals, expected, random.fork('losses')), ...slow.losses];
  const churn = findChurnPatterns(set, random.fork('churn'));
  const anti = [...findAntiPatterns(set, random.fork('anti')), ...slow.anti];
  const lost = deals.closed.filter(({ deal }) => deal.outcome === 'lost').length;
  const known = set.training.fit.churned.filter((left) => left !== null);
  const churned = known.filter((left) => left === 1).length;
  return {
    asOf: set.training.asOf,
    losses,
    churn,
    anti,
    counts: {
      deals: deals.closed.length,
      lost,
      customers: known.length,
      churned,
      accounts: set.training.fit.table.accountIds.length,
    },
    verdicts: {
      losses: losses.length > 0 ? null : nothing('losses', 'lost deals', lost),
      churn: churn.length > 0 ? null : nothing('churn', 'customers who left after use', churned),
      anti: anti.length > 0 ? null : nothing('anti-patterns', 'touched accounts', set.training.counts.touched),
    },
  };
}

function nothing(family: string, what: string, count: number): string {
  const fewest = 20;
  return count < fewest
    ? `${family}: looked for from ${fewest} ${what} on, there are ${count}; import more history`
    : `no conditions go with ${family} beyond chance in ${count} ${what}`;
}
