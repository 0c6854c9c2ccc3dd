import assert from 'node:assert/strict';
import { checkRows } from './check-rows.ts';
import type { OrgState } from './org-state.ts';
import type { Said } from './task.ts';

interface Outcome {
  said: Said;
  state: OrgState;
}

/**
 * Holds what a publication left behind that was killed against its plan, and against one that nobody disturbed.
 *
 * @param most updates that a row may have had beyond its first
 * @returns updates beyond one a row, of all rows together
 */
export function checkPublished({ said, state }: Outcome, clean: Outcome, most: number): number {
  assert.equal(said.what, 'published');
  if (said.what !== 'published') return 0;
  assert.equal(said.openJobs, 0, 'a job was left open');
  for (const row of said.rows) assert.equal(row.state, 'written', `${row.recordId}: ${row.reason}`);
  const again = checkRows(said.rows, state, most);
  assert.deepEqual(withoutRun(state), withoutRun(clean.state), 'the org is not that of a run that was not disturbed');
  return again;
}

function withoutRun(state: OrgState): object {
  return Object.fromEntries(
    Object.entries(state).map(([id, { values }]) => [id, { ...values, ICP_Run_Id__c: values.ICP_Run_Id__c !== null }]),
  );
}
