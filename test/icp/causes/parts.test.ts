import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { contrastsOf } from '../../../src/icp/causes/contrast.ts';
import { heldEqualFor, isSameThing, isStructural } from '../../../src/icp/causes/order-of-fields.ts';
import { populationOf } from '../../../src/icp/causes/population.ts';
import { rawDifference } from '../../../src/icp/causes/raw-difference.ts';
import type { Feature } from '../../../src/icp/types.ts';
import { customerTable } from '../../../src/market/customer-table.ts';
import { customerSet } from '../../support/customer-set.ts';

function feature(key: string, type: Feature['type'] = 'number', layer: Feature['layer'] = 'firmographic'): Feature {
  return { key, label: key, layer, part: 'fit', type, field: key };
}

describe('the order of fields', () => {
  it('knows what nobody can change', () => {
    for (const key of ['industry', 'sub_industry', 'hq_country', 'region', 'city', 'company_age', 'founded_on']) {
      assert.ok(isStructural(feature(key)), key);
    }
    for (const key of ['employees', 'funding', 'tech_salesforce', 'use_case', 'capacity', 'storage']) {
      assert.ok(!isStructural(feature(key)), key);
    }
  });

  it('takes two measures of one thing for one thing, and two tools for two', () => {
    assert.ok(isSameThing(feature('funding'), feature('funding_amount')));
    assert.ok(isSameThing(feature('country'), feature('city')));
    assert.ok(!isSameThing(feature('tech_salesforce'), feature('tech_salesloft')));
    assert.ok(!isSameThing(feature('employees'), feature('growth_velocity')));
  });

  it('never holds a later layer equal, nor the same thing', () => {
    const features = [
      feature('industry', 'category'),
      feature('employees'),
      feature('funding', 'category'),
      feature('funding_amount'),
      feature('tech_jira', 'flag', 'technographic'),
      feature('tech_slack', 'flag', 'technographic'),
    ];
    assert.deepEqual(heldEqualFor(features[2]!, features), { earlier: [0], alongside: [1] });
    assert.deepEqual(heldEqualFor(features[4]!, features), { earlier: [0, 1, 2, 3], alongside: [5] });
    assert.deepEqual(heldEqualFor(features[0]!, features), { earlier: [], alongside: [] });
  });
});

describe('contrasts', () => {
  it('part a number at its thirds, and at none where many have none', () => {
    const values = Array.from({ length: 90 }, (_, row) => (row < 30 ? 0 : row));
    const names = contrastsOf(feature('amount'), values, 20).map((contrast) => contrast.with);
    assert.equal(names[0], 'amount above 0');
    assert.ok(names.length >= 2);
  });

  it('leave out what too few have, and have no opinion on unknown', () => {
    const values = [...Array.from({ length: 50 }, () => 'a'), ...Array.from({ length: 50 }, () => 'b'), 'c', null];
    const contrasts = contrastsOf(feature('kind', 'category'), values, 10);
    assert.deepEqual(
      contrasts.map((contrast) => contrast.with),
      ['kind is a', 'kind is b'],
    );
    assert.equal(contrasts[0]?.of(null), null);
  });

  it('have both sides filled, whatever the numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 80 }), (values) =>
        contrastsOf(feature('x'), values, 3).every((contrast) => {
          const sides = values.map((value) => contrast.of(value));
          return sides.filter((side) => side === 1).length >= 3 && sides.filter((side) => side === 0).length >= 3;
        }),
      ),
    );
  });
});

describe('the people that an outcome is judged on', () => {
  const table = customerTable({ seed: 2, customers: 300 });
  const set = customerSet(table, 2);

  it('are read in part, and stand for all', () => {
    const { all, sample, accounts, read } = populationOf('winning', set, 800);
    assert.equal(read, 800);
    const weight = sample.weight.reduce((sum, of) => sum + of, 0);
    assert.ok(Math.abs(weight - accounts) < 1e-6);
    const came = sample.at.reduce((sum, at, row) => sum + all.came[at]! * sample.weight[row]!, 0);
    assert.ok(Math.abs(came - 300) < 1e-6);
  });

  it('are customers of half a year for expansion, and nobody where no date is known', () => {
    assert.equal(populationOf('expansion', set, 800).accounts, 300);
    const young = { ...set, training: { ...set.training, asOf: set.training.asOf - 500 * 86_400_000 } };
    assert.equal(populationOf('expansion', young, 800).accounts, 0);
    const undated = { ...set, training: { ...set.training, timeKind: 'order' as const } };
    assert.equal(populationOf('expansion', undated, 800).accounts, 0);
  });

  it('differ by what anybody would count', () => {
    const population = populationOf('expansion', set, 800);
    const at = set.training.fit.table.features.findIndex(({ key }) => key === table.cause.key);
    const column = set.training.fit.table.columns[at]!;
    const found = rawDifference(population, column, contrastsOf(feature('x', 'flag'), column, 30));
    const share = (value: string): number => {
      const of = table.expanded.filter((did, row) => did !== null && column[row] === value);
      return of.filter((did) => did === 1).length / of.length;
    };
    assert.ok(found !== null && Math.abs(found.v - (share('present') - share('absent'))) < 1e-12);
    assert.ok(found.low < found.v && found.v < found.high);
  });
});
