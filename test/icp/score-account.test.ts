import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findBin, scoreAccount } from '../../src/icp/score-account.ts';
import { layers } from '../../src/icp/types.ts';
import { aBin, aCriterion, aModel, anyModel, anyValues } from '../support/a-model.ts';

const nothing = () => null;

/** A model whose accounts all match the detractor as given: odds chosen so that (o - o0) / (o + o0) is that match. */
function matching(match: number, base: number) {
  const odds = match === 1 ? Number.MAX_VALUE : (1 + match) / (1 - match);
  const intercept = match === 1 ? 400_000 : Math.log(odds) * 1000;
  const detractor = { intercept, baseOdds: 1, baseRate: 0.5, k: 0.75, flagAt: 0.4, events: 30, rows: 100 };
  return aModel({ base, detractor });
}

describe('scoreAccount', () => {
  for (const [score, tier] of [
    [70.1, 1],
    [70.0, 2],
    [40.0, 2],
    [39.9, 3],
    [100, 1],
    [0, 3],
  ] as const) {
    it(`puts ${score.toFixed(1)} into tier ${tier}`, () => {
      const scored = scoreAccount(aModel({ base: Math.round(score * 10) }), nothing);
      assert.equal(scored.score, Math.round(score * 10));
      assert.equal(scored.tier, tier);
    });
  }

  it('reads the tier off the printed score, not off the fit part', () => {
    // 71.0 x 0.987 = 70.077, printed 70.1; 71.0 x 0.986 = 70.006, printed 70.0.
    assert.deepEqual(tierAt(710, 13 / 750), [701, 1]);
    assert.deepEqual(tierAt(710, 14 / 750), [700, 2]);
    function tierAt(base: number, match: number) {
      const { score, tier } = scoreAccount(matching(Math.round(match * 1000) / 1000, base), nothing);
      return [score, tier];
    }
  });

  it('lets a full match take three quarters: 100 becomes 25.0, and 58 becomes 14.5', () => {
    const perfect = scoreAccount(matching(1, 1000), nothing);
    assert.deepEqual([perfect.match, perfect.multiplier, perfect.score, perfect.tier], [1000, 250, 250, 3]);
    assert.equal(scoreAccount(matching(1, 580), nothing).score, 145);
  });

  it('holds a flagged account at tier 2 by a printed rule, with its score as it was', () => {
    const flagged = scoreAccount(matching(0.4, 1000), nothing);
    assert.deepEqual([flagged.score, flagged.flagged, flagged.tier], [700, true, 2]);
    // A mild k leaves a flagged account above the cut: then the rule is what holds it.
    const detractor = { ...matching(0.4, 1000).detractor!, k: 0.25 };
    const held = scoreAccount(aModel({ base: 1000, detractor }), nothing);
    assert.deepEqual([held.score, held.tier], [900, 2]);
    assert.match(held.tierRule ?? '', /flagged.*tier 2 at most/);
    const free = scoreAccount(aModel({ base: 1000, detractor: { ...detractor, flagAt: 0.401 } }), nothing);
    assert.deepEqual([free.score, free.tier, free.tierRule], [900, 1, null]);
  });

  it('does not lift a flagged account of tier 3, nor print the rule there', () => {
    const low = scoreAccount(matching(0.9, 500), nothing);
    assert.deepEqual([low.flagged, low.tier, low.tierRule], [true, 3, null]);
  });

  it('takes nothing for an account that is no more churn-like than the average customer', () => {
    const detractor = { ...matching(0, 600).detractor!, intercept: -1_000 };
    const { match, multiplier, score, churn } = scoreAccount(aModel({ base: 600, detractor }), nothing);
    assert.deepEqual([match, multiplier, score], [0, 1000, 600]);
    assert.ok(Math.abs((churn ?? 0) - 1 / (1 + Math.E)) < 1e-12, 'logit of -1');
  });

  it('multiplies by 1 where churn cannot be estimated', () => {
    const { churn, match, multiplier, flagged } = scoreAccount(aModel(), nothing);
    assert.deepEqual([churn, match, multiplier, flagged], [null, 0, 1000, false]);
  });

  it('folds layer caps into the clamp, and prints each layer at its cap', () => {
    const present = (points: number) => [aBin({ kind: 'is', values: ['present'] }, points)];
    const model = aModel({
      base: 0,
      layerCaps: { firmographic: 300, technographic: 250, behavioural: 300, pain: 150 },
      criteria: [
        aCriterion('a', present(250)),
        aCriterion('b', present(250)),
        aCriterion('c', present(200), { layer: 'pain' }),
        aCriterion('d', present(-50), { layer: 'technographic' }),
      ],
    });
    const scored = scoreAccount(model, () => 'present');
    assert.deepEqual(scored.layers, { firmographic: 300, technographic: -50, behavioural: 0, pain: 150 });
    assert.equal(scored.positive, 400);
    assert.equal(scored.clamp, 400 - 650);
  });

  it('adds nothing for a level or a number that is in no bin', () => {
    const only = aCriterion('industry', [aBin({ kind: 'is', values: ['SaaS'] }, 80)]);
    const sized = aCriterion('size', [aBin({ kind: 'range', from: 50, to: 501 }, 90)], { type: 'number' });
    const read = (values: Record<string, string | number>) => (key: string) => values[key] ?? null;
    const model = aModel({ criteria: [only, sized] });
    assert.equal(scoreAccount(model, read({ industry: 'whaling', size: 501 })).positive, 500);
    assert.equal(scoreAccount(model, read({ industry: 'SaaS', size: 50 })).positive, 670);
    assert.equal(scoreAccount(model, read({ size: 500 })).positive, 590);
    assert.equal(scoreAccount(model, nothing).positive, 500);
  });

  it('puts an unseen level into the other bin, and unknown never into it', () => {
    const criterion = aCriterion('industry', [
      aBin({ kind: 'other' }, -20),
      aBin({ kind: 'is', values: ['SaaS'] }, 80),
      aBin({ kind: 'unknown' }, -5),
    ]);
    assert.equal(findBin(criterion, 'whaling')?.points, -20);
    assert.equal(findBin(criterion, 'SaaS')?.points, 80);
    assert.equal(findBin(criterion, null)?.points, -5);
    assert.equal(findBin({ ...criterion, bins: criterion.bins.slice(0, 2) }, null), null);
  });

  for (const [values, atLeast, expected] of [
    [['present', 'absent', 'absent'], 1, 'present'],
    [['absent', 'absent', 'absent'], 1, 'absent'],
    [['absent', 'absent', null], 1, null],
    [['present', null, null], 2, null],
    [['present', 'absent', null], 2, null],
    [['present', 'absent', 'absent'], 2, 'absent'],
    [['present', 'present', null], 2, 'present'],
    [[null, null, null], 1, null],
  ] as const) {
    it(`reads ${values.map(String).join(', ')} as ${expected} when ${atLeast} must be there`, () => {
      const model = aModel({
        criteria: [aCriterion('several', [aBin({ kind: 'is', values: ['present'] }, 10)])],
        derived: [{ key: 'several', of: ['0', '1', '2'], atLeast }],
      });
      assert.equal(scoreAccount(model, (key) => values[Number(key)] ?? null).hits[0]?.value, expected);
    });
  }

  it('adds up, to the last digit, for any model and any account', () => {
    fc.assert(
      fc.property(anyModel, anyValues, (model, values) => {
        const scored = scoreAccount(model, (key) => values[key] ?? null);
        const points = scored.hits.reduce((sum, { bin }) => sum + (bin?.points ?? 0), 0);
        assert.equal(model.base + points + scored.clamp, scored.positive);
        assert.ok(scored.positive >= 0 && scored.positive <= 1000);
        assert.ok(
          [scored.positive, scored.clamp, scored.match, scored.multiplier, scored.score].every(Number.isInteger),
        );
        // Half up, in integers: no float is asked.
        assert.equal(scored.score, Math.floor((2 * scored.positive * scored.multiplier + 1000) / 2000));
        assert.ok(scored.match >= 0 && scored.match <= 1000 && scored.score <= scored.positive && scored.score >= 0);
        const byLayer = layers.reduce((sum, layer) => sum + scored.layers[layer], 0);
        assert.equal(scored.positive, Math.min(1000, Math.max(0, model.base + byLayer)));
        for (const layer of layers)
          assert.ok(scored.layers[layer] <= (model.layerCaps?.[layer] ?? Number.POSITIVE_INFINITY));
        if (scored.flagged) assert.ok(scored.tier >= 2);
      }),
      { numRuns: 2_000 },
    );
  });
});
