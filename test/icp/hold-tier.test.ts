import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type HeldTier, holdTier } from '../../src/icp/hold-tier.ts';

const cuts = { primary: 70, nurture: 40 };
const tierOf = (score: number) => (score > 700 ? 1 : score >= 400 ? 2 : 3) as 1 | 2 | 3;

function told(scores: readonly number[]): (1 | 2 | 3)[] {
  let held: HeldTier | null = null;
  return scores.map((score) => {
    held = holdTier(held, { score, tier: tierOf(score) }, cuts);
    return held.tier;
  });
}

describe('the tier that others are told', () => {
  it('is that of the first score, and follows at once where a score is two points past the cut', () => {
    assert.deepEqual(told([650, 720]), [2, 1]);
    assert.deepEqual(told([650, 719]), [2, 2]);
    assert.deepEqual(told([710, 680]), [1, 2]);
    assert.deepEqual(told([410, 380]), [2, 3]);
  });

  it('follows the second run in which a score is just past the cut', () => {
    assert.deepEqual(told([690, 705, 706]), [2, 2, 1]);
    assert.deepEqual(told([705, 699, 698]), [1, 1, 2]);
  });

  it('does not flicker with a score that wavers about the cut from run to run', () => {
    assert.deepEqual(told([690, 705, 695, 705, 695, 705]), [2, 2, 2, 2, 2, 2]);
  });

  it('follows a rule that changes the tier and not the score', () => {
    const held: HeldTier = { tier: 1, leaning: 1, runs: 0 };
    assert.equal(holdTier(held, { score: 900, tier: 2 }, cuts).tier, 2, 'flagged: tier 2 at most, far from any cut');
  });

  it('always ends at the tier of a score that stays where it is, and changes no more often than the score does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 }), (scores) => {
        const last = scores.at(-1) ?? 0;
        const all = told([...scores, last, last]);
        assert.equal(all.at(-1), tierOf(last));
        const changes = (tiers: readonly number[]) =>
          tiers.filter((tier, nth) => nth > 0 && tier !== tiers[nth - 1]).length;
        assert.ok(changes(all) <= changes(scores.map(tierOf)));
      }),
    );
  });
});
