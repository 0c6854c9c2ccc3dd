import type { Random } from '../../stats/random.ts';
import type { UnlearntSet } from '../analysis-set.ts';
import { pickTable } from '../fit-learnt.ts';
import { rateOf } from '../rates.ts';
import { quarterNumberOf } from '../segments/quarter-numbers.ts';
import { describePattern } from './describe-pattern.ts';
import { conditionTable } from './search-columns.ts';
import { twoStageSearch } from './two-stage-search.ts';
import type { Pattern } from './types.ts';

const groups = 6;
const mostShown = 6;
/** A profile is worth a flag when it is won at most this share as often as others are. */
const muchRarer = 0.6;

/** Profiles to stay away from: touched accounts that are hardly ever won. */
export function findAntiPatterns(set: UnlearntSet, random: Random): Pattern[] {
  const { fit } = set.training;
  const rows = Uint32Array.from(fit.reached.won.keys()).filter((row) => fit.reached.won[row] !== null);
  const outcome = Uint8Array.from(rows, (row) => (fit.reached.won[row] === 1 ? 0 : 1));
  if (rows.length < 40) return [];
  const expected = new Float64Array(rows.length).fill(outcome.reduce((sum, not) => sum + not, 0) / rows.length);
  const table = conditionTable(pickTable(fit.table, rows), groups);
  const quarter = Int32Array.from(rows, (row) => quarterNumberOf(fit.touchedAt[row]!));
  return twoStageSearch({ table, outcome, expected, quarter }, random)
    .map((found): Pattern => {
      const said = describePattern('low win rate', table, outcome, found);
      const wins = found.members.length - found.members.reduce((sum, at) => sum + outcome[at]!, 0);
      return {
        ...said,
        winRate: rateOf(wins, found.members.length),
        overallWinRate: rateOf(rows.length - outcome.reduce((sum, not) => sum + not, 0), rows.length),
        ...{ cycle: null, overallCycle: null, goneDark: null, priceRealised: null },
        recommendation: {
          act: 'filter',
          text: 'Filter: leave them to inbound, or ask for a reason before working them',
        },
      };
    })
    .filter(({ winRate, overallWinRate }) => (winRate?.v ?? 1) <= muchRarer * (overallWinRate?.v ?? 0))
    .slice(0, mostShown);
}
