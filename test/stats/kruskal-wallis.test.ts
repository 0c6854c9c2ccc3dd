import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { NotEnoughDataError } from '../../src/errors.ts';
import { kruskalWallis } from '../../src/stats/tests/kruskal-wallis.ts';

const reference: { groups: number[][]; h: number; p: number }[] = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../reference/ranks.json'), 'utf8'),
);

describe('kruskalWallis', () => {
  it('says what scipy says, with ties and without', () => {
    for (const { groups, h, p } of reference) {
      const found = kruskalWallis(groups);
      assert.ok(Math.abs(found.h - h) < 1e-9 * Math.max(1, h), `${found.h} beside ${h}`);
      assert.ok(Math.abs(found.p - p) < 1e-9, `${found.p} beside ${p}`);
    }
  });

  it('sees nothing where all numbers are alike', () => {
    assert.deepEqual(
      kruskalWallis([
        [3, 3, 3],
        [3, 3],
      ]),
      { h: 0, p: 1 },
    );
  });

  it('refuses what cannot be compared', () => {
    assert.throws(() => kruskalWallis([[1, 2]]), NotEnoughDataError);
    assert.throws(() => kruskalWallis([[1, 2], []]), NotEnoughDataError);
  });
});
