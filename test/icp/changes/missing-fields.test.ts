import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findMissingFields } from '../../../src/icp/changes/find-missing-fields.ts';
import { missingFieldWorth } from '../../../src/icp/changes/missing-field-worth.ts';
import type { IcpModel } from '../../../src/icp/model.ts';
import type { TrainingSet } from '../../../src/icp/training-set.ts';
import type { Feature, FeatureValue } from '../../../src/icp/types.ts';
import { aBin, aCriterion, aModel } from '../../support/a-model.ts';

const rate = (n: number) => ({ v: 0.5, low: 0.4, high: 0.6, n });
const is = (value: string, points: number, n: number) =>
  aBin({ kind: 'is', values: [value] }, points, { rate: rate(n) });
const unknown = (points: number) => aBin({ kind: 'unknown' }, points, { rate: rate(50) });

/** One field in four is worth 30 points more, the others nothing; another moves every account by one point. */
const model: IcpModel = aModel({
  base: 500,
  criteria: [
    aCriterion('industry', [is('SaaS', 300, 25), is('Retail', 0, 75), unknown(0)]),
    aCriterion('region', [is('north', 10, 40), is('south', -10, 60), unknown(0)]),
    aCriterion('visits', [is('present', 300, 9)], { part: 'timing', field: 'signals' }),
    aCriterion('owner', [unknown(0)]),
  ],
});

describe('what a missing field is worth', () => {
  it('is what the score would move on average, and how often the tier would flip, worked out by hand', () => {
    const { fields, tier, score, cannotTell } = missingFieldWorth(model, () => null, { seed: 1 });
    assert.deepEqual([score, tier, cannotTell], [50, 2, ['owner']]);
    assert.deepEqual(
      fields.map(({ field, n }) => [field, n]),
      [
        ['industry', 100],
        ['region', 100],
      ],
    );
    const [industry, region] = fields;
    // A quarter of a thousand draws, give or take four standard errors.
    assert.ok(Math.abs((industry?.tierFlip ?? 0) - 0.25) < 4 * Math.sqrt((0.25 * 0.75) / 1_000));
    assert.ok(Math.abs((industry?.meanChange ?? 0) - 7.5) < 1.7);
    assert.deepEqual([industry?.lowest, industry?.highest], [50, 80]);
    assert.deepEqual([region?.meanChange, region?.tierFlip], [1, 0]);
  });

  it('is asked of what is not known only, and never of what was not seen to happen', () => {
    const known: Record<string, FeatureValue> = { industry: 'SaaS' };
    const { fields } = missingFieldWorth(model, (key) => known[key] ?? null, { seed: 1 });
    assert.deepEqual(
      fields.map(({ field }) => field),
      ['region'],
    );
  });

  it('is the same for the same seed', () => {
    const ask = () => JSON.stringify(missingFieldWorth(model, () => null, { seed: 3 }));
    assert.equal(ask(), ask());
  });
});

describe('the missing fields of a book', () => {
  const features: Feature[] = model.criteria.map(({ key, label, layer, part, type, field }) => ({
    ...{ key, label, layer, part, type, field },
  }));
  const book = (industries: readonly FeatureValue[]): Pick<TrainingSet, 'reference'> => ({
    reference: {
      features,
      accountIds: industries.map((_, nth) => `a${nth}`),
      columns: [industries, industries.map(() => 'north'), industries.map(() => null), industries.map(() => null)],
    },
  });
  const find = (industries: readonly FeatureValue[]) =>
    findMissingFields({ training: book(industries), model, seed: 1 });

  it('are counted with how many accounts would be in another tier', () => {
    const known = [...Array.from({ length: 30 }, () => 'SaaS'), ...Array.from({ length: 30 }, () => 'Retail')];
    const { accounts, fields } = find([...known, ...Array.from({ length: 40 }, () => null)]);
    assert.equal(accounts, 100);
    const [industry] = fields;
    assert.deepEqual([industry?.field, industry?.missing.v, industry?.missing.n], ['industry', 0.4, 100]);
    // Forty accounts of sixty lend what they have: half of them, give or take four standard errors, are SaaS.
    assert.ok(Math.abs((industry?.tierFlip.v ?? 0) - 0.5) < 4 * Math.sqrt((0.25 / 40) * (20 / 60)));
    assert.ok(Math.abs((industry?.accountsMoved ?? 0) - 40 * (industry?.tierFlip.v ?? 0)) <= 0.5);
  });

  it('are nothing where all is known, and cannot be told where hardly anybody has the field', () => {
    assert.deepEqual(find(Array.from({ length: 30 }, () => 'SaaS')).fields, []);
    assert.deepEqual(find(['SaaS', null, null]).cannotTell, ['industry', 'owner']);
  });

  it('are the same for the same seed', () => {
    const industries = Array.from({ length: 200 }, (_, nth) =>
      nth % 3 === 0 ? null : nth % 2 === 0 ? 'SaaS' : 'Retail',
    );
    assert.equal(JSON.stringify(find(industries)), JSON.stringify(find(industries)));
  });
});
