import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { createHashSample, hashOf } from '../../../src/icp/features/hash-sample.ts';

const sampleOf = (ids: readonly string[], cap: number, weight = 1): string[] => {
  const sample = createHashSample<string>(cap);
  for (const id of ids) sample.add(id, id, weight);
  return sample.finish().map(({ item }) => item);
};

const ids = Array.from({ length: 500 }, (_, index) => `a${index}`);

it('keeps everything up to the cap and as many as the cap beyond it', () => {
  assert.deepEqual(sampleOf(ids, 500), [...ids].sort());
  assert.equal(sampleOf(ids, 100).length, 100);
  assert.equal(sampleOf(ids, 100, 3).length, 33);
  assert.deepEqual(sampleOf([], 10), []);
});

it('keeps the same whatever the order, and the smaller sample within the larger', () => {
  const order = fc.shuffledSubarray(ids, { minLength: ids.length });
  fc.assert(
    fc.property(order, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 4 }), (shuffled, cap, weight) => {
      const kept = sampleOf(shuffled, cap, weight);
      assert.deepEqual(kept, sampleOf(ids, cap, weight));
      const larger = new Set(sampleOf(ids, cap + 20, weight));
      assert.ok(kept.every((id) => larger.has(id)));
    }),
    { numRuns: 30 },
  );
});

it('wants no id that it would not keep', () => {
  const sample = createHashSample<string>(10);
  for (const id of ids) if (sample.wants(id)) sample.add(id, id, 1);
  assert.deepEqual(
    sample.finish().map(({ id }) => id),
    sampleOf(ids, 10),
  );
});

it('spreads near ids evenly', () => {
  const halves = Array.from({ length: 10_000 }, (_, index) => hashOf(`account-${index}`) < 2 ** 31);
  const share = halves.filter(Boolean).length / halves.length;
  assert.ok(Math.abs(share - 0.5) < 0.02, String(share));
});
