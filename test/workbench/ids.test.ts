import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createIds } from '../../src/workbench/slack/ids.ts';

describe('ids', () => {
  it('of a later run are none of those of an earlier one, which an app may remember', () => {
    const started = Date.UTC(2026, 9, 1);
    const first = createIds(() => started);
    const used = new Set(Array.from({ length: 1000 }, () => first.next('Ev')));
    assert.equal(used.size, 1000);
    const later = createIds(() => started + 60_000);
    for (let n = 0; n < 1000; n += 1) assert.ok(!used.has(later.next('Ev')));
  });
});
