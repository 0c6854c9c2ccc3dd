import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { firstLines } from '../../../src/engine/ingest/first-lines.ts';

describe('firstLines', () => {
  it('tells what a map of the keys would tell', () => {
    const keys = fc.array(fc.string({ maxLength: 3 }), { maxLength: 400 });
    fc.assert(
      fc.property(keys, (list) => {
        const seen = firstLines();
        const map = new Map<string, number>();
        for (const [at, key] of list.entries()) {
          assert.equal(seen.note(key, at + 1), map.get(key) ?? null);
          if (!map.has(key)) map.set(key, at + 1);
        }
      }),
    );
  });

  it('mistakes none of 300,000 similar keys for another, and remembers the line of each', () => {
    const seen = firstLines();
    for (let at = 1; at <= 300_000; at += 1) assert.equal(seen.note(`0015e00000${at}`, at), null);
    for (let at = 1; at <= 300_000; at += 997) assert.equal(seen.note(`0015e00000${at}`, 1), at);
  });
});
