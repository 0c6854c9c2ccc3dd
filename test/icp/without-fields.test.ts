import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TrainingSet } from '../../src/icp/training-set.ts';
import type { Feature, FeatureTable } from '../../src/icp/types.ts';
import { withoutFields } from '../../src/icp/without-fields.ts';

const feature = (key: string, field: string): Feature => ({
  ...{ key, label: key, layer: 'firmographic', part: 'fit', type: 'number', field },
});
const table: FeatureTable = {
  features: [feature('a', 'a'), feature('b_one', 'b'), feature('c', 'c'), feature('b_two', 'b')],
  accountIds: ['x'],
  columns: [[1], [2], [3], [4]],
};
const set: TrainingSet = {
  ...{ book: 'main', asOf: 0, timeKind: 'dates', reference: table, historyDays: null, suspects: [] },
  fit: { table, touchedAt: [0], reached: { accepted: [1], qualified: [1], won: [1], expanded: [null] }, churned: [0] },
  timing: { table, fitRow: [0], landmarkAt: [0], won: [1] },
  counts: { accounts: 1, touched: 1, won: 1, lost: 0, churnedAfterUse: 0, expanded: 0 },
};

describe('withoutFields', () => {
  it('takes every feature of a field out of all three tables, with its column', () => {
    const narrowed = withoutFields(set, [{ field: 'b', reason: 'too good' }]);
    for (const { features, columns } of [narrowed.fit.table, narrowed.timing.table, narrowed.reference]) {
      assert.deepEqual(
        [features.map(({ key }) => key), columns],
        [
          ['a', 'c'],
          [[1], [3]],
        ],
      );
    }
    assert.deepEqual(narrowed.suspects, [{ field: 'b', reason: 'too good' }]);
    assert.equal(set.fit.table.features.length, 4, 'and leaves the one it was given alone');
  });

  it('is the same set when nothing is suspect, and when the suspect field is not there', () => {
    assert.equal(withoutFields(set, []), set);
    assert.deepEqual(withoutFields(set, [{ field: 'z', reason: '' }]).fit, set.fit);
  });
});
