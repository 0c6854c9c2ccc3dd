import assert from 'node:assert/strict';
import { it } from 'node:test';
import { buildCatalogue } from '../../../src/icp/features/catalogue.ts';
import { exportColumns, exportRow } from '../../../src/icp/features/export-columns.ts';
import { readFeatures } from '../../../src/icp/features/read-features.ts';
import type { FieldValue } from '../../../src/icp/types.ts';
import { aHistory, on, undated } from './build-history.ts';

const asOf = on('2026-01-01');

function exported(accounts: readonly Record<string, FieldValue>[]) {
  const histories = accounts.map((values, index) => aHistory({ id: `a${index}`, observations: [undated(values)] }));
  const catalogue = buildCatalogue(histories, { fields: [], asOf });
  const columns = exportColumns(catalogue);
  const rows = histories.map((history) => {
    const cells = exportRow(readFeatures(history, catalogue, asOf), catalogue);
    assert.equal(cells.length, columns.length);
    return Object.fromEntries(columns.map(({ name }, index) => [name, cells[index]]));
  });
  return { catalogue, columns, rows };
}

it('shows a SaaS account at Series B as exactly those two columns, its siblings 0', () => {
  const { rows } = exported([
    { industry: 'SaaS', funding_stage: 'Series B' },
    { industry: 'Retail', funding_stage: 'Seed' },
    { industry: 'Logistics', funding_stage: null },
  ]);
  assert.deepEqual(rows[0], {
    industry_saas: 1,
    industry_retail: 0,
    industry_logistics: 0,
    funding_series_b: 1,
    funding_seed: 0,
  });
  assert.equal(rows[2]?.funding_series_b, null);
  assert.equal(rows[2]?.funding_seed, null);
});

it('writes numbers as they are, flags as 1 and 0, and leaves the unknown blank', () => {
  const { rows } = exported([
    { employees: '1,200', technologies: ['Gong'] },
    { employees: null, technologies: [] },
    { employees: 5, technologies: null },
  ]);
  assert.deepEqual(
    rows.map(({ employees, tech_gong }) => [employees, tech_gong]),
    [
      [1200, 1],
      [null, 0],
      [5, null],
    ],
  );
});

it('tells columns that would share a name apart, and finds each of them again', () => {
  const { catalogue, columns } = exported([
    { plan: 'A+B', plan_a_b: 'x' },
    { plan: 'a b', plan_a_b: null },
    { plan: 'A/B', plan_a_b: 'x' },
    { plan: 'A.B', plan_a_b: 'y' },
  ]);
  const names = columns.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(exportColumns(catalogue), columns);
  const columnOf = (feature: string, level: string | null) =>
    columns.find((column) => column.feature === feature && column.level === level)?.name ?? null;
  for (const { key, type, levels } of catalogue.features) {
    const found = type === 'category' ? (levels ?? []).map((level) => columnOf(key, level)) : [columnOf(key, null)];
    for (const name of found) assert.ok(name !== null && names.includes(name));
    assert.equal(new Set(found).size, found.length);
  }
  assert.equal(columnOf('plan', 'no such level'), null);
});
