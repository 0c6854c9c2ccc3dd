import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { usualValues } from '../../src/icp/outcome-values.ts';
import { addFindings, findingsAt } from '../../src/store/findings.ts';
import { activeModel, modelOfVersion } from '../../src/store/models.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { analyzeAgain, marketEnd, withSmallMarket } from '../support/small-market.ts';

const day = 86_400_000;
const learnt = { accepted: 40, qualified: 50, won: 60, expanded: 68 };

describe('stage values that the outcomes of a company have ruled out', () => {
  let store: Store;
  before(async () => {
    store = await freshStore();
    await withSmallMarket(store, {}, marketEnd - 8 * day);
    // The small market pays too little to tell; a larger one would have found this.
    const kept = await findingsAt(store, { book: 'main', importId: 1, asOf: marketEnd });
    assert.ok(kept !== null);
    const stages = kept.findings.values.stages.map((found) => {
      const value = learnt[found.stage];
      return { ...found, value, own: value, low: value - 5, high: value + 5 };
    });
    const values = { ...kept.findings.values, kind: 'calibrated' as const, stages };
    const { id: _, contentHash: __, ...entry } = kept;
    await addFindings(store, { ...entry, findings: { ...kept.findings, values } }, marketEnd);
  });
  after(() => store.close());

  it('are replaced in the next candidate, as a line of its own beside what follows from it', async () => {
    const { proposal, candidateVersion } = await analyzeAgain(store);
    assert.ok(proposal !== null && candidateVersion !== null);
    const line = proposal.changes.find(({ drafted }) => drafted.kind === 'stage values recalibrated');
    assert.ok(line !== undefined && line.drafted.kind === 'stage values recalibrated');
    assert.deepEqual([line.drafted.before, line.drafted.stageValues], [usualValues.stageValues, learnt]);
    assert.ok(proposal.changes.some(({ drafted }) => drafted.kind !== 'stage values recalibrated'));
    assert.deepEqual((await modelOfVersion(store, candidateVersion))?.model.stageValues, learnt);
    assert.deepEqual((await activeModel(store, 'main'))?.model.stageValues, usualValues.stageValues, 'nobody approved');
  });

  it('come into force with the model that was learnt by them, however often it is analysed on that day', async () => {
    await analyzeAgain(store, marketEnd, { activate: true });
    assert.deepEqual((await activeModel(store, 'main'))?.model.stageValues, learnt);
  });
});
