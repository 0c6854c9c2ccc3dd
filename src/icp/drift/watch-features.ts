import { stabilityTest } from '../../stats/drift/stability-test.ts';
import { falseAlarmBudget, spendable } from './budget.ts';
import type { DriftAlert } from './drift-findings.ts';
import { alertOf, rateOf, relative } from './rate-alerts.ts';
import { quartersBefore, quarterWeeks, type WatchedBook, type WatchedTrait } from './watched-book.ts';

/** By custom, the smallest index that matters: with thousands of accounts a smaller one is certain and means nothing. */
const smallestIndex = 0.1;

/**
 * Watches which kinds of accounts are touched: every thirteen weeks against the year before them.
 *
 * What creeps, such as the age of companies in a list that is never renewed, is no news and does not come up. An alert needs both, an index that chance does not give within the budget and a shift that is large enough to matter.
 * The alert names the bin that moved most.
 */
export function watchFeatures(book: WatchedBook): DriftAlert[] {
  const found = book.traits.flatMap((trait) => {
    const share = spendable(falseAlarmBudget.features, quarterWeeks) / book.traits.length;
    const quarter = trait.quarters.findIndex((after, at) => {
      if (at < quartersBefore) return false;
      const { index, chance } = stabilityTest(yearBefore(trait, at), after);
      return index >= smallestIndex && chance <= share;
    });
    return quarter < 0 ? [] : [featureAlert(book, trait, quarter)];
  });
  return found.sort((a, b) => (b.index ?? 0) - (a.index ?? 0) || (a.id < b.id ? -1 : 1));
}

function featureAlert(book: WatchedBook, trait: WatchedTrait, quarter: number): DriftAlert {
  const before = yearBefore(trait, quarter);
  const after = trait.quarters[quarter]!;
  const n = after.reduce((sum, count) => sum + count, 0);
  const all = before.reduce((sum, count) => sum + count, 0);
  const moved = trait.bins.map((_, bin) => {
    const [p, q] = [(before[bin]! + 0.5) / (all + 1), (after[bin]! + 0.5) / (n + 1)];
    return (p - q) * Math.log(p / q);
  });
  const bin = moved.indexOf(Math.max(...moved));
  const group = {
    ...{ id: `trait ${trait.key}`, label: trait.bins[bin]!, kind: 'criterion' as const },
    ...{ criteria: [trait.key], tierOneShare: null },
  };
  const expected = before[bin]! / all;
  const observed = rateOf(after[bin]!, n);
  const since = (quarter - quartersBefore) * quarterWeeks;
  const alarm = { week: since + quarterWeeks - 1, since };
  return {
    ...alertOf(book, 'features', group, alarm),
    ...{ expected, observed, change: relative(observed, Math.max(expected, 0.5 / all)) },
    index: stabilityTest(before, after).index,
  };
}

/** Accounts by bin in the four quarters before one. */
function yearBefore({ bins, quarters }: WatchedTrait, quarter: number): number[] {
  const year = quarters.slice(quarter - quartersBefore, quarter);
  return bins.map((_, bin) => year.reduce((sum, counts) => sum + counts[bin]!, 0));
}
