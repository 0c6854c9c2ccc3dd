import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { staleCriteria } from '../../../src/engine/proposals/stale-criteria.ts';
import type { Findings } from '../../../src/icp/findings.ts';
import { addFindings } from '../../../src/store/findings.ts';
import { addModel } from '../../../src/store/models.ts';
import { aCriterion, aModel } from '../../support/a-model.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { importRecords } from '../../support/records.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const catalogue = {
  ...{ asOf: start, timeKind: 'dates' as const, features: [], rules: [], setAside: [], sizeBuckets: [] },
  ...{ painPhrases: [], seenFrom: null, accounts: 0 },
};

describe('stale criteria', () => {
  it('are those that no analysis has learnt again for a quarter, whether or not it made a version', async () => {
    const store = await freshStore();
    const importId = await importRecords(store, []);
    const learn = (keys: readonly string[], asOf: number, more: { parentVersion?: number; kind?: 'points' } = {}) => {
      const { parentVersion = null, kind = 'learned' } = more;
      const model = aModel({ kind, criteria: keys.map((key) => aCriterion(key, [])) });
      const entry = { book: 'main', importId, asOf, model, catalogue, verdict: '', parentVersion };
      return addModel(store, entry, asOf);
    };
    const first = await learn(['industry', 'employees', 'funding'], start);
    const asked = (days: number, baseVersion = first, draftedAfter = days) => {
      const [asOf, draftedAt] = [start + days * day, start + draftedAfter * day];
      return staleCriteria(store, { book: 'main', importId, asOf, baseVersion, draftedAt });
    };
    const keysAt = async (days: number) => (await asked(days)).map(({ key }) => key).sort();
    assert.deepEqual(await keysAt(92), []);
    assert.deepEqual(await keysAt(93), ['employees', 'funding', 'industry']);

    // An analysis that learnt another table, and one that learnt the same again and so made no version.
    await learn(['industry'], start + 60 * day);
    const inputs = { seed: 1, hypothesis: null, previous: null, past: [] } as never;
    const findings = { asOf: start } as unknown as Findings;
    assert.deepEqual(await keysAt(93), ['employees', 'funding']);
    const later = { book: 'main', modelVersion: first, importId, asOf: start + 80 * day, inputs, findings };
    await addFindings(store, later, start + 80 * day);
    assert.deepEqual(await keysAt(93), []);
    assert.deepEqual(await keysAt(80 + 92), []);

    // What an analysis found only afterwards, though as of an earlier day, had not been found then.
    assert.equal((await asked(93, first, 79)).length, 2);

    // What people approved, or wrote by hand, was learnt by nobody.
    await learn(['funding'], start + 200 * day, { parentVersion: first });
    await learn(['funding'], start + 200 * day, { kind: 'points' });
    assert.deepEqual(await keysAt(200), ['employees', 'funding', 'industry']);
    assert.equal((await asked(200)).find(({ key }) => key === 'funding')?.validatedAt, start + 80 * day);
    assert.deepEqual(await asked(200, 99), []);
    await store.close();
  });
});
