import assert from 'node:assert/strict';
import { keptValues } from '../../src/icp/publishing/diff-values.ts';
import type { CrmCell } from '../../src/store/schema/crm.ts';
import type { OrgState } from './org-state.ts';

/** A row of a plan, as it stands in the end. */
export interface EndedRow {
  recordId: string;
  state: string;
  code: string | null;
  reason: string | null;
  before: Readonly<Record<string, CrmCell>>;
  after: Readonly<Record<string, CrmCell>>;
}

/**
 * Holds an org against the rows of a plan: what is written has the new values, what is not has the old ones and a reason, and
 * what is not in the plan was never touched.
 *
 * @param most updates that a row may have had beyond its first
 * @returns updates beyond one a row, of all rows together
 */
export function checkRows(rows: readonly EndedRow[], state: OrgState, most: number): number {
  const planned = new Map(rows.map((row) => [row.recordId, row]));
  let again = 0;
  for (const [id, { values, updates }] of Object.entries(state)) {
    const row = planned.get(id);
    planned.delete(id);
    if (row === undefined) {
      assert.equal(updates, 0, `${id} is not in the plan and was written`);
      continue;
    }
    const isWritten = row.state === 'written';
    assert.deepEqual(
      values,
      keptValues(isWritten ? row.after : row.before),
      `${id} is ${row.state} and has other values`,
    );
    if (isWritten) assert.ok(updates >= 1 && updates <= 1 + most, `${id} was written ${updates} times`);
    else assert.ok(row.reason !== null && row.reason !== '', `${id} is ${row.state} and nobody knows why`);
    if (row.state === 'set aside') assert.match(row.code ?? '', /^[A-Z_]+$/, `${id} has no code`);
    assert.ok(['written', 'set aside', 'left out'].includes(row.state), `${id} is still ${row.state}`);
    again += Math.max(0, updates - 1);
  }
  assert.deepEqual([...planned.keys()], [], 'records of the plan are not in the org');
  return again;
}
