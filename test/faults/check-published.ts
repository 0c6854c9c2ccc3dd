import assert from 'node:assert/strict';
import { keptValues } from '../../src/icp/publishing/diff-values.ts';
import type { OrgState } from './org-state.ts';
import type { Said } from './task.ts';

interface Outcome {
  said: Said;
  state: OrgState;
}

/**
 * Holds what a publication left behind against its plan, and against one that nobody disturbed.
 *
 * @param most updates that a row may have had beyond its first
 * @returns updates beyond one a row, of all rows together
 */
export function checkPublished({ said, state }: Outcome, clean: Outcome, most: number): number {
  assert.equal(said.what, 'published');
  if (said.what !== 'published') return 0;
  assert.equal(said.openJobs, 0, 'a job was left open');
  const planned = new Map(said.rows.map((row) => [row.recordId, row]));
  let again = 0;
  for (const [id, { values, updates }] of Object.entries(state)) {
    const row = planned.get(id);
    if (row === undefined) {
      assert.equal(updates, 0, `${id} is not in the plan and was written`);
      continue;
    }
    assert.equal(row.state, 'written', `${id} is ${row.state}: ${row.reason}`);
    assert.deepEqual(values, keptValues(row.after), `${id} has something else than its plan`);
    assert.ok(updates >= 1 && updates <= 1 + most, `${id} was written ${updates} times`);
    again += updates - 1;
  }
  assert.equal(Object.keys(state).filter((id) => planned.has(id)).length, planned.size, 'records of the plan are gone');
  assert.deepEqual(withoutRun(state), withoutRun(clean.state), 'the org is not that of a run that was not disturbed');
  return again;
}

function withoutRun(state: OrgState): object {
  return Object.fromEntries(
    Object.entries(state).map(([id, { values }]) => [id, { ...values, ICP_Run_Id__c: values.ICP_Run_Id__c !== null }]),
  );
}
