import { stabilityTest } from '../../stats/drift/stability-test.ts';
import { falseAlarmBudget, spendable } from './budget.ts';
import type { DriftAlert } from './drift-findings.ts';
import { alertOf, rateOf, relative } from './rate-alerts.ts';
import type { WatchedBook, WatchedTrait } from './watched-book.ts';

const quarterWeeks = 13;
/** By custom, the smallest index that matters: with thousands of accounts a smaller one is certain and means nothing. */
const smallestIndex = 0.1;

/**
 * Watches which kinds of accounts are touched: every thirteen weeks against those from before the watch.
 *
 * An alert needs both, an index that chance does not give within the budget and a shift that is large enough to matter.
 * The alert names the bin that moved most.
 */
export function watchFeatures(book: WatchedBook): DriftAlert[] {
  const found = book.traits.flatMap((trait) => {
    const share = spendable(falseAlarmBudget.features, quarterWeeks) / book.traits.length;
    const quarter = trait.quarters.findIndex((after) => {
      const { index, chance } = stabilityTest(trait.before, after);
      return index >= smallestIndex && chance <= share;
    });
    return quarter < 0 ? [] : [featureAlert(book, trait, quarter)];
  });
  return found.sort((a, b) => (b.index ?? 0) - (a.index ?? 0) || (a.id < b.id ? -1 : 1));
}

function featureAlert(book: WatchedBook, trait: WatchedTrait, quarter: number): DriftAlert {
  const after = trait.quarters[quarter]!;
  const n = after.reduce((sum, count) => sum + count, 0);
  const all = trait.before.reduce((sum, count) => sum + count, 0);
  const moved = trait.bins.map((_, bin) => {
    const [p, q] = [(trait.before[bin]! + 0.5) / (all + 1), (after[bin]! + 0.5) / (n + 1)];
    return (p - q) * Math.log(p / q);
  });
  const bin = moved.indexOf(Math.max(...moved));
  const group = {
    ...{ id: `trait ${trait.key}`, label: trait.bins[bin]!, kind: 'criterion' as const },
    ...{ criteria: [trait.key], tierOneShare: null },
  };
  const expected = trait.before[bin]! / all;
  const observed = rateOf(after[bin]!, n);
  const alarm = { week: (quarter + 1) * quarterWeeks - 1, since: quarter * quarterWeeks };
  return {
    ...alertOf(book, 'features', group, alarm),
    ...{ expected, observed, change: relative(observed, Math.max(expected, 0.5 / all)) },
    index: stabilityTest(trait.before, after).index,
  };
}
