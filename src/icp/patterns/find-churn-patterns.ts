import type { Random } from '../../stats/random.ts';
import type { UnlearntSet } from '../analysis-set.ts';
import { pickTable } from '../fit-learnt.ts';
import { factsByRow } from '../segments/stage-excess.ts';
import { describePattern } from './describe-pattern.ts';
import { conditionTable } from './search-columns.ts';
import { twoStageSearch } from './two-stage-search.ts';
import type { Pattern } from './types.ts';

const groups = 6;
/** Left more often than this: better not sold to. */
const mostLeave = 0.5;

/** Kinds of customers who leave after use, among those old enough to tell. */
export function findChurnPatterns(set: UnlearntSet, random: Random): Pattern[] {
  const { fit } = set.training;
  const rows = Uint32Array.from(fit.churned.keys()).filter((row) => fit.churned[row] !== null);
  if (rows.length < 40) return [];
  const facts = factsByRow(set);
  const outcome = Uint8Array.from(rows, (row) => fit.churned[row] ?? 0);
  const rate = outcome.reduce((sum, left) => sum + left, 0) / rows.length;
  const expected = new Float64Array(rows.length).fill(rate);

  const since = Array.from(rows, (row) => facts[row]?.customerSince ?? fit.touchedAt[row]!);
  const quarter = quartersOf(since);
  const table = conditionTable(pickTable(fit.table, rows), groups);
  return twoStageSearch({ table, outcome, expected, quarter }, random).map((found) => {
    const said = describePattern('churn', table, outcome, found);
    const act = said.rate.low > mostLeave ? 'filter' : 'playbook';
    return {
      ...said,
      ...{ winRate: null, overallWinRate: null, cycle: null, overallCycle: null, goneDark: null, priceRealised: null },
      recommendation: {
        act,
        text:
          act === 'filter'
            ? 'Filter: hold these back in the score and ask what they want it for before selling'
            : 'Playbook: a named person for their first ninety days, and a check of use before the renewal',
      },
    };
  });
}

/** Ten groups of about equal size in order of time. */
function quartersOf(at: readonly number[]): Int32Array {
  const order = [...at.keys()].sort((a, b) => at[a]! - at[b]! || a - b);
  const groupsOfTime = new Int32Array(at.length);
  for (const [rank, row] of order.entries()) groupsOfTime[row] = Math.floor((rank * 10) / at.length);
  return groupsOfTime;
}
