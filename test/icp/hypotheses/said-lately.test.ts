import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { saidLately } from '../../../src/icp/hypotheses/said-lately.ts';
import { createRandom } from '../../../src/stats/random.ts';

const dayMs = 86_400_000;
const asOf = Date.parse('2026-10-01');

interface TurnedDown {
  status: 'rejected';
  decidedAt: number;
  rejectReason: string | null;
}

/** A lead that was turned down so many days ago. */
function lead(daysAgo: number, rejectReason: string | null): TurnedDown {
  return { status: 'rejected', decidedAt: asOf - daysAgo * dayMs, rejectReason };
}

/** Turned down evenly over two years, for reasons drawn with these weights by how long ago it was. */
function book(seed: number, weightsOf: (daysAgo: number) => readonly [number, number, number]): TurnedDown[] {
  const random = createRandom(seed);
  const reasons = ['too small', 'not now', 'no outbound team'] as const;
  return Array.from({ length: 800 }, () => {
    const daysAgo = random.between(1, 728);
    return lead(daysAgo, random.weighted(reasons, weightsOf(daysAgo)));
  });
}

describe('what is said lately', () => {
  it('names the reason that has become a habit, with how often it was given before, and no other', () => {
    const found = saidLately(
      book(1, (daysAgo) => (daysAgo < 180 ? [3, 4, 4] : [4, 5, 1])),
      asOf,
    );
    assert.deepEqual([...found.keys()], ['no outbound team']);
    const { lately, before, p } = found.get('no outbound team')!;
    assert.ok(lately.low > before.high && p <= 0.05, `${lately.v} and ${before.v}`);
  });

  it('names hardly ever anything where reps have kept to their ways', () => {
    const loud = Array.from(
      { length: 40 },
      (_, seed) =>
        saidLately(
          book(seed + 10, () => [4, 5, 1]),
          asOf,
        ).size,
    );
    assert.ok(loud.filter((size) => size > 0).length <= 5, `${loud}`);
  });

  it('says nothing of reasons that nobody gave, or where hardly any lead was turned down', () => {
    assert.equal(saidLately([], asOf).size, 0);
    assert.equal(
      saidLately(
        Array.from({ length: 60 }, (_, at) => lead(10 * at, null)),
        asOf,
      ).size,
      0,
    );
    assert.equal(saidLately(book(2, () => [1, 1, 1]).slice(0, 30), asOf).size, 0);
  });
});
