import assert from 'node:assert/strict';
import { it } from 'node:test';
import { staleCriteria } from '../../../src/icp/drift/stale-criteria.ts';

const day = 86_400_000;
const criteria = [
  { key: 'size', label: 'Size', weight: 0.2 },
  { key: 'industry', label: 'Industry', weight: 0.5 },
  { key: 'stack', label: 'Stack', weight: 0.3 },
];

it('lists the criteria whose window is over, heaviest first, and those that never were validated', () => {
  const stale = staleCriteria(criteria, { size: 0, industry: 190 * day }, 200 * day);
  assert.deepEqual(
    stale.map(({ key, days }) => [key, days]),
    [
      ['stack', null],
      ['size', 200],
    ],
  );
});

it('takes a validation at the very end of the window, and a window of one day', () => {
  const all = { size: 0, industry: 0, stack: 0 };
  assert.deepEqual(staleCriteria(criteria, all, 180 * day), []);
  assert.equal(staleCriteria(criteria, all, 2 * day, 1).length, 3);
  assert.deepEqual(staleCriteria([], {}, 0), []);
});
