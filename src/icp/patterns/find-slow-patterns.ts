import { sumRows } from '../../stats/patterns/sum-rows.ts';
import type { Random } from '../../stats/random.ts';
import { normalTail } from '../../stats/tests/normal-tail.ts';
import { dayMs } from '../features/calendar.ts';
import { quantileOf, rateOf } from '../rates.ts';
import { quarterNumberOf } from '../segments/quarter-numbers.ts';
import type { Instant } from '../types.ts';
import { cycleOf, dealFigures } from './deal-figures.ts';
import type { DealTable } from './deal-table.ts';
import { describePattern } from './describe-pattern.ts';
import type { Losses } from './find-loss-patterns.ts';
import { conditionTable } from './search-columns.ts';
import { twoStageSearch } from './two-stage-search.ts';
import type { Pattern } from './types.ts';

const groups = 6;
const mostShown = 6;
const level = 0.01;

/**
 * Conditions under which deals take longer than three in four others do.
 *
 * Those that are also lost more often than their accounts let expect are loss patterns: much time for little. The others are profiles to plan for.
 */
export function findSlowPatterns(
  { closed, table: features }: DealTable,
  losses: Losses,
  asOf: Instant,
  random: Random,
): { losses: Pattern[]; anti: Pattern[] } {
  const days = closed.map(({ openedAt, closedAt }) => ((closedAt ?? openedAt) - openedAt) / dayMs);
  const long = quantileOf(days, 0.75);
  if (closed.length < 40 || long === null || long <= 0) return { losses: [], anti: [] };
  const outcome = Uint8Array.from(days, (value) => (value > long ? 1 : 0));
  const expected = new Float64Array(days.length).fill(outcome.reduce((sum, slow) => sum + slow, 0) / days.length);
  const table = conditionTable(features, groups);
  // By the day of opening: slow deals that are still open would make the last quarters look quick by the day of closing.
  const quarter = Int32Array.from(closed, ({ openedAt }) => quarterNumberOf(openedAt));
  const allWon = closed.filter(({ deal }) => deal.outcome === 'won').length;
  const scores = {
    excess: losses.expected.map((p, at) => losses.lost[at]! - p),
    variance: losses.expected.map((p) => p * (1 - p)),
  };
  const failing: Pattern[] = [];
  const anti: Pattern[] = [];
  for (const found of twoStageSearch({ table, outcome, expected, quarter }, random)) {
    const mine = Array.from(found.members, (at) => closed[at]!);
    const won = mine.filter(({ deal }) => deal.outcome === 'won').length;
    const lost = mine.length - won;
    const mostlyFails = normalTail(sumRows(found.members, scores).z) <= level;
    const pattern: Pattern = {
      ...describePattern(mostlyFails ? 'loss' : 'long cycle', table, outcome, found),
      ...dealFigures(mine, [], asOf),
      overallWinRate: rateOf(allWon, closed.length),
      overallCycle: cycleOf(closed),
      recommendation: {
        act: 'playbook',
        text: mostlyFails
          ? 'Playbook: agree on the decision process, a date and a floor for the price before the first proposal, or let go early'
          : 'Playbook: plan for the longer cycle and keep them out of the forecast of this quarter',
      },
    };
    if (!mostlyFails) anti.push(pattern);
    else
      failing.push({
        ...pattern,
        rate: rateOf(lost, mine.length)!,
        overallRate: rateOf(closed.length - allWon, closed.length)!,
      });
  }
  return { losses: failing, anti: anti.slice(0, mostShown) };
}
