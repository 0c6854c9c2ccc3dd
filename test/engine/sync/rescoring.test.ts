import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rescoreJob } from '../../../src/engine/compute/rescore-job.ts';
import { keepScores } from '../../../src/engine/rescore.ts';
import { syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import { activateModel, addModel } from '../../../src/store/models.ts';
import { allScores, scoreRunOf } from '../../../src/store/scores.ts';
import { recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { modelWorth, worthCatalogue } from '../../support/published-book.ts';
import { historiesAt } from '../../support/records.ts';
import { smallOrg } from '../../support/small-org.ts';

const now = () => Date.UTC(2026, 9, 1);
describe('the scores of accounts that a sync has news of', () => {
  it('follow at once, and those of accounts that are gone go', async () => {
    const store = await freshStore();
    const org = smallOrg();
    const sync = () => syncCrm({ store, crm: org.crm, now }, { book: 'main' });
    await sync();
    const model = modelWorth(200, now());
    const version = await addModel(
      store,
      { book: 'main', importId: 1, asOf: now(), model, catalogue: worthCatalogue, verdict: '' },
      now(),
    );
    await activateModel(store, version, { by: 'a test', at: now(), kind: 'first' });
    const under = { book: 'main', modelVersion: version, importId: 1, asOf: now() };
    const job = rescoreJob({ ...under, model, catalogue: worthCatalogue, timeKind: 'dates' });
    job.add(0, await historiesAt(store, 1));
    await keepScores(
      { store },
      under,
      job.finish(() => {}),
    );
    const before = await allScores(store, 'main');

    org.now += 3_600_000;
    org.write('Account', recordId('001', 1), { Industry: 'SaaS' });
    org.delete('Account', recordId('001', 5));
    const { rescored, accountsTouched, importId } = await sync();
    assert.deepEqual(accountsTouched, [recordId('001', 1), recordId('001', 5)]);
    assert.equal(rescored, 1);
    const after = await allScores(store, 'main');
    assert.equal(after.length, 8);
    const others = (rows: typeof after) => rows.filter(({ accountId }) => !accountsTouched.includes(accountId));
    assert.deepEqual(others(after), others(before));
    // From Retail, which takes 13.7 points, to SaaS, which gives 20.
    assert.equal(Math.round(10 * ((after[0]?.positive ?? 0) - (before[0]?.positive ?? 0))), 337);
    const run = await scoreRunOf(store, 'main');
    assert.deepEqual([run?.importId, run?.accounts], [importId, 8]);
    assert.equal((await sync()).rescored, 0);
    await store.close();
  });
});
