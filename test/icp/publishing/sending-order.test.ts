import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canaryFails, canaryRows, inSendingOrder } from '../../../src/icp/publishing/sending-order.ts';

describe('the order of sending', () => {
  it('has every row once, a sample from all owners first, and the rest owner by owner', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 40 }), (n, owners) => {
        const rows = Array.from({ length: n }, (_, nth) => ({
          recordId: String(nth),
          beside: String((nth * 7) % owners),
        }));
        const ordered = inSendingOrder(rows);
        assert.deepEqual(
          ordered.map(({ recordId }) => Number(recordId)).sort((a, b) => a - b),
          rows.map((_, nth) => nth),
        );
        const rest = ordered.slice(canaryRows).map(({ beside }) => beside);
        assert.deepEqual(rest, rest.toSorted());
        if (n >= canaryRows && owners <= 20) {
          const sampled = new Set(ordered.slice(0, canaryRows).map(({ beside }) => beside));
          assert.equal(sampled.size, new Set(rows.map(({ beside }) => beside)).size);
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('stops at more than two in a hundred, and never for a single row', () => {
    assert.deepEqual(
      [canaryFails(4, 200), canaryFails(5, 200), canaryFails(1, 1), canaryFails(2, 3), canaryFails(0, 0)],
      [false, true, false, true, false],
    );
  });
});
