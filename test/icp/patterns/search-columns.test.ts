import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { conditionOf, conditionTable } from '../../../src/icp/patterns/search-columns.ts';
import type { FeatureTable } from '../../../src/icp/types.ts';

/** A thousand companies, one of every age from 0 to 99.9 years. */
const ages: FeatureTable = {
  features: [{ key: 'age', label: 'Age', layer: 'firmographic', part: 'fit', type: 'number', field: 'age' }],
  accountIds: Array.from({ length: 1000 }, (_, row) => `a${row}`),
  columns: [Array.from({ length: 1000 }, (_, row) => row / 10)],
};

describe('columns to look for conditions in', () => {
  it('have groups of about equal size, and near the ends the tails that were asked for', () => {
    const plain = conditionTable(ages, 4).cuts[0]!;
    const withTails = conditionTable(ages, 4, [0.02]).cuts[0]!;
    assert.equal(plain.length, 3);
    assert.deepEqual(
      withTails.filter((cut) => !plain.includes(cut)).map((cut) => Math.round(cut)),
      [2, 98],
    );
    assert.deepEqual(
      withTails,
      withTails.toSorted((a, b) => a - b),
    );
  });

  it('say in words what a tail means, and put every row into the bin that its value lies in', () => {
    const table = conditionTable(ages, 4, [0.02]);
    const { match } = conditionOf(table, { column: 0, from: 0, to: 0 });
    assert.ok(match.kind === 'range' && match.from === null && match.to !== null && match.to <= 2.5);
    const inTail = table.columns[0]!.filter((bin) => bin === 0).length;
    assert.ok(inTail >= 15 && inTail <= 25, `${inTail}`);
  });

  it('has no cut twice where tails and groups meet', () => {
    const cuts = conditionTable(ages, 10, [0.1, 0.05]).cuts[0]!;
    assert.equal(new Set(cuts).size, cuts.length);
  });
});
