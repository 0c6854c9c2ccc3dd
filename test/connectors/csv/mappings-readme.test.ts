import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { it } from 'node:test';
import { parseMapping } from '../../../src/connectors/csv/mapping-schema.ts';
import { openBundle } from '../../../src/connectors/csv/open-bundle.ts';
import { allOf, folderOf } from './folder-of.ts';

it('the worked example of mappings/README.md gives what the page says', async (t) => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../mappings/README.md'), 'utf8');
  const [deals = '', reps = '', mapping = ''] = [...page.matchAll(/```(?:csv|yaml)\n([\s\S]*?)```/g)].map(
    (match) => match[1],
  );
  const folder = folderOf(t, { 'deals.csv': deals, 'reps.csv': reps });
  const now = Date.parse('2026-01-31');
  const source = await openBundle(folder, { mapping: parseMapping(mapping, 'example'), now });
  const { records, setAside } = await allOf(source);
  assert.deepEqual(setAside, []);
  const [acme, bolt, won, lost] = records;
  assert.ok(
    acme?.kind === 'account' && bolt?.kind === 'account' && won?.kind === 'opportunity' && lost?.kind === 'opportunity',
  );
  assert.deepEqual([acme.id, acme.values, acme.ownerEmail], ['Acme', { industry: 'software' }, 'dana@ours.example']);
  assert.deepEqual([bolt.id, bolt.values, bolt.ownerEmail], ['Bolt', { industry: null }, 'eli@ours.example']);
  assert.deepEqual([won.outcome, won.amount, won.closedAt], ['won', 900, Date.UTC(2025, 1, 28)]);
  assert.deepEqual([lost.outcome, lost.amount], ['lost', null]);
  assert.deepEqual(
    source.fields.find(({ field }) => field === 'Mood')?.leftOut,
    'written by the rep after the deal was closed',
  );
});
