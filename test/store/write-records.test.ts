import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { BundleRecord } from '../../src/icp/records.ts';
import type { FieldValue } from '../../src/icp/types.ts';
import { freshStore } from '../support/fresh-store.ts';
import { historiesAt, importRecords } from '../support/records.ts';

const day = Date.parse('2026-01-31');
const said = (accountId: string, field: string, value: FieldValue, parts = {}): BundleRecord => ({
  ...{ kind: 'observation', accountId, values: { [field]: value }, observedAt: day, source: 'registry' },
  ...parts,
});

it('keeps what one source said of one account at one time as one observation, and all else apart', async () => {
  const store = await freshStore();
  const importId = await importRecords(store, [
    said('a', 'employees', 10),
    said('a', 'city', null),
    said('a', 'stage', 'seed', { source: 'enrichment' }),
    said('a', 'revenue', 5, { observedAt: day + 1 }),
    said('b', 'revenue', 6, { observedAt: day + 1 }),
    said('b', 'employees', 7, { observedAt: null }),
    said('b', 'city', 'Zürich', { observedAt: null }),
  ]);
  const found = (await historiesAt(store, importId)).map(({ id, observations }) => ({ id, observations }));
  await store.close();
  assert.deepEqual(found, [
    {
      id: 'a',
      observations: [
        { values: { stage: 'seed' }, observedAt: day, source: 'enrichment' },
        { values: { city: null, employees: 10 }, observedAt: day, source: 'registry' },
        { values: { revenue: 5 }, observedAt: day + 1, source: 'registry' },
      ],
    },
    {
      id: 'b',
      observations: [
        { values: { city: 'Zürich', employees: 7 }, observedAt: null, source: 'registry' },
        { values: { revenue: 6 }, observedAt: day + 1, source: 'registry' },
      ],
    },
  ]);
});

it('puts what a later import says of the same time last, where it counts, whatever else came with it', async () => {
  const store = await freshStore();
  const before = await importRecords(store, [said('a', 'employees', 10), said('a', 'city', 'Ulm')]);
  const after = await importRecords(store, [
    said('a', 'employees', 11),
    said('a', 'city', 'Ulm'),
    said('a', 'stage', 'seed'),
  ]);
  const last = async (importId: number) => (await historiesAt(store, importId))[0]?.observations.at(-1)?.values;
  const found = [await last(before), await last(after)];
  await store.close();
  assert.deepEqual(found, [
    { city: 'Ulm', employees: 10 },
    { city: 'Ulm', employees: 11, stage: 'seed' },
  ]);
});
