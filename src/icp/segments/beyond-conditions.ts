import { sigmoid } from '../../stats/models/logistic.ts';
import { type SubgroupPart, unknownBin } from '../../stats/patterns/subgroup.ts';
import { conjunctionTest } from '../../stats/tests/conjunction-test.ts';
import type { ConditionTable } from '../patterns/search-columns.ts';
import type { StageExcess } from './stage-excess.ts';

/**
 * Whether members did better at each step than their conditions, one by one, add up to: standard errors above expectation.
 *
 * With few events chance is lopsided; `skew` says how much, for correcting the p-value (Cornish and Fisher).
 *
 * Only accounts of which all conditions are known are compared: what is blank in a CRM is blank for reasons.
 *
 * @param among the accounts to look at
 */
export function beyondConditions(
  table: ConditionTable,
  excess: StageExcess,
  parts: readonly SubgroupPart[],
  among: Uint32Array,
): { z: number; n: number; skew: number } {
  const inside = new Uint8Array(excess.won.length);
  for (const row of among) {
    inside[row] = parts.every(({ column }) => table.columns[column]![row] !== unknownBin) ? 1 : 0;
  }
  const size = excess.steps.reduce((sum, { rows }) => sum + rows.length, 0);
  const outcome = new Uint8Array(size);
  const offset = new Float64Array(size);
  const group = new Uint8Array(size);
  const picked = new Uint32Array(size);
  let count = 0;
  for (const [step, { rows, outcome: happened, logOdds }] of excess.steps.entries()) {
    for (let at = 0; at < rows.length; at++) {
      if (inside[rows[at]!] === 0) continue;
      outcome[count] = happened[at]!;
      offset[count] = logOdds[at]!;
      group[count] = step;
      picked[count++] = rows[at]!;
    }
  }
  const conditions = parts.map(({ column, from, to }) => {
    const bins = table.columns[column]!;
    return Uint8Array.from(picked.subarray(0, count), (row) => (bins[row]! >= from && bins[row]! <= to ? 1 : 0));
  });
  let n = 0;
  let variance = 0;
  for (let at = 0; at < count; at++) {
    if (!conditions.every((holds) => holds[at] === 1)) continue;
    n++;
    const p = sigmoid(offset[at]!);
    variance += p * (1 - p);
  }
  const z = conjunctionTest({
    outcome: outcome.subarray(0, count),
    offset,
    group,
    groups: excess.steps.length,
    conditions,
  });
  return { z, n, skew: variance > 0 ? 1 / Math.sqrt(variance) : 0 };
}
