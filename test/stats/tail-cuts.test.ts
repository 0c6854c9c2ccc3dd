import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { tailCuts } from '../../src/stats/models/tail-cuts.ts';

describe('tailCuts', () => {
  it('cuts a thousand different numbers where their shares say', () => {
    const cuts = tailCuts(Array.from({ length: 1000 }, (_, at) => at));
    assert.deepEqual(cuts, [10, 25, 50, 100, 200, 350, 500, 650, 800, 900, 950, 975, 990]);
  });

  it('rises strictly within the data, and never makes an empty group', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 })), (values) => {
        const cuts = tailCuts(values);
        const edges = [Number.NEGATIVE_INFINITY, ...cuts, Number.POSITIVE_INFINITY];
        for (let group = 1; group < edges.length; group++) {
          const held = values.filter((value) => value >= edges[group - 1]! && value < edges[group]!);
          assert.ok(edges[group]! > edges[group - 1]!);
          assert.ok(values.length === 0 || held.length > 0);
        }
      }),
    );
    assert.deepEqual(tailCuts([]), []);
    assert.deepEqual(tailCuts([3, 3, 3]), []);
  });
});
