import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { binFeatures, binOf, binRows } from '../../src/icp/fit-bins.ts';
import { binLabel } from '../../src/icp/fit-labels.ts';
import { mergeRanges } from '../../src/icp/fit-merge.ts';
import { printedTenths, solveScale } from '../../src/icp/fit-scale.ts';
import type { FeatureTable, FeatureValue } from '../../src/icp/types.ts';
import { aFeature } from './fit-support.ts';

function aTable(type: 'number' | 'category' | 'flag', column: readonly FeatureValue[]): FeatureTable {
  return { features: [aFeature('x', type)], accountIds: column.map((_, row) => `a${row}`), columns: [column] };
}

describe('bins', () => {
  it('put every training value in exactly one bin, unknown in its own', () => {
    const value = fc.option(fc.integer({ min: -40, max: 40 }), { nil: null });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), (column) => {
        const table = aTable('number', column);
        for (const binned of binFeatures(table)) {
          const [bins] = binRows(table, [binned]);
          assert.ok(bins!.every((bin) => bin >= 0));
          for (const [row, bin] of bins!.entries()) {
            assert.equal(binned.matches[bin]?.kind === 'unknown', column[row] === null);
          }
        }
      }),
    );
  });

  it('pool rare levels, and have no bin for what was never seen unless there is a pool', () => {
    const common = Array.from({ length: 40 }, (_, row) => (row % 2 === 0 ? 'a' : 'b'));
    const [plain] = binFeatures(aTable('category', common));
    assert.equal(binOf(plain!.matches, 'c'), -1);
    const [pooled] = binFeatures(aTable('category', [...common, 'c', 'd']));
    assert.deepEqual(pooled!.matches.at(-1), { kind: 'other' });
    assert.equal(binOf(pooled!.matches, 'never seen'), 2);
    assert.equal(binOf(pooled!.matches, null), -1);
  });

  it('leave out columns that say the same of everybody', () => {
    assert.deepEqual(binFeatures(aTable('number', [null, null])), []);
    assert.deepEqual(binFeatures(aTable('flag', ['present', 'present'])), []);
    assert.deepEqual(binFeatures(aTable('number', [3, 3, 3])), []);
    assert.deepEqual(binFeatures({ features: [], accountIds: [], columns: [] }), []);
  });
});

describe('labels', () => {
  const employees = aFeature('employees', 'number', { label: 'Employees' });
  const range = (from: number | null, to: number | null) => ({ kind: 'range', from, to }) as const;

  it('are sentences about an account', () => {
    assert.equal(binLabel(employees, range(50, 200), true), 'Employees 50 to 199');
    assert.equal(binLabel(employees, range(null, 50), true), 'Employees below 50');
    assert.equal(binLabel(employees, range(200, null), true), 'Employees 200 or more');
    assert.equal(binLabel(employees, range(7, 8), true), 'Employees 7');
    assert.equal(binLabel(employees, range(10_000, 25_000), false), 'Employees 10,000 up to 25,000');
    assert.equal(binLabel(employees, range(1_500, 2_501), true), 'Employees 1,500 to 2,500');
    assert.equal(binLabel(employees, range(null, 0.12345), false), 'Employees below 0.12345');
    assert.equal(binLabel(employees, { kind: 'unknown' }, true), 'Employees is not known');
    const flag = aFeature('tech_hubspot', 'flag', { label: 'Uses HubSpot' });
    assert.equal(binLabel(flag, { kind: 'is', values: ['present'] }, false), 'Uses HubSpot');
    assert.equal(binLabel(flag, { kind: 'is', values: ['absent'] }, false), 'No HubSpot in the stack');
    const said = aFeature('said', 'flag', { label: 'Said in public what hurts in the last 90 days' });
    assert.match(binLabel(said, { kind: 'is', values: ['absent'] }, false), /in the last 90 days: no$/);
    const money = aFeature('new_funding', 'flag', { label: 'New funding in the last 90 days' });
    assert.equal(binLabel(money, { kind: 'is', values: ['absent'] }, false), 'No new funding in the last 90 days');
  });

  it('write shares as per cent and leave years as they are', () => {
    const growth = aFeature('growth', 'number', { label: 'Headcount growth in a year', unit: '%' });
    assert.equal(binLabel(growth, range(0.301, 0.362), false), 'Headcount growth in a year 30.1 to 36.2 %');
    assert.equal(binLabel(growth, range(-0.05, 0.07), false), 'Headcount growth in a year -5 to 7 %');
    assert.equal(binLabel(growth, range(12.5, null), false), 'Headcount growth in a year 1,250 % or more');
    const year = aFeature('year', 'number', { label: 'Founding year' });
    assert.equal(binLabel(year, range(1998, 2005), true), 'Founding year 1998 to 2004');
  });
});

describe('joining neighbouring ranges', () => {
  const bins = [0, 10, 20, 30].map((from) => ({ kind: 'range', from, to: from + 10 }) as const);
  const binned = { feature: aFeature('x', 'number'), matches: [...bins, { kind: 'unknown' } as const], ordered: 4 };
  const counts = Float64Array.from([10, 30, 10, 10, 5]);

  it('joins those that say the same, weighted by rows, and never the unknown', () => {
    const joined = mergeRanges(binned, counts, [Float64Array.from([0.1, 0.12, 1, 1, 1])]);
    assert.deepEqual(joined.matches, [
      { kind: 'range', from: 0, to: 20 },
      { kind: 'range', from: 20, to: 40 },
      { kind: 'unknown' },
    ]);
    assert.ok(Math.abs(joined.effects[0]![0]! - 0.115) < 1e-12);
    assert.deepEqual(joined.into, [0, 0, 1, 1, 2]);
  });

  it('keeps apart what one lever tells apart', () => {
    const flat = Float64Array.from([0, 0, 0, 0, 0]);
    const step = Float64Array.from([0, 0, 0.8, 0.8, 0]);
    assert.equal(mergeRanges(binned, counts, [flat, step]).matches.length, 3);
  });
});

describe('the scale', () => {
  it('meets both shares on printed scores when effects are spread evenly, multipliers included', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.boolean(), (spread, punished) => {
        const rows = 2000;
        const bins = [
          Int16Array.from({ length: rows }, (_, row) => row % 40),
          Int16Array.from({ length: rows }, (_, row) => Math.floor(row / 40)),
        ];
        const effects = [
          Float64Array.from({ length: 40 }, (_, bin) => ((bin - 20) * spread) / 400),
          Float64Array.from({ length: 50 }, (_, bin) => ((bin - 25) * spread) / 20_000),
        ];
        const multipliers = Int32Array.from({ length: rows }, (_, row) => (punished && row % 7 === 0 ? 600 : 1000));
        const { base, points } = solveScale({
          bins,
          effects,
          multipliers,
          shares: { primary: 0.15, nurture: 0.5 },
          cuts: { primary: 70, nurture: 40 },
        });
        const printed = Array.from({ length: rows }, (_, row) =>
          printedTenths(base + points[0]![bins[0]![row]!]! + points[1]![bins[1]![row]!]!, multipliers[row]!),
        );
        const above = (cut: number): number => printed.filter((tenths) => tenths > 10 * cut).length / rows;
        assert.ok(Math.abs(above(40) - 0.5) < 0.02, `${above(40)} above 40`);
        assert.ok(Math.abs(above(70) - 0.15) < 0.02, `${above(70)} above 70`);
      }),
      { numRuns: 15 },
    );
  });
});
