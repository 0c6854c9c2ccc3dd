import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCatalogueBuilder } from '../../../src/icp/features/catalogue.ts';
import { createAccountReader } from '../../../src/icp/features/read-account.ts';
import { createToolsInUse } from '../../../src/icp/features/tools-in-use.ts';
import type { AccountHistory } from '../../../src/icp/history.ts';
import { aHistory } from '../../support/a-model.ts';

const day = 86_400_000;
const asOf = Date.parse('2026-01-31');

/** Stacks of every kind: listed, unknown, with a column of the tool's own that differs, named in a job post. */
const histories: readonly AccountHistory[] = Array.from({ length: 60 }, (_, nth) => {
  const technologies = [['HubSpot', 'Gong'], ['ZOHO crm'], [], null][nth % 4] ?? null;
  const known = { values: { technologies }, observedAt: asOf - 200 * day, source: 'enrichment' };
  const own = { values: { uses_hubspot: nth % 2 === 0 ? 'yes' : 'no' }, observedAt: asOf - 100 * day, source: 'crm' };
  const post = { kind: 'job_post', observedAt: asOf - 30 * day, value: null, source: 'web', text: 'Knows Zoho CRM' };
  return aHistory(`a${nth}`, {
    observations: nth % 3 === 0 ? [known, own] : [known],
    signals: nth % 5 === 0 ? [post] : [],
  });
});

describe('createToolsInUse', () => {
  const builder = createCatalogueBuilder({ asOf, timeKind: 'dates', fields: [] });
  for (const history of histories) builder.add(history);
  const catalogue = builder.finish();

  it('finds a tool in use exactly where the flag of its feature says so', () => {
    const read = createAccountReader(catalogue);
    const inUse = createToolsInUse(catalogue, ['hubspot', 'Zoho-CRM', 'gong']);
    const keys = { hubspot: 'tech_hubspot', 'Zoho-CRM': 'tech_zoho_crm', gong: 'tech_gong' };
    const seen = new Set<string>();
    for (const history of histories) {
      const account = read(history, asOf);
      const expected = Object.entries(keys).flatMap(([tool, key]) => (account.value(key) === 'present' ? [tool] : []));
      assert.deepEqual(inUse(history, asOf), expected, history.id);
      seen.add(expected.join());
    }
    assert.ok(seen.size >= 5, `the stacks differ: ${[...seen].join(' / ')}`);
  });

  it('sees nothing that was not known yet, and nothing where nothing is asked for', () => {
    const inUse = createToolsInUse(catalogue, ['HubSpot']);
    for (const history of histories) assert.deepEqual(inUse(history, asOf - 201 * day), []);
    assert.deepEqual(createToolsInUse(catalogue, [])(aHistory('a'), asOf), []);
  });
});
